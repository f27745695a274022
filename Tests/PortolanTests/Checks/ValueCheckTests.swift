import Testing

@testable import Portolan

@Suite("Values against the blueprint")
struct ValueCheckTests {
  /// What is said of the property `p` that the blueprint describes as `property` and that has `value`.
  private func check(_ property: String, _ value: String) async throws -> [Diagnostic] {
    try await checks(
      things("properties:\n  p: .p"), ["thing": #"{"id": "a", "p": \#(value)}"#],
      blueprints: thing(#""p": \#(property)"#))
  }

  @Test(
    "a value that is not allowed is named, with what the blueprint takes and what to do",
    arguments: [
      (#"{"type": "number"}"#, #""12""#, ["a number", "a string", #""12""#], "tonumber"),
      (#"{"type": "string"}"#, "7", ["a string", "a number", "7"], "tostring"),
      (#"{"type": "string"}"#, #"["x"]"#, ["a string", "an array"], "join"),
      (#"{"type": "array"}"#, #""x""#, ["an array", "a string"], "`[…]`"),
      (#"{"type": "boolean"}"#, #""true""#, ["a boolean", "a string"], #"== "true""#),
      (#"{"type": "string"}"#, #"{"name": 1}"#, ["a string", "an object"], ".name"),
      (#"{"type": "object"}"#, "1", ["an object", "a number"], "change the expression"),
      (
        #"{"type": "string", "format": "url"}"#, #""example.com""#, ["`url`", #""example.com""#],
        "https://example.com/page"
      ),
      (#"{"type": "string", "enum": ["x", "yes"]}"#, #""yess""#, [#""yess""#], #"did you mean `"yes"`?"#),
      (#"{"type": "string", "enum": ["x", "y"]}"#, #""other""#, [#""other""#], #"it takes "x", "y""#),
      (
        #"{"type": "array", "items": {"type": "number"}}"#, #"[1, "2"]"#,
        ["an array of numbers", "a string", #""2""#], "each element"
      ),
      (
        #"{"type": "array", "items": {"type": "string", "format": "email"}}"#, #"["a@b.c", "d"]"#,
        ["`email`", #""d""#], "ada@example.com"
      ),
      (
        #"{"type": "array", "items": {"type": "string", "enum": ["x"]}}"#, #"["x", "other"]"#,
        [#""other""#], #"it takes "x""#
      ),
    ])
  func wrong(property: String, value: String, data: [String], help: String) async throws {
    let found = try await check(property, value)
    #expect(found.map(\.rule) == [.wrongValue])
    let first = try #require(found.first)
    #expect(first.severity == .error)
    #expect(first.field == "properties.p")
    for part in data + ["`p`", "`a` (1 of 1 entity)"] { #expect(first.message.contains(part), "\(first)") }
    #expect(first.help?.contains(help) == true, "\(first)")
    #expect(first.place == MarkedText(things("properties:\n  p: «.p»")).place)
  }

  @Test(
    "a value that is allowed is not named",
    arguments: [
      (#"{"type": "number"}"#, "null"), (#"{"type": "number"}"#, "1.5"), (#"{"type": "boolean"}"#, "false"),
      (#"{"type": "array", "items": {"type": "string"}}"#, "[]"), ("{}", "[1]"),
      (#"{"type": "string", "format": "user"}"#, #""anyone""#),
      (#"{"type": "string", "format": "markdown"}"#, #""""#),
      (#"{"type": "string", "enum": ["é"]}"#, #""\u00e9""#),
      (#"{"type": "number", "enum": [1]}"#, "1.0"),
      (#"{"type": "array", "items": {"type": "string", "format": "url"}}"#, #"["https://x.y"]"#),
    ])
  func right(property: String, value: String) async throws {
    #expect(try await check(property, value).isEmpty)
  }

  @Test("a field and a rule are named once, with how many entities and the first of them")
  func counted() async throws {
    let objects = (1...9).map { #"{"id": "n\#($0)", "p": \#($0 % 3 == 0 ? "\"\($0)\"" : "\($0)")}"# }
    let found = try await checks(
      things("properties:\n  p: .p"), ["thing": objects.joined(separator: "\n")],
      blueprints: thing(#""p": {"type": "number"}"#))
    #expect(found.count == 1)
    #expect(found.first?.message.hasSuffix(#": "3" in `n3` (3 of 9 entities)"#) == true)
  }
}
