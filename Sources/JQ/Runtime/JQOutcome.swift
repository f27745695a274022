/// What running a program on an input comes to next: an output, or why there is none.
package enum JQOutcome: ~Copyable {
  /// An output.
  case value(JQValue)
  /// No output, or none after those that came before.
  case nothing
  /// An error that nothing caught, by jq's message.
  case failure(String)

  /// An error with the value that it was raised with: its text is the message, or else its JSON.
  static func failure(message: consuming JQValue) -> JQOutcome {
    .failure(message.string ?? message.json)
  }
}
