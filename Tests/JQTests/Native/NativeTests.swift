import RawJSON
import TestSupport
import Testing

@testable import JQ

@Suite("Expressions evaluated without libjq")
struct NativeTests {
  /// What evaluating `expression` on `json` natively gives: nil where only libjq can tell.
  private func evaluate(_ expression: String, on json: String) throws -> Outcome? {
    var paths = PathTree.Builder()
    let program = try #require(
      NativeProgram(JQExpression(expression), &paths), "\(expression) is not native")
    let tree = paths.build()
    var matches = PathMatches(tree)
    var output: [UInt8] = []
    let isDone = try Array(json.utf8).withScanner { scanner in
      try scanner.find(tree, &matches)
      return NativeEvaluator().evaluate(program, matches, scanner, tree, into: &output)
    }
    return isDone ? .value(try value(String(decoding: output, as: UTF8.self)).json) : nil
  }

  private func isNative(_ expression: String) -> Bool {
    EvaluationProgram([JQExpression(expression)]).strategies == [.native]
  }

  @Test(
    "what mappings use most needs no libjq",
    arguments: [
      #"(.self | split("/") | .[:3] | join("/")) + "/browse/" + .key"#, ".list | map(.key)",
      "[.list[] | .key]", "[.list[].key]", ".list | map(select(.n > 1) | .key)", ".list | length",
      #"if .state == "done" then "Done" elif .state == null then null else "Open" end"#,
      #".state == "done" and (.closed | not)"#, #""\(.key): \(.title)""#, ".key | ascii_downcase",
      #".key | startswith("ABC-")"#, #".key | ltrimstr("ABC-")"#, #".key | rtrimstr("1") | length"#,
      #"(.archived // false) | not"#, ".list | first", ".list | last | .key", ".list[-1].key", ".key[:3]",
      #"has("key")"#, ".list | map(.n) | add", #"[.list[] | .key] | join(", ")"#,
      "[.deep | .. | .text? // empty]",
      #".date | fromdate"#, #".date | fromdateiso8601 | strftime("%Y-%m")"#, ".n | todate", ".n - 1",
      ".n | tostring",
      ".title | type", #"[.deep | .. | objects | select(.text == "a") | .text]"#, #".list | map(has("n"))"#,
      #"[.list[]? | .n, .key]"#, "[.list[] | select(.n >= 1 and .n != 2)] | length",
    ])
  func common(_ expression: String) throws {
    let document = #"""
      {"self":"https://example.com/rest/api/3/issue/1","key":"ABC-1","title":"Tïtle","state":"done","closed":null,
       "list":[{"key":"a","n":1},{"key":"b","n":2}, {"n":3,"key":"c"}],"n":86400,"date":"2024-02-29T23:59:58Z",
       "deep":{"content":[{"text":"a"},[{"text":"b","text":"c"}]],"text":null}}
      """#
    let found = try evaluate(expression, on: document)
    #expect(found != nil, "libjq was asked")
    #expect(try found == run(expression, on: document))
  }

  @Test(
    "expressions that libjq runs",
    arguments: [
      "now", "keys", #"test("a")"#, ".a * 2", "def f: 1; f", ". as $x | $x", ".[]", "{a: .b}",
      "reduce .[] as $x (0; . + $x)", #"split("")"#, "$ENV", "..",
    ])
  func isNotNative(_ expression: String) {
    #expect(!isNative(expression))
  }

  @Test("where the answer is not plain to see, libjq is asked")
  func unknown() throws {
    for (expression, document) in [
      (#".a + "x""#, #"{"a":1}"#), (".a | length", #"{"a":{}}"#), ("[.a[]]", #"{"a":null}"#),
      (".a == 1", #"{"a":1.0}"#),
      (".a | fromdate", #"{"a":"2024-02-30T00:00:00Z"}"#), ("[.a[].b]", #"{"a":[1]}"#),
      (".a | tostring", #"{"a":[]}"#),
    ] {
      #expect(try evaluate(expression, on: document) == nil, "\(expression)")
    }
  }

  @Test("no result is nested deeper than a document may be, and .. goes no deeper than the stack")
  func depth() throws {
    let deep = String(repeating: "[", count: 1023) + String(repeating: "]", count: 1023)
    #expect(try evaluate("[.a, 1]", on: #"{"a":[1]}"#) == .value("[[1],1]"))
    #expect(try evaluate("[[.a, 1]]", on: #"{"a":\#(deep)}"#) == nil)
    #expect(try evaluate("[.a | .. | numbers]", on: #"{"a":[[1],2]}"#) == .value("[1,2]"))
    #expect(try evaluate("[.a | .. | numbers]", on: #"{"a":\#(deep)}"#) == nil)
  }

  @Test("a type's filter on the document is libjq's, as is what would take too long or too much")
  func limits() throws {
    for expression in [
      "[objects]", "[values | .name]", "[.name, (objects | .n)]",
      String(repeating: "[", count: 40) + ".l" + String(repeating: " | .[]]", count: 40),
      #".n | strftime("%Y\u0000")"#,
    ] {
      #expect(!isNative(expression), "\(expression)")
    }
    let doubling = "[.a" + String(repeating: " | (., .)", count: 25) + "] | length"
    #expect(try evaluate(doubling, on: #"{"a":1}"#) == nil)
  }

  @Test("sums take time and memory that grow with their length")
  func sums() throws {
    let texts = (0..<20_000).map { _ in "\"" + String(repeating: "x", count: 100) + "\"" }.joined(
      separator: ",")
    guard case .value(let json)? = try evaluate(".l | add", on: "{\"l\":[\(texts)]}") else {
      Issue.record("libjq was asked")
      return
    }
    #expect(json.utf8.count == 2_000_002)
    #expect(try evaluate(".l | add", on: #"{"l":[null,[1],null,[2,3]]}"#) == nil)
    #expect(try evaluate(".l | map([.]) | add", on: #"{"l":[1,2]}"#) == .value("[1,2]"))
    #expect(try evaluate(".l | add", on: #"{"l":[1,null,2]}"#) == .value("3"))
    #expect(try evaluate(".l | add", on: #"{"l":[]}"#) == .value("null"))
    #expect(try evaluate(".l | add", on: #"{"l":[1,"a"]}"#) == nil)
  }

  @Test("what is given is libjq's", arguments: 0..<8 as Range<UInt64>)
  func againstLibjq(_ seed: UInt64) throws {
    var generator = NativeGenerator(seed: seed)
    let expressions = (0..<60).map { _ in generator.expression() }.filter { expression in
      var paths = PathTree.Builder()
      return NativeProgram(JQExpression(expression), &paths) != nil
    }
    #expect(expressions.count > 30, "seed \(seed): too few are native")
    let compiled = JQBatch(expressions.map { JQExpression($0) }, environment: JQEnvironment())
    #expect(compiled.rejections.isEmpty, "seed \(seed)")
    var documents = ValueGenerator(seed: seed + 2000)
    for _ in 0..<40 {
      let document = documents.object(depth: 0)
      let expected = try outcomes(of: compiled, expressions.count, on: document)
      for (expression, expected) in zip(expressions, expected) {
        guard let found = try evaluate(expression, on: document) else { continue }
        #expect(found == expected, "seed \(seed): \(expression) on \(document)")
      }
    }
  }

  @Test("dates are libjq's", arguments: 0..<4 as Range<UInt64>)
  func dates(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let expressions = [".n | todate", #".n | strftime("%d.%m.%Y %H:%M:%S")"#, ".n | todate | fromdate"]
    let compiled = JQBatch(expressions.map { JQExpression($0) }, environment: JQEnvironment())
    for _ in 0..<200 {
      let document = #"{"n":\#(Int.random(in: 0..<10_000_000_000, using: &random))}"#
      for (expression, expected) in zip(expressions, try outcomes(of: compiled, 3, on: document)) {
        let found = try #require(try evaluate(expression, on: document), "\(expression) on \(document)")
        #expect(found == expected, "seed \(seed): \(expression) on \(document)")
      }
    }
  }
}

/// Writes random expressions of what is evaluated natively.
private struct NativeGenerator {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func expression(_ depth: Int = 0) -> String {
    guard depth < 4 else { return path() }
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return "(\(expression(depth + 1)) + \(expression(depth + 1)))"
    case 1:
      return "(\(expression(depth + 1)) \(pick(["==", "!=", "<", "<=", ">", ">="])) \(expression(depth + 1)))"
    case 2: return "(\(expression(depth + 1)) \(pick(["and", "or", "//"])) \(expression(depth + 1)))"
    case 3:
      return "(if \(expression(depth + 1)) then \(expression(depth + 1)) else \(expression(depth + 1)) end)"
    case 4: return "[\(generator(depth + 1))]"
    case 5: return "(\(expression(depth + 1)) | map(\(expression(depth + 1))))"
    case 6: return #""\(pick(["", "x", "é "]))\(\#(expression(depth + 1)))-\(\#(expression(depth + 1)))""#
    case 7...9: return "(\(expression(depth + 1)) | \(function()))"
    case 10: return "(\(expression(depth + 1)) | .[\(pick(["0", "-1", "1:", ":2", ":-1", "1:3"]))])"
    case 11: return pick(["\"x\"", "null", "true", "false", "1", "\"a/b\"", "[]", "\"é\""])
    case 12: return "(\(expression(depth + 1)) - \(expression(depth + 1)))"
    default: return path()
    }
  }

  private mutating func generator(_ depth: Int) -> String {
    guard depth < 4 else { return path() }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return "\(generator(depth + 1)), \(generator(depth + 1))"
    case 1: return "(\(generator(depth + 1)) | select(\(expression(depth + 1))))"
    case 2:
      return
        "(\(generator(depth + 1)) | \(pick([".a?", ".[0]?", "objects", "strings", "values", ".a? // empty"])))"
    case 3: return "(\(path()) | ..)"
    case 4: return "(\(expression(depth + 1)) | .[]?)"
    default: return "\(path())[]"
    }
  }

  private mutating func function() -> String {
    pick([
      "not", "length", "type", "tostring", "ascii_downcase", "ascii_upcase", "split(\"a\")", "join(\"/\")",
      "join(\"\")", "startswith(\"a\")", "endswith(\"b\")", "ltrimstr(\"a\")", "rtrimstr(\"b\")",
      "has(\"a\")",
      "add", "first", "last", "split(\", \")",
    ])
  }

  private mutating func path() -> String {
    pick([".a", ".b", ".c", ".a.b", ".b[0]", ".[\"a b\"]", ".[\"é\"]", ".a[1].b", ".", ".b.c", ".c?"])
  }

  private mutating func pick(_ choices: [String]) -> String {
    random.pick(choices) ?? ""
  }
}
