import TestSupport
import Testing

@testable import Portolan

@Suite("Sentences that are longer than a line")
struct WrappedTextTests {
  private func lines(_ message: String, _ help: String, wraps: Bool, width: Int = 50) -> [String] {
    let diagnostic = Diagnostic(
      .error, .unknownKey, message, help: help, at: SourceLocation(file: "nowhere.yml", line: 3, column: 7))
    let text = DiagnosticText(style: Style(hasColour: false, width: width, wraps: wraps))
    return text.text([diagnostic], SourceFiles()).split(separator: "\n").map(String.init)
  }

  @Test("counts that are too wide for a table flow into lines")
  func flowed() {
    let cells = ["raw 12", "items 12", "mapped 3"].map { TextColumns.Cell($0) }
    #expect(TextColumns.flowed(cells, to: 20) == ["raw 12  items 12", "mapped 3"])
    #expect(TextColumns.flowed(cells, to: 3) == ["raw 12", "items 12", "mapped 3"])
    let rows = [["kind", "raw"], ["thing", "1"], ["x"]].map { $0.map { TextColumns.Cell($0) } }
    #expect(TextColumns.width(of: rows) == 10)
    #expect(TextColumns.lines(rows, [.left, .right]).first == "kind   raw")
  }

  @Test("on a terminal they are broken between words, and indented")
  func terminal() {
    #expect(
      lines("a resource has no key `slector`; it is ignored", "did you mean `selector`?", wraps: true) == [
        "nowhere.yml:3:7: error: a resource has no key",
        "    `slector`; it is ignored [unknown-key]",
        "  → did you mean `selector`?",
      ])
  }

  @Test(
    "where the place leaves no room, they begin below it", arguments: [(44, false), (43, true), (32, true)])
  func narrow(width: Int, isBelow: Bool) {
    let lines = lines(
      "a resource has no key `slector`", "did you mean `selector`?", wraps: true, width: width)
    #expect((lines.first == "nowhere.yml:3:7: error:") == isBelow)
    if isBelow { #expect(lines.dropFirst().first?.hasPrefix("  a resource has no key") == true) }
  }

  @Test("elsewhere a line is a line")
  func pipe() {
    #expect(
      lines("a resource has no key `slector`; it is ignored", "did you mean `selector`?", wraps: false) == [
        "nowhere.yml:3:7: error: a resource has no key `slector`; it is ignored [unknown-key]",
        "  → did you mean `selector`?",
      ])
  }

  @Test("no line is wider than the terminal but for a word that is, and no word is lost")
  func everyWidth() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let words = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        String(
          repeating: ["x", "日", "é"].randomElement(using: &random) ?? "x",
          count: Int.random(in: 1...12, using: &random))
      }
      let width = Int.random(in: 30...90, using: &random)
      let used = Int.random(in: 0...20, using: &random)
      let lines = TextColumns.wrapped(words.joined(separator: " "), to: width, used: used)
      #expect(lines.joined(separator: " ") == words.joined(separator: " "), "seed \(seed)")
      for (number, line) in lines.enumerated() {
        let columns = TextColumns.displayWidth(line) + (number == 0 ? used : 0)
        #expect(columns <= width || !line.contains(" "), "seed \(seed): \(line)")
      }
    }
  }
}
