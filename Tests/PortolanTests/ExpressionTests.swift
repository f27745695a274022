import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: evaluating one expression")
struct ExpressionTests {
  @Test("single quotes of a word work; one that touches a parenthesis stays and gives null")
  func quotes() async throws {
    #expect(try await run(property("\"'svc-' + .n\""), [#"{"n":"a"}"#]).property("p") == #""svc-a""#)
    let run = try await run(property(".n | split(',')"), [#"{"n":"a,b"}"#])
    #expect(try run.property("p") == "null")
    #expect(try run.report.diagnostics.isEmpty)
    let said = try config(property(".n | split(',')")).diagnostics
    let error = try #require(said.first { $0.rule == .singleQuotes })
    #expect(error.location?.description == "config.yml:9:27")
    #expect(error.message.contains("double quotes"))
  }

  @Test(
    "the first output counts; no output gives null",
    arguments: [
      (".n, 5", "1"), ("empty", "null"), (".list[]", "2"), ("first(empty)", "null"),
      (".list | .[5:][]", "null"),
    ])
  func firstOutput(expression: String, json: String) async throws {
    #expect(try await run(property("'\(expression)'"), [#"{"n":1,"list":[2,3]}"#]).property("p") == json)
  }

  @Test("an error gives null and is counted with the field's path, the expression and jq's message")
  func errors() async throws {
    let run = try await run(property(".n | error(\"broken\")"), [#"{"n":1}"#, #"{"n":2}"#])
    #expect(try run.property("p") == "null")
    let field = try #require(try run.report.fields.first)
    #expect(field.field == "properties.p")
    #expect(field.expression == ".n | error(\"broken\")")
    #expect([field.nulls, field.errors] == [2, 2])
    #expect(field.message == "broken")
    #expect(field.location.description == "config.yml:9:16")
  }

  @Test(
    "an expression that does not compile gives null for every item, is said with the config, and spares the others"
  )
  func notCompiling() async throws {
    let mapping =
      "identifier: .id\nblueprint: '\"b\"'\nproperties:\n  bad: .id | nosuch\n  good: .id | ascii_upcase"
    let run = try await run(resource(mapping), [#"{"id":"x"}"#, #"{"id":"y"}"#])
    #expect(run.lines.last == #"{"identifier":"y","blueprint":"b","properties":{"bad":null,"good":"Y"}}"#)
    let report = try run.report
    #expect(!report.compiles)
    #expect(report.diagnostics.isEmpty)
    #expect(try config(resource(mapping)).diagnostics.map(\.rule) == [.unknownFunction])
    #expect(report.fields.map(\.nulls) == [2])
  }

  @Test("the counts are of items that passed their selector, null fields included")
  func nullCounts() async throws {
    let yaml = resource("identifier: .id\nblueprint: '\"b\"'\ntitle: .t", selector: "query: .id != \"z\"")
    let run = try await run(yaml, [#"{"id":"x"}"#, #"{"id":"y","t":"T"}"#, #"{"id":"z"}"#])
    let field = try #require(try run.report.fields.first)
    #expect([field.nulls, field.errors] == [1, 0])
    #expect(field.message == nil)
    #expect(try run.report.passed == 2)
  }

  @Test("env and $ENV hold only the variables that the user has named; by default none")
  func environment() async throws {
    #expect(try await run(property("env | length"), ["{}"]).property("p") == "0")
    #expect(try await run(property("$ENV.PATH"), ["{}"]).property("p") == "null")
    let named = try await run(
      property("'[env.HOST, $ENV.HOST, env.PATH]'"), ["{}"], environment: ["HOST": "h"])
    #expect(try named.property("p") == #"["h","h",null]"#)
  }

  @Test(
    "no expression reaches outside",
    arguments: [
      "input", "[inputs]", "input_filename", "import \"a\" as a; .", "include \"a\"; .", "$__prog_args",
      "get_search_list", "debug", "stderr", "halt", "halt_error", "input_line_number",
    ])
  func outside(expression: String) async throws {
    let mapping =
      "identifier: .id\nblueprint: '\"b\"'\nproperties:\n  bad: '\(expression)'\n  good: .id | length"
    let run = try await run(resource(mapping), [#"{"id":"x"}"#, #"{"id":"yy"}"#])
    #expect(try run.property("good") == "1")
    #expect(run.entities.count == 2)
    let found = try run.property("bad")
    #expect(["null", "[]", "0", #"{"id":"x"}"#].contains(found), "\(found)")
  }
}
