import Testing

@testable import JQ

@Suite("What is put before a program")
struct TranslationTests {
  private func defined(_ text: String, _ version: LibJQVersion) throws -> [String] {
    let translation = Dialect(version).translate(try Parser.parse(text))
    return try #require(translation).definitions.map(\.signature.description)
  }

  @Test(
    "nothing, where the program uses nothing that differs",
    arguments: [
      ".a", ".a.b[0] // \"x\"", "map(select(.x == 1)) | length", "{a: .b, c: (.d | tostring)}", "[.[] | .x]",
      "\"\\(.a)-\\(.b)\"", "if .a then .b else .c end", ".a | test(\"^x\")",
      ".a | split(\",\") | join(\" \")", "(.a // []) | map(.b) | unique", ". as $x | $x.a + 1",
    ])
  func nothing(_ text: String) throws {
    for version in LibJQVersion.allCases { #expect(try defined(text, version) == []) }
  }

  @Test("what the program uses and what that uses, each before its users")
  func order() throws {
    // `__builtin_x` calls the library's own `x`.
    for signature in CompatibilityDefinitions.table.keys where !signature.name.hasPrefix("__builtin_") {
      let arguments = Array(repeating: Expression(.identity), count: signature.arity)
      let chosen = CompatibilityDefinitions.needed(by: Expression(.call(signature.name, arguments)), .v1_6)
      #expect(chosen.last?.signature == signature)
      for (place, definition) in chosen.enumerated()
      where !definition.signature.name.hasPrefix("__builtin_") {
        let before = Set(chosen.prefix(place).map(\.signature))
        let needed = definition.calls.filter { CompatibilityDefinitions.table[$0] != nil }
        #expect(needed.allSatisfy(before.contains), "\(signature): \(definition.signature)")
      }
    }
    #expect(try defined("pick(.a)", .v1_6) == ["pick/1"])
    #expect(try defined("pick(.a)", .v1_7) == [])
    #expect(try defined("[.[] | abs, abs]", .v1_6) == ["abs/0"])
  }

  @Test(
    "1.8 gets the text as it is",
    arguments: [
      "if .a then 1 end", ".a.[0]", "{$k: 1}", "try error(null) catch .", ".a |= empty", "gsub(\"\"; \"x\")",
      "trim | ltrimstr(\"a\")", "  .a   # comment",
    ])
  func unchanged(_ text: String) throws {
    let translation = try #require(Dialect(.v1_8).translate(try Parser.parse(text)))
    #expect(translation.text == text)
    #expect(translation.definitions.isEmpty)
  }

  @Test("only toarray is put before a program of 1.8")
  func later() throws {
    let calls = Builtins.signatures.sorted().map { signature in
      Expression(.call(signature.name, Array(repeating: Expression(.identity), count: signature.arity)))
    }
    #expect(try defined(calls.map(\.description).joined(separator: ", "), .v1_8) == ["toarray/0"])
  }

  @Test("every definition is read, and calls only what 1.6 or another definition defines")
  func complete() {
    let rows = Builtins.rows.filter { $0.definition != nil }
    for row in rows { #expect(CompatibilityDefinitions.table[row.signature] != nil, "\(row.signature)") }
    let searches = rows.filter(\.signature.searchesAll).count
    let helpers = CompatibilityDefinitions.helpers.count
    #expect(CompatibilityDefinitions.table.count == rows.count + searches + helpers)
    let calls = CompatibilityDefinitions.table.values.flatMap(\.calls).filter { $0.name.hasPrefix("__") }
    #expect(calls.allSatisfy { CompatibilityDefinitions.table[$0] != nil })
  }

  @Test("every search that is given a pattern that may match nothing has a twin")
  func twins() {
    for row in Builtins.rows where row.signature.searchesAll {
      let twin = Signature("__" + row.signature.name, row.signature.arity)
      #expect(CompatibilityDefinitions.table[twin] != nil, "\(twin)")
    }
    let scan = CompatibilityDefinitions.table[Signature("__scan", 1)]
    #expect(scan?.text == "def __scan($re): __scan($re; null);")
  }
}
