import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: one raw object, itemsToParse")
struct ItemTests {
  /// A config whose entity shows the whole item.
  private func show(_ port: String) -> String {
    resource("identifier: '\"x\"'\nblueprint: '\"b\"'\nproperties: {p: .}", port: port)
  }

  @Test("each element becomes an item: the object, with the element under the name")
  func elements() async throws {
    let run = try await run(
      show("itemsToParse: .list\nitemsToParseName: entry"), [#"{"a":1,"list":[{"b":2},3]}"#])
    #expect(
      run.entities.map { $0["properties", "p"]?.json } == [
        #"{"a":1,"entry":{"b":2}}"#, #"{"a":1,"entry":3}"#,
      ])
    #expect(try run.report.items == 2)
    #expect(try run.report.raw == 1)
  }

  @Test("an equal key at the top is replaced")
  func equalKey() async throws {
    let run = try await run(show("itemsToParse: .list"), [#"{"item":"old","list":[1]}"#])
    #expect(try run.property("p") == #"{"item":1}"#)
  }

  @Test(
    "an expression that gives no list yields no item and is reported",
    arguments: [
      #"{"list":null}"#, #"{"list":{"a":1}}"#, "{}", #"{"list":"text"}"#,
    ])
  func noList(object: String) async throws {
    let run = try await run(show("itemsToParse: .list"), [object, #"{"list":[1]}"#])
    let report = try run.report
    #expect([report.raw, report.unparsed, report.items] == [2, 1, 1])
    #expect(report.diagnostics.map(\.rule) == [.unparsedItems])
    #expect(report.diagnostics.first?.severity == .warning)
  }

  @Test("an itemsToParse that does not compile is said once, with the config")
  func notCompiling() async throws {
    let yaml = show("itemsToParse: .list | nosuch")
    let run = try await run(yaml, [#"{"list":[1]}"#, #"{"list":[1]}"#])
    let report = try run.report
    #expect(report.diagnostics.isEmpty)
    #expect(try config(yaml).diagnostics.filter { $0.severity == .error }.map(\.rule) == [.unknownFunction])
    #expect([report.raw, report.unparsed, report.items] == [2, 2, 0])
  }

  @Test(
    "the first path in the expression's pipe is removed from the object",
    arguments: [
      (".a.b", #"{"a":{"k":1}}"#),
      ("(.a.b // [])", #"{"a":{"k":1}}"#),
      (".a.b | map(.)", #"{"a":{"k":1}}"#),
      (".a | .b", "{}"),
      (". as $x | .a.b", #"{"a":{"k":1}}"#),
      (". | .a.b", #"{"a":{"k":1}}"#),
      ("[1] + .a.b", #"{"a":{"k":1}}"#),
      ("[{n: 1}]", #"{"a":{"b":[2],"k":1}}"#),
      (".list[0].b", #"{"a":{"b":[2],"k":1},"list":[{"k":2}]}"#),
    ])
  func parsedPath(expression: String, rest: String) async throws {
    let object =
      expression.hasPrefix(".list")
      ? #"{"a":{"b":[2],"k":1},"list":[{"b":[9],"k":2}]}"# : #"{"a":{"b":[2],"k":1}}"#
    let run = try await run(
      resource(
        "identifier: '\"x\"'\nblueprint: '\"b\"'\nproperties: {p: del(.item)}",
        port: "itemsToParse: '\(expression)'"),
      [object])
    #expect(try run.property("p") == rest)
  }

  @Test("without the top-level transform nothing is removed")
  func withoutTransform() async throws {
    let run = try await run(
      show("itemsToParse: .list\nitemsToParseTopLevelTransform: off"), [#"{"list":[1]}"#])
    #expect(try run.property("p") == #"{"list":[1],"item":1}"#)
  }
}
