import RawJSON
import Testing

@Suite("Cutting a text into objects")
struct FramerTests {
  /// The pieces as text; a defect as its reason and place.
  private func pieces(_ bytes: [UInt8]) -> [String] {
    bytes.withScanner { scanner in
      var splitter = TextPieces()
      var pieces: [String] = []
      while pieces.count < 1000, let piece = splitter.next(scanner) {
        switch piece {
        case .object(let range): pieces.append(String(decoding: scanner.slice(range), as: UTF8.self))
        case .defect(let error): pieces.append("\(error.reason)@\(error.offset)")
        }
      }
      return pieces
    }
  }

  @Test(
    "well-formed texts",
    arguments: [
      ("", []), (" \n", []), ("[]", []), (" [ ] \n", []), (#"{"a":1}"#, [#"{"a":1}"#]),
      ("{\n  \"a\": 1\n}\n", ["{\n  \"a\": 1\n}"]), ("[{},{}]", ["{}", "{}"]),
      ("\n[\n  {\"a\": [1]},\n  {}\n]\n", [#"{"a": [1]}"#, "{}"]), ("{}\n{}\r\n\n{}", ["{}", "{}", "{}"]),
      ("{}{} {}", ["{}", "{}", "{}"]), ("{\n\"a\":1\n}\n{\n\"b\":2\n}", ["{\n\"a\":1\n}", "{\n\"b\":2\n}"]),
      ("\u{FEFF}{}", ["{}"]), ("\u{FEFF}[{}]", ["{}"]), ("\u{FEFF}", []),
      ("[1,[2],\"x\"]", ["1", "[2]", "\"x\""]),
      ("{}\n[{}]", ["{}", "[{}]"]), ("[{},{}]\n[]\n[{}]\n", ["{}", "{}", "{}"]), ("[][][{}]", ["{}"]),
    ])
  func wellFormed(_ text: String, _ expected: [String]) {
    #expect(pieces(Array(text.utf8)) == expected)
  }

  /// What a third object may be that is none, each with its end in sight.
  static let broken = [
    #"{"id" 3}"#, #"{"id":3,}"#, #"{id:3}"#, #"{"id":03}"#, #"{"id":"\x"}"#, "{\"id\":\"\t}\"}",
    #"{"id":[1 2]}"#,
    #"{"id":{"x":tru}}"#,
    #"{"id":3 "}":4}"#, #"{'id':3}"#, #"{"id":}"#,
  ]

  static let forms: [@Sendable ([String]) -> String] = [
    { "[" + $0.joined(separator: ",") + "]" }, { "[" + $0.joined(separator: ", ") + " ]\n" },
    { "[\n" + $0.joined(separator: ",\n") + "\n]" }, { "[\n  " + $0.joined(separator: ",\n  ") + "\n]\n" },
    { "[" + $0.joined(separator: ",\n") + "]" }, { "[\n  " + $0.joined(separator: "\n, ") + "\n]" },
    { $0.joined(separator: "\n") }, { $0.joined(separator: "\r\n") + "\r\n" }, { $0.joined() },
    { $0.joined(separator: " ") },
  ]

  @Test("a broken third object costs only itself", arguments: broken, Array(forms.indices))
  func brokenThird(_ broken: String, _ form: Int) {
    for count in [3, 4, 6] {
      var objects = (0..<count).map { "{\"id\":\($0)}" }
      objects[2] = broken
      #expect(pieces(Array(Self.forms[form](objects).utf8)) == objects)
    }
  }

  @Test("a broken third object over several lines costs only itself", arguments: broken)
  func brokenPretty(_ broken: String) {
    var objects = (0..<5).map { "{\n    \"id\": \($0),\n    \"in\": {\n      \"x\": 1\n    }\n  }" }
    objects[2] = "{\n    \"k\": 1,\n    \"in\": \(broken)\n  }"
    #expect(pieces(Array("[\n  \(objects.joined(separator: ",\n  "))\n]\n".utf8)) == objects)
    let concatenated = objects.map { $0.replacing("\n  ", with: "\n") }
    #expect(pieces(Array(concatenated.joined(separator: "\n").utf8)) == concatenated)
  }

  @Test("a broken object without an end in sight ends before the next line that begins alike")
  func unclosedLine() {
    for broken in [#"{"id":"3"#, #"{"id":{"x":3}"#, #"{"id":[3}"#] {
      let objects = [#"{"id":0}"#, broken, #"{"id":2}"#]
      #expect(pieces(Array(objects.joined(separator: "\n").utf8)) == objects)
      #expect(pieces(Array("[\n  \(objects.joined(separator: ",\n  "))\n]".utf8)) == objects)
    }
  }

  @Test("a line that is no part of a broken object is one of its own")
  func ownLines() {
    let lines = [
      #"{"a":}"#, "?", "\"x\"", "[1]", #"{"a":1}"#, #"{"a":"b"#, "not json", "\"y\"", "[", #"{"a":2}"#,
      #"{"a"}"#, "}",
      #"{"a":3}"#,
    ]
    #expect(pieces(Array(lines.joined(separator: "\n").utf8)) == lines)
    #expect(pieces(Array((lines.joined(separator: "\r\n") + "\r\n").utf8)) == lines)
    let wrapped = ["{\n\"a\":,\nb\n}", "{\"a\":,\n\"b\":1\n}", #"{"a":4}"#]
    #expect(pieces(Array(wrapped.joined(separator: "\n").utf8)) == wrapped)
  }

  @Test(
    "defects between objects",
    arguments: [
      ("[{} {}]", ["{}", "expectedCommaOrBracket@4", "{}"]), ("[{},]", ["{}", "trailingComma@3"]),
      ("[{},\n]\n", ["{}", "trailingComma@3"]), ("[{}", ["{}", "unexpectedEnd@3"]),
      ("[", ["unexpectedEnd@1"]),
      ("[{},", ["{}", "unexpectedEnd@4"]), ("[{}] {}", ["{}", "trailingBytes@5"]),
      ("[]]", ["trailingBytes@2"]), ("[{},,{}]", ["{}", "", "{}"]), ("[,{}]", ["", "{}"]),
      ("[x,{}]", ["x", "{}"]), ("[{},x]", ["{}", "x"]), ("[{},x y, {}]", ["{}", "x y", "{}"]),
      ("[{},},{}]", ["{}", "}", "{}"]),
      ("[{}}", ["{}", "expectedCommaOrBracket@3", "}", "unexpectedEnd@4"]),
    ])
  func defects(_ text: String, _ expected: [String]) {
    #expect(pieces(Array(text.utf8)) == expected)
  }

  @Test("a string that is never closed takes the rest of its line's text")
  func unterminated() {
    #expect(pieces(Array(#"[{"a":1},{"a":"b},{"a":2}]"#.utf8)).first == #"{"a":1}"#)
    #expect(pieces(Array(#"{"a":"b"#.utf8)) == [#"{"a":"b"#])
  }

  @Test(
    "many broken objects are cut in one go", .timeLimit(.minutes(1)),
    arguments: [
      ("[", #"{"a" 1},"#), ("[", "\n{\"a\":[},"), ("", "{\"a\":[\n"), ("", "{\"a\":\"x\n"),
      ("", "{\"a\":1\n"),
      ("", "{\"a\":{\"b\":[1,2,}\n"), ("", "{\"a\":1} {\"x\":[\n"), ("", "garbage\n"), ("", "{\"a\":?}"),
      ("[", "x,"), ("[", "},"),
    ])
  func linear(_ opening: String, _ broken: String) {
    let bytes = Array("\(opening)\(String(repeating: broken, count: 30_000))0".utf8)
    let count = bytes.withScanner { scanner in
      var splitter = TextPieces()
      var count = 0
      while splitter.next(scanner) != nil { count += 1 }
      return count
    }
    #expect(count >= 30_000)
  }

  @Test("comes to an end on any bytes, in order and inside the text", arguments: 0..<6 as Range<UInt64>)
  func anyBytes(_ batch: UInt64) {
    for seed in batch * 100..<batch * 100 + 100 { cutAnyBytes(seed) }
  }

  private func cutAnyBytes(_ seed: UInt64) {
    var generator = DocumentGenerator(seed: seed)
    let documents = (0..<4).map { _ in generator.document() }
    let separators = [Array(",".utf8), Array("\n".utf8), Array(",\n".utf8), []]
    let joined = Array(documents.joined(separator: generator.random.pick(separators) ?? []))
    let text = generator.random.chance(2) ? joined : Array("[".utf8) + joined + Array("]".utf8)
    let bytes = generator.mutated(text)
    bytes.withScanner { scanner in
      var splitter = TextPieces()
      var end = 0
      var count = 0
      while let piece = splitter.next(scanner), count <= 2 * bytes.count {
        count += 1
        guard case .object(let range) = piece else { continue }
        #expect(range.lowerBound >= end && range.upperBound <= bytes.count, "seed \(seed)")
        end = range.upperBound
      }
      #expect(count <= 2 * bytes.count, "seed \(seed)")
    }
  }
}

/// The pieces of a text, one after another: an object, or what is in the place of one, or a defect between two.
private struct TextPieces {
  enum Piece {
    case object(Range<Int>)
    case defect(JSONError)
  }

  private var framer = Framer(.objects)

  mutating func next(_ text: JSONScanner) -> Piece? {
    switch framer.next(text) {
    case .value(let start):
      guard let end = try? text.skipValue(start) else {
        return framer.recover(text, from: start).map { .object($0) }
      }
      framer.advance(to: end)
      return .object(start..<end)
    case .defect(let error): return .defect(error)
    case .unfinished, .end: return nil
    }
  }
}
