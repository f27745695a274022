import JQ
import Testing

@testable import Portolan

@Suite("Fetchers' expressions, evaluated")
struct FetcherExpressionTests {
  static let document = #"""
    {"input": {"a": {"b": [1, {"c": "x"}]}, "type": "scrum", "n": null, "list": ["p", "q"]},
     "config": {"host": "https://h", "n": 3, "orgs": "a,b"}, "selector": {"jql": "open", "all": true},
     "parent": {"id": 7, "key": "K"}, "kind": "issue", "login": {"token": "t"}}
    """#

  private func expression(_ text: String) -> ConfigExpression {
    ConfigExpression(text: text, at: SourceLocation(startOf: "t"))
  }

  private func outcome(_ expression: JQExpression) throws -> String {
    var evaluator = Evaluator(EvaluationProgram([expression]), environment: JQEnvironment())
    let outcome = try Array(Self.document.utf8).withScanner { scanner in
      try evaluator.withResults(on: scanner) { $0.outcome(of: 0) }
    }
    return switch outcome {
    case .value(let json): String(decoding: json, as: UTF8.self)
    case .nothing: "nothing"
    case .failure(let message): "failure: \(message)"
    }
  }

  @Test(
    "what is plain is read off the document",
    arguments: [
      (".", ".input"), (".a.b", ".input.a.b"), ("config.host", ".config.host"), ("parent.id", ".parent.id"),
      ("kind", ".kind"), ("selector", ".selector"), (".a[\"b\"][0]?", ".input.a[\"b\"][0]?"),
      ("selector.no // config.host", ".selector.no // .config.host"), ("\"text\"", "\"text\""),
    ])
  func plain(text: String, evaluated: String) {
    let made = FetcherExpression.evaluated(expression(text))
    #expect(made.text == evaluated)
    #expect([.path, .constant].contains(EvaluationProgram([made]).strategies[0]))
  }

  @Test(
    "every expression gives what it gives where the names are defined around it",
    arguments: [
      ".", ".a.b[1].c", "config.host", "kind", "parent.id", "selector.no // config.host", "login.token",
      ".type == \"scrum\"", "config.n + parent.id", "config.orgs | split(\",\")",
      "config.host + \"/app#/\" + .type", "\"\\(config.host)/\\(.type)\"", "[parent.id, .n, kind]",
      "{(kind): parent.key, a}", ".list | map(. + parent.key)", ".list[]", ".list | join(config.orgs)",
      "if selector.all then parent else . end", "selector.jql as $q | [.list[] | . + $q]",
      "def kind: 5; kind", "def f(config): config; f(.n)", ".a.b[0] | . + 1", "config | .host",
      "[.list[] | select(. == \"p\")]", "-config.n", ".list[config.n - 2:]", ".list[config.n - 3]",
      "parent.id.x", ".type.x?", "[.[] | type]", "empty", "error(kind)", "(.n, kind)",
      "reduce .list[] as $x (kind; . + $x)",
      ".type | test(\"^s\")", "(config.host | length) > 3 and (selector.all | not)", "kind # a comment",
      "try error(parent.key) catch .", "label $x | kind, break $x", "config.host | ascii_upcase",
    ])
  func agreement(text: String) throws {
    let definitions = FetcherContext.allCases.map { "def \($0.rawValue): $c.\($0.rawValue); " }.joined()
    let reference = JQExpression(". as $c | \(definitions)$c.input | (\(text)\n)")
    let made = FetcherExpression.evaluated(expression(text))
    #expect(try outcome(made) == outcome(reference), "\(made.text)")
  }

  @Test(
    "common tests need no libjq",
    arguments: [
      "config.user != null", ".type == \"scrum\"", "config.host + \"/x/\" + .type", ".list | length",
    ])
  func native(text: String) {
    let strategy = EvaluationProgram([FetcherExpression.evaluated(expression(text))]).strategies[0]
    #expect(strategy == .native, "\(strategy)")
  }

  @Test("a context's name is no function of jq", arguments: FetcherContext.allCases)
  func names(name: FetcherContext) {
    #expect(JQExpression(name.rawValue).compileError() != nil)
  }
}
