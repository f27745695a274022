import RawJSON
import TestSupport
import Testing

@testable import JQ

@Suite("Expressions without the interpreter")
struct PlainTests {
  /// What reading `expression` off `json` without libjq gives; nil where it is not plain.
  private func read(_ expression: String, on json: String) throws -> Outcome? {
    let program = EvaluationProgram([JQExpression(expression)])
    guard [.constant, .path].contains(program.strategies[0]) else { return nil }
    var evaluator = Evaluator(program, environment: JQEnvironment())
    let outcome = try Array(json.utf8).withScanner { scanner in
      try evaluator.withResults(on: scanner) { $0.outcome(of: 0) }
    }
    switch outcome {
    case .value(let json): return .value(try value(json).json)
    case .nothing: return .nothing
    case .failure(let message): return .failure(message)
    }
  }

  @Test(
    "plain expressions",
    arguments: [
      ".", ".a", ".a.b", ".a[0]", ".a[\"b c\"]", ".[\"a\"]?", ".a?", ".a.b?", ".a?.b", "(.a.b)?",
      ".a | .b",
      ".a // .b",
      ".a // \"x\"", "\"x\"", "1", "null", "true", "[]", "{}", "(.a)", "(.a | .b)?",
      ".a // .b // false",
    ])
  func isPlain(_ expression: String) {
    #expect(JQExpression(expression).plain != nil)
  }

  @Test(
    "expressions that need the interpreter",
    arguments: [
      ".a[]", ".a[1:2]", ".[-1]", ".a | length", "\"\\(.a)\"", "@base64 \"x\"", ".a + 1", ".a, .b", "..",
      "$ENV", "[.a]",
      "{a: 1}", ".a[.b]", "1.50", "0x1", "import \"x\" as x; .", "", "def f: 1;", ".a[1.5]", "1e3", "-1",
    ])
  func isNotPlain(_ expression: String) {
    #expect(JQExpression(expression).plain == nil)
  }

  @Test("an error on the left of // is an error")
  func alternativeOfError() throws {
    let document = #"{"a":"text"}"#
    #expect(try run(".a.b // 1", on: document)?.isFailure == true)
    #expect(try read(".a.b // 1", on: document)?.isFailure == true)
    #expect(try read(".a.b? // 1", on: document) == .value("1"))
    #expect(try read(".b.a // 1", on: document) == .value("1"))
  }

  @Test("an error is told by jq's message")
  func messages() throws {
    for (expression, document) in [
      (".a.b", #"{"a":5}"#), (".a[0]", #"{"a":{}}"#), (".a[\"é\"]", #"{"a":[]}"#), (".a.b", #"{"a":"text"}"#),
      (".a[3]", #"{"a":true}"#),
    ] {
      #expect(try read(expression, on: document) == run(expression, on: document))
      #expect(try read(expression, on: document)?.isFailure == true)
    }
  }

  @Test("the outcome is libjq's", arguments: 0..<10 as Range<UInt64>)
  func againstLibjq(_ batch: UInt64) throws {
    var generator = ExpressionGenerator(seed: batch)
    let expressions = (0..<40).map { _ in generator.expression() }
    let compiled = JQBatch(expressions.map { JQExpression($0) }, environment: JQEnvironment())
    #expect(compiled.rejections.isEmpty, "seed \(batch)")
    var documents = ValueGenerator(seed: batch + 1000)
    for _ in 0..<40 {
      let document = documents.object(depth: 0)
      let expected = try outcomes(of: compiled, expressions.count, on: document)
      for (expression, expected) in zip(expressions, expected) {
        let found = try #require(try read(expression, on: document), "\(expression) is not plain")
        #expect(
          found == expected, "seed \(batch): \(expression) on \(document): \(found), libjq: \(expected)")
      }
    }
  }
}

/// Writes random plain expressions.
private struct ExpressionGenerator {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func expression() -> String {
    let constants = ["\"x\"", "0", "8080", "null", "false", "true", "[]", "{}", "\"é\\n\""]
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return random.pick(constants) ?? "1"
    case 1, 2: return "\(path()) // \(random.chance(2) ? path() : random.pick(constants) ?? "1")"
    case 3: return "(\(path()) // \(path())) // \(path())"
    case 4: return "\(path()) // (\(path()) // \(random.pick(constants) ?? "1"))"
    default: return path()
    }
  }

  private mutating func path() -> String {
    var path = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      path = path.isEmpty ? step() : path == "." ? step() : path + suffix()
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return "(\(path))?"
    case 1: return "(\(path))\(suffix())"
    case 2: return "(\(path))?\(suffix())"
    case 3 where isPipable(path): return "(\(path) | \(step()))"
    default: return path
    }
  }

  /// Whether any step's `?` is under one that covers all, so that `| .b?` is plain after it.
  private func isPipable(_ path: String) -> Bool { !path.contains("?") }

  private mutating func step() -> String {
    let steps = [".a", ".b", ".c", ".[\"a b\"]", ".[\"é\"]", ".[0]", ".[\"\"]", ".\"😀\"", "."]
    return random.pick(steps) ?? "."
  }

  private mutating func suffix() -> String {
    let suffixes = [".a", ".b", ".c", "[0]", "[1]", "[\"a b\"]", ".\"é\"", ".a", "[\"a\"]"]
    return (random.pick(suffixes) ?? ".a") + (random.chance(4) ? "?" : "")
  }
}
