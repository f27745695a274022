import Testing

@testable import JQ

@Suite("Expressions that do not end", .serialized)
struct RunawayTests {
  static let limits = JQLimits(timeout: .milliseconds(200), memory: 128 << 20)
  static let environment = JQEnvironment(variables: ["NAME": "here"], limits: limits)

  @Test(
    "is ended in time, says so, and costs only its own value",
    arguments: [
      "[range(1e10)]", "[repeat(.)]", "def f: f; f", "\"x\" * 1e9", "def f: 1 + f; f", "def f: [f]; f",
      "reduce range(1e7) as $i (null; [.])", ".[999999999] = 0", "last(range(1e12))",
      "[limit(1e9; repeat(1))] | length", "until(false; .)", "[while(true; [.])]", "[recurse(.)]",
      "until(false; [., .])", "until(false; . + .)",
      "[1] | " + Array(repeating: "[.[], .[]]", count: 40).joined(separator: " | "),
      "\"abcdefgh\" | " + Array(repeating: "tojson", count: 40).joined(separator: " | "),
      "[range(1000)] as $x | [$x[] as $a | $x[] as $b | $x[] as $c | 1] | length", "[combinations(99)]",
    ])
  func ended(_ runaway: String) throws {
    let input = #"[[1,2,3],[4,5],[6,7,8]]"#
    let batch = batch([".[0]", runaway, "length"])
    #expect(batch.rejections.isEmpty)
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<2 {
      let found = try outcomes(of: batch, 3, on: input)
      #expect([found[0], found[2]] == [.value("[1,2,3]"), .value("3")])
      guard case .failure(let message) = found[1] else {
        Issue.record("\(runaway) gave \(found[1])")
        return
      }
      // 1.8 itself refuses the position.
      #expect(message.hasPrefix("ended: it ") || message == "Array index too large", "\(message)")
    }
    #expect(clock.now - start < .seconds(20))
  }

  @Test("a pattern that takes ages is ended, by Oniguruma itself or by the sandbox")
  func pattern() throws {
    let found = try outcomes(
      of: batch([".", "test(\"^(a|a)*$\")", "test(\"(a+)+$\")"]), 3, on: Self.manyLetters)
    #expect(found[0] == .value(Self.manyLetters))
    #expect(found[1].isFailure)
  }

  private static let manyLetters = "\"" + String(repeating: "a", count: 60) + "b\""

  @Test("an expression that had to be ended three times is not run again; the others are")
  func threeStrikes() throws {
    let batch = batch(["def f: f; f", "[limit(2; repeat(.))]"])
    for _ in 0..<3 {
      let found = try outcomes(of: batch, 2, on: "1")
      #expect(found == [.failure("ended: it took longer than its time limit of 0.2 s"), .value("[1,1]")])
    }
    let found = try outcomes(of: batch, 2, on: "1")
    #expect(found == [.failure("not run: it had to be ended 3 times before"), .value("[1,1]")])
  }

  @Test("memory has a bound of its own")
  func memory() throws {
    let environment = JQEnvironment(limits: JQLimits(timeout: .seconds(20), memory: 64 << 20))
    let outcome = try run("[range(1e9)]", environment: environment)
    guard case .failure(let message) = outcome else {
      Issue.record("\(outcome as Any)")
      return
    }
    #expect(message.contains("64 MB"))
  }

  private func batch(_ expressions: [String]) -> JQBatch {
    JQBatch(expressions.map { JQExpression($0) }, environment: Self.environment)
  }
}
