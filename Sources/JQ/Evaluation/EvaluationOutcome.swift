/// What an expression came to on a document: its first output, or why there is none.
package enum EvaluationOutcome: Sendable, Hashable {
  /// The output's JSON.
  case value([UInt8])
  /// No output.
  case nothing
  /// An error, by jq's message.
  case failure(String)

  /// What the message of a failure begins with where the evaluation was ended, as it took too long or too much.
  package static let endedPrefix = "ended: "
}
