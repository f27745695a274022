/// What an expression came to on a document: its first output, or why there is none.
package enum EvaluationOutcome: Sendable, Hashable {
  /// The output's JSON.
  case value([UInt8])
  /// No output.
  case nothing
  /// An error, by jq's message.
  case failure(String)
}
