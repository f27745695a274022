import RawJSON
import ReferenceJSON
import Testing

@Suite("Writing JSON")
struct WriterTests {
  private func sample(_ style: JSONWriter.Style) -> String {
    let json = JSONWriter.object(style) { object in
      object.add("text", text: "a\"b")
      object.add("number", -3)
      object.add("flag", true)
      object.add("none", array: [])
      object.add("some", array: [Array("1".utf8), Array("[ 2 ]".utf8)])
      object.key("inner")
      object.object { inner in
        inner.add("made", json: #"{"x":0}"#.utf8)
        inner.key("list")
        inner.array { list in
          list.object { _ in }
          list.array { $0.null() }
          list.boolean(false)
        }
      }
    }
    return String(decoding: json, as: UTF8.self)
  }

  @Test("compact: no white space but what is in values that were JSON already")
  func compact() {
    #expect(
      sample(.compact)
        == #"{"text":"a\"b","number":-3,"flag":true,"none":[],"some":[1,[ 2 ]],"inner":{"made":{"x":0},"list":[{},[null],false]}}"#
    )
  }

  @Test("spaced: a space after each colon and comma, a line for each element")
  func spaced() {
    #expect(
      sample(.spaced) == #"""
        {"text": "a\"b", "number": -3, "flag": true, "none": [], "some": [
        1,
        [ 2 ]
        ], "inner": {"made": {"x":0}, "list": [
        {},
        [
        null
        ],
        false
        ]}}
        """#)
  }

  @Test("indented: a line for each member and element")
  func indented() {
    #expect(
      sample(.indented) == #"""
        {
          "text": "a\"b",
          "number": -3,
          "flag": true,
          "none": [],
          "some": [
            1,
            [ 2 ]
          ],
          "inner": {
            "made": {"x":0},
            "list": [
              {},
              [
                null
              ],
              false
            ]
          }
        }
        """#)
  }

  @Test("a value that is not in an object or array has no separator")
  func single() {
    var writer = JSONWriter(.indented)
    #expect(writer.bytes.isEmpty)
    writer.number(12)
    #expect(writer.bytes == Array("12".utf8))
    #expect(JSONWriter.object(.indented) { _ in } == Array("{}".utf8))
  }

  @Test("a value that is there already takes the style of the others, its digits and escapes as they are")
  func value() throws {
    let view = try JSONView(
      validating: Array(#"{ "\u0061" : [ 1.0 , { } , "\/" ], "b": [ ], "a" : [1e2] }"#.utf8))
    var writer = JSONWriter(.indented)
    writer.array { $0.value(view) }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == #"""
        [
          {
            "\u0061": [
              1e2
            ],
            "b": []
          }
        ]
        """#)
  }

  @Test("in every style it means the same", arguments: 80..<86 as Range<UInt64>)
  func meaning(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 {
      var generator = DocumentGenerator(seed: seed)
      let document = generator.document()
      let view = try JSONView(validating: document)
      for style in [JSONWriter.Style.compact, .spaced, .indented] {
        var writer = JSONWriter(style)
        writer.value(view)
        #expect(try copied(writer.bytes) == copied(document), "seed \(seed)")
        if style == .compact { #expect(writer.bytes == Array(view.json.utf8), "seed \(seed)") }
      }
    }
  }

  @Test("the deepest value there may be", arguments: [JSONWriter.Style.compact, .spaced, .indented])
  func deep(_ style: JSONWriter.Style) throws {
    let levels = JSONScanner.maximumDepth
    let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    var writer = JSONWriter(style)
    writer.value(try JSONView(validating: Array(text.utf8)))
    #expect(try copied(writer.bytes) == Array(text.utf8))
  }
}
