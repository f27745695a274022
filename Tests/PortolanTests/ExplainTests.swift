import TestSupport
import Testing

@testable import Portolan

@Suite("Explaining one object")
struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func explain(
    _ yaml: String, _ objects: String, _ choice: ItemChoice = .first, field: String? = nil
  ) async throws -> ResourceExplanation {
    try folder.write("thing.json", objects)
    let explainer = Explainer(try config(yaml), fixtures: FixtureFolder(folder.path))
    return try #require(await explainer.explain(kind: "thing", choice, field: field).first)
  }

  /// The one field of an entity whose property `p` is `expression`, on `object`.
  private func explainProperty(_ expression: String, _ object: String) async throws -> ExpressionExplanation {
    let explanation = try await explain(property(expression), object, field: "properties.p")
    return try #require(explanation.item?.fields.first)
  }

  private let mapping = "identifier: .id\nblueprint: '\"b\"'\nproperties:\n  n: .n"

  @Test(
    "the item: the first, one by its number, one by its entity's identifier",
    arguments: [
      (ItemChoice.first, 1, #""a""#), (.number(2), 2, #""b""#), (.identifier("c"), 3, #""c""#),
    ])
  func choice(choice: ItemChoice, number: Int, identifier: String) async throws {
    let objects = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"hide\":true}"
    let explained = try await explain(resource(mapping, selector: "query: .hide | not"), objects, choice)
    let item = try #require(explained.item)
    #expect(item.number == number)
    #expect(item.total == 3)
    #expect(item.origin?.line == number)
    #expect(item.fields.first?.outcome == .value(identifier))
    #expect(item.verdict == (number == 3 ? .filtered : .kept))
    #expect(item.entities.count == (number == 3 ? 0 : 1))
  }

  @Test(
    "an item that is not there: what was passed over", arguments: [ItemChoice.number(3), .identifier("x")])
  func notThere(choice: ItemChoice) async throws {
    let explained = try await explain(resource(mapping), #"[{"id":"a"},{"id":"b"}]"#, choice)
    #expect(explained.item == nil)
    #expect(explained.total == 2)
    #expect(explained.identifiers == (choice == .number(3) ? [] : ["a", "b"]))
  }

  @Test("the entity is the one that a dry run makes")
  func sameEntity() async throws {
    let yaml = resource(mapping + "\n  up: .id | ascii_upcase", port: "itemsToParse: .list")
    let objects = #"{"id":"a","n":1,"list":[1]}{"id":"b","n":9007199254740993,"list":[2,3]}"#
    let explained = try await explain(yaml, objects, .number(3))
    let dryRun = await DryRun(try config(yaml), fixtures: FixtureFolder(folder.path)).run()
    #expect(explained.item?.entities == [try #require(dryRun.resources.first?.entities.last)])
    #expect(explained.item?.list?.count == 2)
    #expect(explained.item?.list?.place == 2)
    #expect(explained.item?.list?.removed == ".list")
  }

  @Test("an object that yields no item is explained where no other does")
  func noItem() async throws {
    let explained = try await explain(resource(mapping, port: "itemsToParse: .list"), #"{"list":{"a":1}}"#)
    let item = try #require(explained.item)
    #expect(item.verdict == .noItem)
    #expect(item.list?.count == nil)
    #expect(item.list?.expression.outcome == .value(#"{"a":1}"#))
  }

  @Test("an object that is no valid JSON says where", arguments: ["{\"id\": 1,}", "[{\"id\" 1}]", "[3]"])
  func invalid(text: String) async throws {
    let explained = try await explain(resource(mapping), text)
    guard case .invalid(let diagnostic) = explained.item?.verdict else {
      Issue.record("\(explained)")
      return
    }
    #expect(diagnostic.location?.line == 1)
    #expect((diagnostic.location?.column ?? 0) > 1)
  }

  @Test("without an identifier it is skipped, and says for want of what")
  func skipped() async throws {
    let explained = try await explain(resource(mapping), "{}")
    #expect(explained.item?.results == [.skipped(field: "identifier")])
  }

  @Test("a selector that gives no boolean fails the item")
  func selector() async throws {
    let explained = try await explain(resource(mapping, selector: "query: .id"), #"{"id":"a"}"#)
    #expect(explained.item?.verdict == .failed(#"the selector gives "a", neither true nor false"#))
  }

  @Test("what is read: values, types, what is not there with the nearest key, the first elements")
  func reads() async throws {
    let explained = try await explainProperty(
      "'[.a.sumary, (.list[] | .k), (.o | length)]'",
      #"{"a":{"summary":1},"list":[{"k":1},{"k":2},{"k":3},{"k":4},{"k":5}],"o":{"x":{"y":1}}}"#)
    #expect(
      explained.reads.map { "\($0.path) \($0.finding)" } == [
        #".a.sumary missing(nearest: Optional("summary"))"#, #".list[0].k value("1")"#,
        #".list[1].k value("2")"#, #".list[2].k value("3")"#, ".list[] more(2)",
        ".o.x kind(RawJSON.JSONKind.object)",
      ])
  }

  @Test(
    "the parts of an expression, each with what it gives on its way",
    arguments: [
      (".a | split(\"/\") | .[1]", [#".a = "x/y""#, #"| split("/") = ["x","y"]"#, #"| .[1] = "y""#]),
      (".n + 1", [".n = 2", "+ 1 = 1"]),
      (".no // .n // 7", [".no = null", "// .n = 2", "// 7 = 7"]),
      (
        "(.a | length) as $l | $l + .n",
        [
          "(.a | length) as $l | = 3", "  .a = \"x/y\"", "  | length = 3", "| $l + .n = 5", "  $l = 3",
          "  + .n = 2",
        ]
      ),
      ("if .n > 1 then .a else .no end", ["if .n > 1 = true", "  .n = 2", "  > 1 = 1", #"then .a = "x/y""#]),
      ("if .no then .a elif .n then 5 else 6 end", ["if .no = null", "elif .n = 2", "then 5 = 5"]),
      (".list[] | select(. > 1)", [".list[] = 1, 2, 3, …", "| select(. > 1) = 2, 3, 4"]),
      ("def f: . + 1; .n | f | f", [".n = 2", "| f = 3", "| f = 4"]),
      (".list[] | select(. > 9) | .x", [".list[] = 1, 2, 3, …", "| select(. > 9) = "]),
      (".big | .", [".big = 9007199254740993", "| . = 9007199254740993"]),
      (".a", []),
    ])
  func parts(expression: String, lines: [String]) async throws {
    let object = #"{"a":"x/y","n":2,"list":[1,2,3,4],"big":9007199254740993}"#
    let explained = try await explainProperty("'\(expression)'", object)
    let shown = explained.steps.map { step in
      let role = step.role.isEmpty ? "" : step.role + " "
      let values = step.outputs + (step.hasMore ? ["…"] : [])
      return String(repeating: "  ", count: step.depth) + role + step.text + " = "
        + values.joined(separator: ", ")
    }
    #expect(shown == lines)
  }

  @Test(
    "an error is at the part that raised it",
    arguments: [
      (".a | length | ascii_upcase | .x", 15), ("(.a | tonumber) + 1", 7), (".a + 1", 0),
      ("if .a then (.a | implode) else 1 end", 18),
    ])
  func place(expression: String, column: Int) async throws {
    let explained = try await explainProperty("'\(expression)'", #"{"a":"x"}"#)
    guard case .failure(_, let place) = explained.outcome else {
      Issue.record("\(explained.outcome)")
      return
    }
    #expect(place.column - explained.location.column == column)
    #expect(place.line == explained.location.line)
  }

  @Test(
    "an expression that does not compile says what a dry run says", arguments: [".a | $x", ".a | split(',')"])
  func rejected(expression: String) async throws {
    let yaml = property(expression)
    let explained = try await explainProperty(expression, #"{"a":"x"}"#)
    let dryRun = await DryRun(try config(yaml), fixtures: FixtureFolder(folder.path)).run()
    let errors = dryRun.diagnostics.filter { $0.severity == .error }
    #expect(errors.map { ExpressionOutcome.rejected($0) } == [explained.outcome])
    #expect(explained.steps.isEmpty)
  }

  @Test(
    "a field is named by its place, or by one above it",
    arguments: [
      ("properties.n", ["mappings[0].properties.n"]), ("properties", ["mappings[0].properties.n"]),
      ("mappings[1].identifier", ["mappings[1].identifier"]),
      ("identifier", ["mappings[0].identifier", "mappings[1].identifier"]), ("prop", []),
    ])
  func fields(name: String, places: [String]) async throws {
    let yaml = """
      resources:
        - kind: thing
          port:
            entity:
              mappings:
                - {identifier: .id, blueprint: '"b"', properties: {n: .n}}
                - {identifier: .n, blueprint: '"c"'}
      """
    let explained = try await explain(yaml, #"{"id":"a","n":1}"#, field: name)
    #expect(explained.item?.fields.map(\.field) == places)
  }
}
