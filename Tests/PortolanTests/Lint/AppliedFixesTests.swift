import Portolan
import Testing

@Suite struct AppliedFixesTests {
  private func finding(_ start: Int, _ end: Int, _ replacement: String, line: Int = 1) -> Diagnostic {
    var finding = Diagnostic(.error, .missingQuotes, "wrong")
    finding.fix = Diagnostic.Fix(
      "mend",
      [
        .init(
          from: SourceLocation(file: "a", line: line, column: start),
          to: SourceLocation(file: "a", line: line, column: end), replacement: replacement)
      ])
    return finding
  }

  private func applied(_ findings: [Diagnostic], _ text: String) -> [String] {
    let applied = AppliedFixes(findings, to: Array(text.utf8))
    return [String(decoding: applied.text, as: UTF8.self), "\(applied.diagnostics.count) mended"]
  }

  @Test func editsByCharactersWhateverTheirOrder() {
    let result = applied([finding(4, 5, "Y", line: 2), finding(2, 3, "X")], "äbc\n🦊1äz")
    #expect(result == ["äXc\n🦊1äY", "2 mended"])
  }

  @Test func leavesOutWhatOverlapsOrIsOutside() {
    #expect(
      applied([finding(1, 3, "X"), finding(2, 4, "Y"), finding(9, 10, "Z")], "abcd") == ["Xcd", "1 mended"])
    #expect(applied([finding(1, 2, "X", line: 7)], "abcd") == ["abcd", "0 mended"])
  }
}
