/// libjq does not compile an expression.
package struct JQCompileError: Error, Sendable, Hashable {
  /// What is wrong: libjq's message, without its framing.
  package var message: String

  init(message: String) {
    self.message = message
  }

  /// An error from the messages that libjq sent while it compiled.
  init(libjq messages: [String]) {
    let reasons = messages.map(Self.reason).filter { !$0.isEmpty }
    message = reasons.first ?? "libjq does not compile it"
  }

  /// The reason in one of libjq's messages: the first line without `jq: error: `, without the remark
  /// on shell quoting, which does not apply, and without the place, which is not the mapping's.
  private static func reason(_ message: String) -> String {
    var text = message.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
    if text.hasPrefix("jq: error: ") { text.removeFirst("jq: error: ".count) }
    if text.hasPrefix("jq: ") { return "" }
    for mark in [" at <", " (Unix shell quoting issues?)", " (Windows cmd shell quoting issues?)"] {
      if let place = text.firstRange(of: mark) { text.removeSubrange(place.lowerBound...) }
    }
    return text
  }
}
