import Portolan

/// What the texts at a place look like, as a blueprint says it.
enum TextFormat {
  case url, email, dateTime, ipv4, markdown
  /// A day, which the mapping makes the start of that day.
  case day

  /// The blueprint's word.
  var word: String {
    switch self {
    case .url: "url"
    case .email: "email"
    case .dateTime, .day: "date-time"
    case .ipv4: "ipv4"
    case .markdown: "markdown"
    }
  }

  /// The format that all of `texts` have, empty ones apart; nil where there is none. `name` is what they are called.
  init?(of texts: [String], name: Words) {
    let texts = texts.filter { !$0.isEmpty }
    guard !texts.isEmpty else { return nil }
    if texts.allSatisfy({ ValueFormat.dateTime.matches($0) }) {
      self = .dateTime
    } else if texts.allSatisfy(Self.isDay) {
      self = .day
    } else if texts.allSatisfy({ $0.contains("://") && ValueFormat.url.matches($0) }) {
      self = .url
    } else if texts.allSatisfy({ ValueFormat.email.matches($0) && !$0.contains { ":/".contains($0) } }) {
      self = .email
    } else if texts.allSatisfy({ ValueFormat.ipv4.matches($0) }) {
      self = .ipv4
    } else if Self.isProse(name), texts.contains(where: { $0.contains("\n") || $0.utf8.count > 200 }) {
      self = .markdown
    } else {
      return nil
    }
  }

  private static func isDay(_ text: String) -> Bool {
    text.utf8.count == 10 && ValueFormat.dateTime.matches(text + "T00:00:00Z")
  }

  private static func isProse(_ name: Words) -> Bool {
    !Set(["description", "body", "readme", "notes", "note", "text", "comment", "message", "details", "goal"])
      .isDisjoint(with: name.all)
  }
}
