@testable import Portolan

/// A text in which `«` and `»` enclose what a finding is to name.
struct MarkedText {
  /// The text without the marks.
  let text: String
  /// What is between the first pair of them, as a finding tells it: `line:column-column`; empty without one.
  let place: String

  init(_ marked: String) {
    text = marked.replacing("«", with: "").replacing("»", with: "")
    let lines = marked.split(separator: "\n", omittingEmptySubsequences: false)
    guard let line = lines.firstIndex(where: { $0.contains("«") }) else {
      place = ""
      return
    }
    let parts = lines[line].split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
    let start = parts[0].unicodeScalars.count + 1
    let end =
      start
      + (parts[1].split(separator: "»", omittingEmptySubsequences: false).first?.unicodeScalars.count ?? 0)
    place = "\(line + 1):\(start)-\(end)"
  }
}

extension Diagnostic {
  /// Where it begins, and where on that line it ends: `line:column-column`.
  var place: String {
    guard let location else { return "" }
    return "\(location.line):\(location.column)" + (end.map { "-\($0.column)" } ?? "")
  }
}
