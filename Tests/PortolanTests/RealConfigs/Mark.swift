@testable import Portolan

/// Where a finding must be: from its first character to the place behind its last.
struct Mark: CustomStringConvertible {
  /// What encloses it in an edit.
  static let signs: Set<Character> = ["«", "»"]

  /// The file that was edited, from the config's folder.
  let file: String
  let start: SourceLocation
  let end: SourceLocation

  /// What is enclosed in `text`, nil where nothing is.
  init?(in text: String, file: String) {
    guard let open = text.firstIndex(of: "«"), let close = text.firstIndex(of: "»") else { return nil }
    self.file = file
    start = Self.location(behind: text[..<open])
    end = Self.location(behind: text[..<close].filter { $0 != "«" })
  }

  private static func location(behind text: some StringProtocol) -> SourceLocation {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
    return SourceLocation(file: "", line: line.count, column: (line.last?.unicodeScalars.count ?? 0) + 1)
  }

  /// Whether all that `finding` is about is within it. What is missing at its end may be there.
  func holds(_ finding: Diagnostic) -> Bool {
    guard let first = finding.location, first.file.hasSuffix(file) else { return false }
    let last = finding.end ?? first
    return (start.line, start.column) <= (first.line, first.column)
      && (last.line, last.column) <= (end.line, end.column + 1)
  }

  var description: String { "\(start.line):\(start.column)-\(end.line):\(end.column)" }
}
