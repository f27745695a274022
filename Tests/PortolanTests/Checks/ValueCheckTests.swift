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
    "a value that is not allowed is named, with what to do",
    arguments: [
      (
        #"{"type": "number"}"#, #""12""#,
        #"gives a text where the blueprint `thing` takes a number: "12" in `a` (1 of 1 entity)"#,
        "make a number of it: `… | tonumber`; or change the blueprint"
      ),
      (
        #"{"type": "string"}"#, "7", "gives a number where the blueprint `thing` takes a text: 7 in `a`",
        "tostring"
      ),
      (#"{"type": "string"}"#, #"["x"]"#, "gives a list where", "join"),
      (#"{"type": "array"}"#, #""x""#, "gives a text where the blueprint `thing` takes a list", "`[…]`"),
      (#"{"type": "boolean"}"#, #""true""#, "takes a boolean", #"== "true""#),
      (#"{"type": "string"}"#, #"{"name": 1}"#, "gives an object where", ".name"),
      (#"{"type": "object"}"#, "1", "takes an object", "change the expression"),
      (
        #"{"type": "string", "format": "url"}"#, #""example.com""#, "gives a text that is no `url`",
        "https://example.com/page"
      ),
      (#"{"type": "string", "enum": ["x", "y"]}"#, #""z""#, "does not list", #"it lists "x", "y""#),
      (
        #"{"type": "array", "items": {"type": "number"}}"#, #"[1, "2"]"#,
        "gives a list with a text in it where the blueprint `thing` takes a number", "each element"
      ),
      (
        #"{"type": "array", "items": {"type": "string", "format": "email"}}"#, #"["a@b.c", "d"]"#,
        "gives a list with a text in it that is no `email`", "ada@example.com"
      ),
      (
        #"{"type": "array", "items": {"type": "string", "enum": ["x"]}}"#, #"["x", "y"]"#,
        "gives a list with a value in it that the blueprint `thing` does not list", #"it lists "x""#
      ),
    ])
  func wrong(property: String, value: String, message: String, help: String) async throws {
    let found = try await check(property, value)
    #expect(found.map(\.rule) == [.wrongValue])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.message.hasPrefix("`properties.p` of kind `thing` ") == true)
    #expect(found.first?.message.contains(message) == true, "\(found)")
    #expect(found.first?.help?.contains(help) == true, "\(found)")
    #expect(found.first?.location?.line == 9)
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
