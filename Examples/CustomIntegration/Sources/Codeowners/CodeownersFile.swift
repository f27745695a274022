import Foundation
import Portolan

/// What a CODEOWNERS file says, by GitHub's rules: a pattern and its owners on each line.
struct CodeownersFile {
  /// A pattern and who owns the files that it matches.
  struct Rule {
    var line: Int
    var pattern: String
    var owners: [String]
  }

  /// Where GitHub looks for it; the first one counts.
  private static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]

  /// Its path in the repository.
  let place: String
  /// The rules, in the file's order.
  private(set) var rules: [Rule] = []
  /// What is wrong with single lines, which GitHub passes over.
  private(set) var problems: [Diagnostic] = []

  /// Reads the file of a checkout; nil where there is none.
  ///
  /// - Throws: `Diagnostic` for a file that cannot be read.
  init?(in checkout: URL) throws {
    let found = Self.places.first {
      FileManager.default.fileExists(atPath: checkout.appending(path: $0).path())
    }
    guard let place = found else { return nil }
    self.place = place
    let path = checkout.appending(path: place).path(percentEncoded: false)
    guard let bytes = FileManager.default.contents(atPath: path),
      let text = String(bytes: bytes, encoding: .utf8)
    else {
      throw Diagnostic(
        .error, .unreadableFile, "this file cannot be read, or is no UTF-8 text",
        help: "its repository is left out until it is", at: SourceLocation(file: path, line: 1, column: 1))
    }
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      read(line, SourceLocation(file: path, line: index + 1, column: 1))
    }
  }

  /// Reads a line: words with blanks between them, where a backslash keeps the character after it, and a comment.
  private mutating func read(_ line: Substring, _ start: SourceLocation) {
    let words = line.matches(of: /(?:\\.|\S)+/).map(\.output).prefix { !$0.hasPrefix("#") }
    guard let pattern = words.first else { return }
    if let broken = words.first(where: { $0 == pattern ? !Self.isPattern($0) : !Self.isOwner($0) }) {
      var location = start
      location.column += line.unicodeScalars.distance(from: line.startIndex, to: broken.startIndex)
      problems.append(
        Diagnostic(
          .error, .invalidLine,
          "`\(broken)` is no \(broken == pattern ? "pattern" : "owner"): the line does not count",
          help: broken == pattern
            ? "patterns have neither `!` nor `[…]` here"
            : "write @user, @organization/team or an e-mail address",
          at: location))
      return
    }
    rules.append(Rule(line: start.line, pattern: String(pattern), owners: words.dropFirst().map(String.init)))
  }

  private static func isPattern(_ word: Substring) -> Bool { !word.hasPrefix("!") && !word.contains("[") }

  private static func isOwner(_ word: Substring) -> Bool {
    word.wholeMatch(of: /@[\w.-]+(\/[\w.-]+)?|[^@]+@[^@]+/) != nil
  }
}

extension Diagnostic.Rule {
  /// A line that is left out, because it is wrong.
  static let invalidLine = Self("invalid-line")
}
