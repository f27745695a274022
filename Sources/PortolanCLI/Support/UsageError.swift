import Portolan

/// Why nothing can be run: bad arguments, or files that cannot be used.
struct UsageError: Error {
  /// What was found in files.
  var diagnostics: [Diagnostic] = []
  /// What is wrong with the arguments.
  var message: String?
  /// What to do about it.
  var help: String?

  init(_ message: String, _ help: String?, diagnostics: [Diagnostic] = []) {
    self.message = message
    self.help = help
    self.diagnostics = diagnostics
  }

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}

/// Help for a word that is none of those that are known.
enum Suggestion {
  /// How many known words are listed.
  private static let limit = 12

  /// `did you mean `issue`? the kinds are: issue, project`, with `lead` before the list.
  static func help(for word: String, among known: [String], _ lead: String) -> String {
    help(nearest: Spelling.nearest(to: word, in: known), among: known, lead)
  }

  /// The same where it is known what was meant.
  static func help(nearest: String?, among known: [String], _ lead: String) -> String {
    let nearest = nearest.map { "did you mean `\($0)`? " } ?? ""
    let rest = known.count > limit ? ", … \(known.count - limit) more" : ""
    return "\(nearest)\(lead): \(known.prefix(limit).joined(separator: ", "))\(rest)"
  }
}

extension [String] {
  /// Each text once, in the order of their first places.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
