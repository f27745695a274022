import Testing

@testable import YAMLTree

@Suite("Positions in a scalar's text")
struct ScalarPositionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var yaml: String
    var text: String
    /// The character of the text that is looked for, and where it is.
    var mark: Character
    var line: Int
    var column: Int

    var testDescription: String { yaml.debugDescription }
  }

  @Test(
    "a character is found where it was written",
    arguments: [
      Case(yaml: "a: foo !x", text: "foo !x", mark: "!", line: 1, column: 8),
      Case(yaml: "a: foo\n   bar\n\n  baz!", text: "foo bar\nbaz!", mark: "!", line: 4, column: 6),
      Case(yaml: "a: 'it''s!'", text: "it's!", mark: "!", line: 1, column: 10),
      Case(yaml: "a: 'it''s'", text: "it's", mark: "'", line: 1, column: 7),
      Case(yaml: "a: \"\\u00e9\\n\\x41!\"", text: "é\nA!", mark: "!", line: 1, column: 17),
      Case(yaml: "a: \"\\u00e9\\n\\x41!\"", text: "é\nA!", mark: "A", line: 1, column: 13),
      Case(yaml: "a: \"b \\\n   c!\"", text: "b c!", mark: "!", line: 2, column: 5),
      Case(yaml: "a: |\n    .x\n     | !y\n", text: ".x\n | !y\n", mark: "!", line: 3, column: 8),
      Case(
        yaml: "a: >-\n  .é |\n\n\n  b\n   c\n  !d\n", text: ".é |\n\nb\n c\n!d", mark: "!", line: 7, column: 3
      ),
      Case(yaml: "a: >-\n  one\n  two!\n", text: "one two!", mark: " ", line: 2, column: 6),
      Case(yaml: "a: |2+ # c\n    x!\n\n", text: "  x!\n\n", mark: "!", line: 2, column: 6),
      Case(yaml: "é: &x !!str  b!", text: "b!", mark: "!", line: 1, column: 15),
      Case(yaml: "a: &x?b!", text: "?b!", mark: "!", line: 1, column: 8),
      Case(yaml: "a: ! b!", text: "b!", mark: "!", line: 1, column: 7),
      Case(yaml: "a: >-\r\n  one\r\n  two!\r\n", text: "one two!", mark: "!", line: 3, column: 6),
      Case(yaml: "\u{FEFF}a!", text: "a!", mark: "!", line: 1, column: 2),
    ])
  func character(_ example: Case) throws {
    let root = try YAMLParser.parse(example.yaml)
    let scalar = try #require(scalars(in: root).last)
    #expect(scalar.text == example.text)
    let index = try #require(scalar.text.firstIndex(of: example.mark))
    let position = scalar.position(
      ofOffset: scalar.text.utf8.distance(from: scalar.text.startIndex, to: index))
    #expect("\(position)" == "\(example.line):\(example.column)")
  }

  @Test(
    "the offset after the last byte gives the end of the text",
    arguments: [
      ("a: foo  # c\n", "1:7"), ("a: 'foo'", "1:8"), ("a: \"\"", "1:5"), ("a: ''\n", "1:5"),
      ("a:\nb: 1", "1:3"),
      ("a: >-\n  foo\n", "2:6"), ("a: |\n  foo\nb: 1", "3:1"), ("a: |\n", "1:4"),
    ])
  func end(yaml: String, place: String) throws {
    let scalar = try #require(try YAMLParser.parse(yaml).mapping?["a"]?.scalar)
    #expect(scalar.position(ofOffset: scalar.text.utf8.count).description == place)
    #expect(scalar.position(ofOffset: .max).description == place)
  }

  @Test("an offset below 0 gives the start")
  func negative() throws {
    let scalar = try #require(try YAMLParser.parse("a: b").mapping?["a"]?.scalar)
    #expect(scalar.position(ofOffset: .min).description == "1:4")
  }

  @Test("a scalar through an alias keeps its anchor's place")
  func alias() throws {
    let root = try YAMLParser.parse("a: &x 'foo'\nb: *x\n")
    let scalar = try #require(root.mapping?["b"]?.scalar)
    #expect(scalar.position(ofOffset: 1).description == "1:9")
  }
}
