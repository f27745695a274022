import Testing

@testable import JQ

@Suite("What is put before a program")
struct TranslationTests {
  private func keys(_ text: String, _ version: LibJQVersion) throws -> [String] {
    let translation = Dialect(version).translate(try Parser.parse(text))
    return try #require(translation).definitions.map(\.key)
  }

  @Test(
    "nothing, where the program uses nothing that differs",
    arguments: [
      ".a", ".a.b[0] // \"x\"", "map(select(.x == 1)) | length", "{a: .b, c: (.d | tostring)}", "[.[] | .x]",
      "\"\\(.a)-\\(.b)\"", "if .a then .b else .c end", ".a | test(\"^x\")",
      ".a | split(\",\") | join(\" \")", "(.a // []) | map(.b) | unique", ". as $x | $x.a + 1",
    ])
  func nothing(_ text: String) throws {
    for version in LibJQVersion.allCases { #expect(try keys(text, version) == []) }
  }

  @Test("what the program uses and what that uses, each before its users")
  func order() throws {
    // `__builtin_x` calls the library's own `x`.
    for key in CompatibilityDefinitions.table.keys where !key.hasPrefix("__builtin_") {
      let parts = key.split(separator: "/").map(String.init)
      let arguments = Array(repeating: Expression(.identity), count: Int(parts[1]) ?? 0)
      let chosen = CompatibilityDefinitions.needed(by: Expression(.call(parts[0], arguments)), .v1_6)
      #expect(chosen.last?.key == key)
      for (place, definition) in chosen.enumerated() where !definition.key.hasPrefix("__builtin_") {
        let before = Set(chosen.prefix(place).map(\.key))
        let needed = definition.calls.filter { CompatibilityDefinitions.table[$0] != nil }
        #expect(needed.allSatisfy(before.contains), "\(key): \(definition.key)")
      }
    }
    #expect(try keys("pick(.a)", .v1_6) == ["pick/1"])
    #expect(try keys("pick(.a)", .v1_7) == [])
    #expect(try keys("[.[] | abs, abs]", .v1_6) == ["abs/0"])
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
    let program = Builtins.names.sorted().map { name in
      let parts = name.split(separator: "/")
      let count = Int(parts.last ?? "") ?? 0
      let arguments = Array(repeating: ".", count: count).joined(separator: "; ")
      return String(parts.first ?? "") + (count == 0 ? "" : "(\(arguments))")
    }
    #expect(try keys(program.joined(separator: ", "), .v1_8) == ["toarray/0"])
  }

  @Test("every definition is read, and calls only what 1.6 or another definition defines")
  func complete() {
    let texts =
      CompatibilityDefinitions.errors + CompatibilityDefinitions.generators
      + CompatibilityDefinitions.updates + CompatibilityDefinitions.values
      + CompatibilityDefinitions.formats + CompatibilityDefinitions.patterns
      + CompatibilityDefinitions.numbers + CompatibilityDefinitions.strings
      + CompatibilityDefinitions.streams + CompatibilityDefinitions.later
    #expect(CompatibilityDefinitions.table.count == texts.count)
    let internalCalls = CompatibilityDefinitions.table.values.flatMap(\.calls).filter { $0.hasPrefix("__") }
    #expect(internalCalls.allSatisfy { CompatibilityDefinitions.table[$0] != nil })
  }
}
