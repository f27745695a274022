import RawJSON
import TestSupport
import Testing

@testable import JQ

@Suite("Which way an expression goes")
struct StrategyTests {
  /// Expressions of real mappings, and which way each goes.
  static let table: [(String, EvaluationStrategy)] = [
    (#""jiraIssue""#, .constant), ("true", .constant), ("8080", .constant), ("null", .constant),
    (#""a" // "b""#, .constant), ("[]", .constant),
    (".key", .path), (".fields.summary", .path), (#".fields["custom-field"]"#, .path), (".a[0].b?", .path),
    (".fields.assignee.accountId // null", .path), ("(.a | .b) // .c // false", .path), (".", .path),
    (#"(.self | split("/") | .[:3] | join("/")) + "/browse/" + .key"#, .native),
    (#".fields.created | fromdate | todate"#, .native), (#".state == "done""#, .native),
    ("[.labels[]?.name]", .native), (".labels | map(.name)", .native),
    (#"if .a then "b" else .c end"#, .native),
    (#".description // "" | length"#, .native), (#""\(.a)-\(.b)""#, .native),
    (".a * 2", .together), (#"test("^A")"#, .together), ("{a: .b}", .together), (". as $x | $x.a", .together),
    (#".a | gsub("\\s+"; "-")"#, .together), ("keys", .together), ("$ENV.HOME", .together),
    ("[.a[] | . * 2]", .together), (".a[]", .together), ("to_entries | map(.key)", .together),
    ("halt", .alone), ("1, halt", .alone), (".a |", .sandboxed), ("", .alone),
    ("[range(.n)]", .sandboxed), ("repeat(.)", .sandboxed), ("def f: f; f", .sandboxed),
    ("until(.a; .b)", .sandboxed), ("[recurse(.a)]", .together), (#"test("(a+)+$")"#, .sandboxed),
  ]

  @Test("of real expressions", arguments: table)
  func strategy(_ expression: String, _ expected: EvaluationStrategy) {
    #expect(EvaluationProgram([JQExpression(expression)]).strategies == [expected])
  }

  @Test("does not depend on the others")
  func independent() {
    let program = EvaluationProgram(Self.table.map { JQExpression($0.0) })
    #expect(program.strategies == Self.table.map(\.1))
  }

  @Test("in whatever order expressions are asked for, each comes to the same")
  func anyOrder() throws {
    let expressions = [
      ".a", ".n * 2", ".n + 1", #".n | tostring"#, "error(\"x\")", ".list | map(.k)", "[.list[] | .k * 2]",
      "halt",
      "[limit(3; repeat(.n))]", "empty", #""c""#, "nosuch", ".n | todate",
    ].map { JQExpression($0) }
    let program = EvaluationProgram(expressions)
    let document = Array(#"{"a":1,"n":1.5,"list":[{"k":1},{"k":2.5}]}"#.utf8)
    var evaluator = Evaluator(program, environment: JQEnvironment())
    let expected = try document.withScanner { scanner in
      try evaluator.withResults(on: scanner) { evaluator in
        (0..<expressions.count).map { evaluator.outcome(of: $0) }
      }
    }
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let order = (0..<expressions.count).shuffled(using: &random)
      var found: [Int: EvaluationOutcome] = [:]
      try document.withScanner { scanner in
        _ = try evaluator.begin(scanner, at: 0)
        for place in order {
          evaluator.evaluate(place..<place + 1)
          found[place] = evaluator.outcome(of: place)
        }
        evaluator.end()
      }
      #expect((0..<expressions.count).map { found[$0] } == expected, "seed \(seed)")
    }
  }

  @Test("a fallback runs by itself: those before it in the mapping do not run with it")
  func fallbackAlone() throws {
    // `big` is native and, where libjq must be asked, does not end in time; `sum` asks libjq for 1.5.
    let big = ".a | " + String(repeating: "map([., .]) | ", count: 20) + "length"
    let program = EvaluationProgram([big, ".n + 1"].map { JQExpression($0) })
    #expect(program.strategies == [.native, .native])
    var evaluator = Evaluator(program, environment: JQEnvironment())
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<20 {
      let outcome = try Array(#"{"a":[],"n":1.5}"#.utf8).withScanner { scanner in
        try evaluator.withResults(on: scanner) { $0.outcome(of: 1) }
      }
      #expect(outcome == .value(Array("2.5".utf8)))
    }
    #expect(clock.now - start < .seconds(2))
  }
}
