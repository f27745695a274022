import Testing

@testable import Portolan

@Suite("Resources that make no entity, and fields that fail")
struct LossTests {
  private static let objects = #"""
    [{"key": "A", "status": {"name": "To Do"}, "list": [{"name": "x"}], "at": 1772410000000, "done": "true"},
     {"key": "B", "status": {"name": "Done"}, "list": [], "at": 1772410000001, "done": "true"}]
    """#

  private func found(
    _ identifier: String = ".key", field: String? = nil, query: String? = nil, port: String = "",
    _ objects: String = LossTests.objects
  ) async throws -> [Diagnostic] {
    let lines =
      "identifier: \(identifier)\nblueprint: '\"thing\"'" + (field.map { "\nproperties:\n  p: \($0)" } ?? "")
    let yaml = resource(lines, port: port, selector: query.map { "query: '\($0)'" } ?? "")
    return try await checks(yaml, ["thing": objects])
  }

  @Test(
    "an identifier that is null on all",
    arguments: [
      (".ky", "the identifier `.ky` is null on 2 of 2; they have `.key`", "write `.key`"),
      (".nothing", "null on 2 of 2; they have `key`, `status`", "name a key that is there, as `.key`"),
      (".list.name", "`.list` is a list", "`.list[0].name`"),
      (".meta.key", "null on 2 of 2; they have `.key`", "write `.key`"),
      (".meta.status.name", "null on 2 of 2; they have `.status`", "write `.status.name`"),
    ])
  func skipped(identifier: String, cause: String, help: String) async throws {
    let found = try await found(identifier)
    #expect(found.map(\.rule) == [.noEntities])
    #expect(found.first?.severity == .error)
    #expect(found.first?.message.contains(cause) == true, "\(found)")
    #expect(found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test("a key with a dot in its name is written as one")
  func keys() async throws {
    let dotted = try await found(".acme.id", #"[{"acme.id": "x"}]"#)
    #expect(dotted.first?.help == #"write `."acme.id"`"#, "\(dotted)")
  }

  @Test("a page of objects is recognized")
  func page() async throws {
    let found = try await found(".key", #"{"total": 2, "values": \#(Self.objects)}"#)
    #expect(found.map(\.rule) == [.pageNotCut])
    #expect(found.first?.message.contains("with the list of objects in `.values`") == true, "\(found)")
  }

  @Test(
    "a page is recognized where the selector turns it away or fails on it",
    arguments: [
      ".status.name == \"Done\"", ".list | any(.name == \"x\")", ".done",
    ])
  func filteredPage(query: String) async throws {
    let found = try await found(query: query, #"{"result": \#(Self.objects)}"#)
    #expect(found.map(\.rule) == [.pageNotCut], "\(found)")
    #expect(found.first?.severity == .error)
    #expect(found.first?.help == "leave the list alone in the file: `jq '.result'` takes it out")
  }

  @Test(
    "an object that has what entities are named by is no page, nor one whose list the mapping reads",
    arguments: [
      (#"{"uid": "a", "items": [{"x": 1}], "enabled": false}"#, ".uid", ".enabled", ""),
      (#"{"items": [{"uid": "a"}]}"#, ".item.uid", ".item.enabled == true", "itemsToParse: .items"),
      (#"{"items": [{"x": "a"}]}"#, ".items[0].x", ".items[0].x == \"b\"", ""),
    ])
  func noPage(object: String, identifier: String, query: String, port: String) async throws {
    let found = try await found(identifier, query: query, port: port, object)
    #expect(!found.contains { $0.rule == .pageNotCut }, "\(found)")
  }

  @Test(
    "has of a path, for a key that is called as a value is",
    arguments: [
      (
        "has(.key)", "`has(.key)` asks for a key called as the value of `.key`",
        "write `has(\"key\")`, or `.key != null`"
      ),
      (
        "has(.status.name) and true", "`has(.status.name)` asks",
        "write `.status | has(\"name\")`, or `.status.name != null`"
      ),
      ("has(.status)", "which is no text", "`has(\"status\")`"),
    ])
  func hasPath(call: String, cause: String, help: String) async throws {
    for found in [try await found(query: call), try await found(field: call)] {
      #expect(found.count == 1, "\(found)")
      #expect(found.first?.message.contains(cause) == true, "\(found)")
      #expect(found.first?.help?.contains(help) == true, "\(found)")
    }
  }

  @Test("nothing is said of has where an object has a key called as the value is")
  func hasMeant() async throws {
    let objects = #"[{"key": "A", "type": "user", "user": {}}, {"key": "B", "type": "bot"}]"#
    #expect(try await found(field: "has(.type)", objects).isEmpty)
    #expect(try await found(field: "'.type as $t | has($t)'", objects).isEmpty)
  }

  @Test(
    "a key with a hyphen that fails has one cure",
    arguments: [
      (".status.content-type", #"`."content-type"`"#), (".status.issue-type.name", #"`."issue-type"`"#),
      (".list-length | todate", #"`."list-length"`"#),
    ])
  func hyphen(expression: String, cure: String) async throws {
    let found = try await found(field: expression).filter { $0.rule == .failingField }
    #expect(found.count == 1)
    #expect(found.first?.message.contains("as a subtraction, not as a key") == true, "\(found)")
    #expect(found.first?.help?.contains(cure) == true, "\(found)")
  }

  @Test("a selector that fails gets the cure of the part that does")
  func failingSelector() async throws {
    let found = try await found(query: ".list.name == \"x\"")
    #expect(found.map(\.rule) == [.selectorFailed])
    #expect(found.first?.message.contains("`.list` is a list") == true, "\(found)")
  }

  @Test("keys that differ in digits alone are no cure for each other, and say nothing")
  func numberedKeys() async throws {
    let objects = #"[{"key": "A", "x": 1, "custom_10001": 1}, {"key": "B", "custom_10002": 2}]"#
    let found = try await found(field: ".custom_10061", objects)
    #expect(found.map(\.rule) == [.absentKey])
    #expect(
      found.first?.help
        == "they have `key`, `x`; fix the path, or add a fixture that has the key")
  }

  @Test(
    "a selector that keeps none",
    arguments: [
      (
        #".status.name == "Donee""#, #"`.status.name` is "To Do" on 1, "Done" on 1"#,
        "did you mean `\"Done\"`?"
      ),
      (#".statis.name == "Done""#, "`.statis` is in none of them; they have `.status`", ".status.name"),
      (#".done == true"#, #"`.done` is "true" on 2"#, "\"true\""),
    ])
  func filtered(query: String, cause: String, help: String) async throws {
    let found = try await found(query: query)
    #expect(found.map(\.rule) == [.noEntities])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.message.contains(cause) == true, "\(found)")
    #expect(found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test(
    "itemsToParse that gives no items",
    arguments: [
      ("'.lits // []'", Diagnostic.Severity.warning, "they have `.list`", ".list // []"),
      (".key", .error, "is a text", "name a list"), (".status", .error, "an object", "name a list"),
      ("'.status[]'", .error, "gives a text", "put it in brackets for a list: `[.status[]]`"),
      ("'.list[]'", .error, "gives the list's elements one by one", "drop the `[]`: `.list`"),
    ])
  func items(expression: String, severity: Diagnostic.Severity, cause: String, help: String) async throws {
    let found = try await found(port: "itemsToParse: \(expression)").filter { $0.rule != .manyOutputs }
    #expect(found.map(\.rule) == [.noEntities], "\(found)")
    #expect(found.first?.severity == severity)
    let words = (found.first?.message ?? "") + (found.first?.help ?? "")
    #expect(words.contains(cause) && words.contains(help), "\(found)")
  }

  @Test(
    "a field that fails says which part does, and what helps",
    arguments: [
      (".list.name", "`.list` is a list", "`.list | map(.name)`"),
      (".status[0].name", "is an object, not a list", "`.status.name`"),
      (".key | todate", "maybe a date already", "leave `| todate` out"),
      ("'.key + .at'", "`.at` is a number", "(.at | tostring)"),
      (".nope | test(\"x\")", "`.nope` is null", "// \"\""),
      (".statis.name | test(\"x\")", "`.statis` is null", "write `.status`"),
      (".list | join(\",\")", "its elements are objects", "map(.name)"),
      (".key | tonumber", "is no number", "tonumber? // null"),
      ("'[.key[]]'", "is a text, not a list", "leave the `[]` out"),
      ("'.key | split(\",\") | split(\",\")'", "is a list already", "leave `split(…)` out"),
    ])
  func failing(expression: String, cause: String, help: String) async throws {
    let found = try await found(field: expression).filter { $0.rule == .failingField }
    #expect(found.count == 1)
    #expect(found.first?.message.contains(cause) == true, "\(found)")
    #expect(found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test("a field that fails on some is a warning, with how many")
  func failingOnSome() async throws {
    let found = try await found(field: ".list[0].name | explode | length", Self.objects)
    #expect(found.map(\.rule) == [.failingField])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.message.contains("fails on 1 of 2 items") == true)
  }

  @Test(
    "a misspelt key is found in any part of an expression",
    arguments: [
      ".statis.name // \"none\"", "'(.statis.name // \"\") + \"x\"'", "'\"x \\(.statis.name)\"'",
      "if .statis.name == \"x\" then 1 else 2 end",
    ])
  func misspelt(expression: String) async throws {
    let found = try await found(field: expression).filter { $0.rule == .absentKey }
    #expect(found.map(\.help) == ["write `.status`, if that is what is meant"])
  }

  @Test(
    "nothing is said of keys that are meant as they are",
    arguments: [".state // .status", ".optional // \"none\"", ".customfield_10061 // 0"])
  func meant(expression: String) async throws {
    let objects = #"[{"key": "A", "status": 1, "customfield_10001": 1}, {"key": "B", "status": 2}]"#
    #expect(try await found(field: expression, objects).isEmpty)
  }

  @Test(
    "identifiers by the catalog's rules",
    arguments: [
      ("'.at'", Diagnostic.Severity.warning, "is a number", "| tostring"),
      (".status", .error, "is an object", "`.status.name`"), (".list", .error, "is a list", "first"),
      ("'.key + \" x\"'", .error, "has a blank in it", "gsub"),
      ("'.key * 1001'", .error, "1,001 characters; at most 1,000", "[0:1000]"),
    ])
  func identifiers(expression: String, severity: Diagnostic.Severity, cause: String, help: String)
    async throws
  {
    let found = try await found(expression).filter { $0.rule == .invalidIdentifier }
    #expect(found.map(\.severity) == [severity])
    #expect(found.first?.message.contains(cause) == true, "\(found)")
    #expect(found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test("an object as a relation, but no search query")
  func relations() async throws {
    let lines = "relations:\n  a: .status\n  b: {combinator: '\"and\"', rules: []}\n  c: .list"
    let found = try await checks(things(lines).replacing(".id", with: ".key"), ["thing": Self.objects])
    #expect(found.map(\.rule) == [.objectRelation, .objectRelation])
    #expect(found.map(\.help).first == "take the identifier in it, as `.status.name`")
  }

  @Test("fixtures that no kind reads, with the nearest kind")
  func unread() async throws {
    let found = try await checks(
      things("").replacing(".id", with: ".key"), ["thing": Self.objects, "things": "{}", "other": "{}"])
    #expect(found.map(\.rule) == [.unreadFixture, .unreadFixture])
    #expect(found.first?.help == "did you mean `thing`?")
  }

  @Test("a wrong type of a field costs the field")
  func wrongType() throws {
    let read = try config(
      "resources:\n  - kind: thing\n    port: {entity: {mappings: {identifier: .key, blueprint: '\"b\"', "
        + "title: [.x], properties: {p: [.x], q: .key}}}}")
    #expect(read.resources.first?.mappings.first?.properties?.map(\.name) == ["q"])
    #expect(read.resources.first?.mappings.first?.title == nil)
    #expect(read.diagnostics.map(\.rule) == [.wrongType, .wrongType])
  }
}
