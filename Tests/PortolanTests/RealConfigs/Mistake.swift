import Testing

@testable import Portolan

/// An edit of a real config that a person made by mistake, and what should be said of it.
struct Mistake: CustomTestStringConvertible, Sendable {
  /// What should be found.
  struct Finding: Sendable {
    /// Whether only data can tell it, so that lint is silent.
    var needsData: Bool
    var severity: Diagnostic.Severity
    /// Nil where several rules may say it.
    var rule: Diagnostic.Rule?
    /// What the message must say.
    var phrase = ""
    /// What the help must say, each of it.
    var cures: [String] = []
  }

  /// A file that is elsewhere, or there twice.
  struct Move: Sendable {
    var from: String
    var to: String
    var keepsFirst: Bool
  }

  /// The folder of the config in `Tests/RealConfigs`.
  let config: String
  let name: String
  /// Which file is edited, from the config's folder.
  var file = "resources/port-app-config.yml"
  var removed: [String] = []
  /// What is there instead; `«` and `»` enclose where the finding must be.
  var added: [String] = []
  var moves: [Move] = []
  var findings: [Finding] = []
  /// Words that would mislead.
  var unsaid: [String] = []
  /// Whether more may be found, as a consequence.
  var hasConsequences = false
  /// Whether it is no mistake: nothing may be found.
  var isRight = false
  /// The voices that do not say it as they should yet, by their names.
  var open: Set<String> = []

  init(config: String, name: String) {
    self.config = config
    self.name = name
  }

  var testDescription: String { "\(config): \(name)" }
}

/// Reads mistakes, written as `Tests/RealConfigs/README.md` says.
struct MistakeReader {
  /// A line that means nothing.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var mistakes: [Mistake] = []
  private let config: String

  init(_ text: String, config: String) throws {
    self.config = config
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard read(line) else { throw Unreadable(description: "\(config), line \(index + 1): \(line)") }
    }
  }

  private mutating func read(_ line: Substring) -> Bool {
    if line.isEmpty { return true }
    if line.hasPrefix("# ") {
      mistakes.append(Mistake(config: config, name: String(line.dropFirst(2))))
      return true
    }
    guard !mistakes.isEmpty else { return false }
    let rest = String(line.dropFirst())
    let last = mistakes.count - 1
    switch line.first {
    case "-": mistakes[last].removed.append(rest)
    case "+": mistakes[last].added.append(rest)
    case "@": return Self.place(rest.split(separator: " ").map(String.init), &mistakes[last])
    case ">": return Self.expect(String(rest.drop { $0 == " " }), &mistakes[last])
    default: return false
    }
    return true
  }

  private static func place(_ words: [String], _ mistake: inout Mistake) -> Bool {
    switch (words.first, words.count) {
    case ("file", 2): mistake.file = words[1]
    case ("move", 3): mistake.moves.append(.init(from: words[1], to: words[2], keepsFirst: false))
    case ("copy", 3): mistake.moves.append(.init(from: words[1], to: words[2], keepsFirst: true))
    default: return false
    }
    return true
  }

  private static func expect(_ text: String, _ mistake: inout Mistake) -> Bool {
    if text == "right" {
      mistake.isRight = true
    } else if text == "others" {
      mistake.hasConsequences = true
    } else if let voices = text.after("open: ") {
      mistake.open.formUnion(voices.split(separator: " ").map(String.init))
    } else if let words = text.after("unsaid: ") {
      mistake.unsaid.append(words)
    } else if let words = text.after("cure: ") {
      guard !mistake.findings.isEmpty else { return false }
      mistake.findings[mistake.findings.count - 1].cures.append(words)
    } else if let finding = finding(text) {
      mistake.findings.append(finding)
    } else {
      return false
    }
    return true
  }

  /// `data error no-entities: phrase`, of which only the severity must be there.
  private static func finding(_ text: String) -> Mistake.Finding? {
    let parts = text.split(separator: ":", maxSplits: 1)
    var words = parts.first?.split(separator: " ").map(String.init) ?? []
    let needsData = words.first == "data"
    if needsData { words.removeFirst() }
    guard let severity = words.first.flatMap(Diagnostic.Severity.init), words.count <= 2 else { return nil }
    return Mistake.Finding(
      needsData: needsData, severity: severity, rule: words.count == 2 ? Diagnostic.Rule(words[1]) : nil,
      phrase: parts.count == 2 ? String(parts[1].drop { $0 == " " }) : "")
  }
}

extension String {
  /// What follows `prefix`, nil where this does not begin with it.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
