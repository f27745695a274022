import Testing

@testable import Portolan

@Suite struct SourceLocationTests {
  @Test(
    "lines end with a newline, columns count characters",
    arguments: [
      ("", 0, "f:1:1"), ("ab", 1, "f:1:2"), ("a\nb", 2, "f:2:1"), ("é\n😀x", 7, "f:2:2"), ("a\n", 2, "f:2:1"),
      ("ab", 9, "f:1:3"), ("ab", -1, "f:1:1"),
    ])
  func counting(text: String, offset: Int, expected: String) {
    let location = SourceLocation(startOf: "f").advanced(to: offset, in: Array(text.utf8))
    #expect(location.description == expected)
  }

  @Test("what is counted piece by piece comes out as what is counted at once")
  func pieces() {
    let bytes = Array("one\ntwo é\n\n  three".utf8)
    for cut in 0...bytes.count {
      var location = SourceLocation(startOf: "f")
      location.advance(over: 0..<cut, of: bytes)
      location.advance(over: cut..<bytes.count, of: bytes)
      #expect(location == SourceLocation(file: "f", line: 4, column: 8))
    }
  }
}
