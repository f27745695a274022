import Foundation
import RawJSON
import Testing

@testable import JQ

/// The tests set variables of the process, so one runs after the other.
@Suite("What an expression sees of the outside", .serialized)
struct EnvironmentTests {
  @Test("env and $ENV are empty unless variables are named")
  func variables() throws {
    #expect(
      try run(["env", "$ENV", "$ENV.HOME", "env.PATH"]) == [
        .value("{}"), .value("{}"), .value("null"), .value("null"),
      ])
    let named = JQEnvironment(variables: ["REGION": "eu", "Q": "a\"\\(1)\n\u{0}é"])
    #expect(
      try run(["$ENV.REGION", "env.REGION", "$ENV.Q", "$ENV | keys"], environment: named) == [
        .value("\"eu\""), .value("\"eu\""), .value(#""a\"\\(1)\n\u0000é""#), .value(#"["Q","REGION"]"#),
      ])
  }

  @Test(
    "a secret of the process cannot be read",
    arguments: [
      "env", "$ENV", "[env, $ENV]", "env.PORTOLAN_TEST_SECRET", "$ENV.PORTOLAN_TEST_SECRET",
      "$ENV[\"PORTOLAN_TEST_SECRET\"]",
      "def f: env; f", "[$ENV[]]", "env | tojson", "halt, env", "env | halt", "1 as $x | $ENV",
      "$__loc__, $ENV",
      ") | env | (.", "$__prog_args", "$ENV # \\", "\"\\(env)\"", "try error catch env",
      "import \"a\" as a; env",
      "def env: 1; $ENV", "builtins", "get_search_list", "get_prog_origin", "get_jq_origin",
    ])
  func secret(_ expression: String) throws {
    setenv("PORTOLAN_TEST_SECRET", "hunter-2", 1)
    defer { unsetenv("PORTOLAN_TEST_SECRET") }
    for expressions in [[expression], [".", expression, "nope"], ["halt", expression]] {
      #expect(try !run(expressions).description.contains("hunter-2"))
    }
  }

  @Test(
    "what would read or print gives nothing of the outside",
    arguments: [
      ("input", Outcome.failure("No more inputs")), ("[inputs]", .value("[]")), ("debug", .value("1")),
      ("debug(\"x\")", .value("1")), ("stderr", .value("1")), ("input_filename", .value("null")),
      ("input_line_number", .value("0")), ("get_search_list", .value("[]")),
      ("modulemeta", .failure("modules are not available")),
      ("\"a\" | modulemeta", .failure("modules are not available")),
      ("first(inputs)", .nothing), ("try input catch .", .value("\"No more inputs\"")),
    ])
  func doors(_ expression: String, _ expected: Outcome) throws {
    #expect(try run([expression, ".", "(\(expression))"], on: "1") == [expected, .value("1"), expected])
  }

  @Test(
    "what is no part of a mapping does not compile, fails, or gives nothing, and harms nobody",
    arguments: [
      "import \"a\" as a; .", "include \"a\"; .", "import \"/etc/hosts\" as $h; $h", "$__prog_args",
      "halt_error",
      "halt_error(1)", "\"x\" | halt_error", "get_prog_origin", "get_jq_origin", "$__loc__",
      "input_line_number",
      "include \"a\" {search: \"/\"}; .", "import \"hosts\" as $h {search: \"/etc\"}; $h", "module {}; .",
    ])
  func strangers(_ expression: String) throws {
    let outcomes = try run([".", expression, "."], on: "1")
    #expect([outcomes[0], outcomes[2]] == [.value("1"), .value("1")])
    #expect(!outcomes[1].description.contains("localhost"))
    if expression.hasPrefix("i"), expression.contains(";") { #expect(outcomes[1].isFailure) }
  }

  @Test("the folder that the program is in is not told", arguments: ["get_prog_origin", "get_jq_origin"])
  func origins(_ expression: String) throws {
    #expect(try run(["try \(expression) catch null"]).first?.description.contains("/") == false)
  }
}
