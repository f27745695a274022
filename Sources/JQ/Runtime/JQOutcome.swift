/// What one expression gives for one input: its first output, or why there is none.
package enum JQOutcome: ~Copyable {
  /// The first output.
  case value(JQValue)
  /// No output.
  case nothing
  /// An error, in jq's words.
  case failure(String)
}
