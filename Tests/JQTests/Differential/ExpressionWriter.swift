import TestSupport

@testable import JQ

/// Writes random expressions of everything that jq has: all its functions, operators, formats and forms.
///
/// What may not end is left out: it would only show what time limits are.
struct ExpressionWriter {
  var random: SeededRandom

  private static let leftOut: Set<String> = [
    "now", "repeat", "while", "until", "range", "recurse", "combinations", "limit", "skip", "nth",
    "input_line_number", "localtime", "strflocaltime", "get_search_list",
  ]
  private static let functions = Builtins.rows.lazy
    .filter { $0.replacement == nil && !leftOut.contains($0.signature.name) }
    .map(\.signature).sorted()

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// An expression.
  mutating func expression(_ depth: Int = 0) -> String {
    guard depth < 4 else { return leaf() }
    switch Int.random(in: 0..<20, using: &random) {
    case 0...6: return call(depth)
    case 7: return "(\(expression(depth + 1)) | \(expression(depth + 1)))"
    case 8: return "(\(expression(depth + 1)) \(pick(Self.operators)) \(expression(depth + 1)))"
    case 9: return "[\(expression(depth + 1))]"
    case 10: return "{a: \(expression(depth + 1)), (\(pick(["\"b\"", ".c", ".a"]))): \(leaf())}"
    case 11: return "\(path()) \(pick(["|=", "=", "+=", "//=", "-="])) (\(expression(depth + 1)))"
    case 12:
      return "(if \(expression(depth + 1)) then \(expression(depth + 1)) else \(expression(depth + 1)) end)"
    case 13: return "(try \(expression(depth + 1)) catch \(pick([".", "\"e\""])))"
    case 14: return "(\(expression(depth + 1)) as \(pick(["$x", "[$x]", "{a: $x}"])) | \(variable(depth)))"
    case 15: return "(reduce \(path())[]? as $x (\(leaf()); \(pick([". + $x", ". // $x", "[., $x]"]))))"
    case 16: return "[foreach \(path())[]? as $x (0; . + 1; [$x, .])]"
    case 17: return "\(pick(Self.formats)) \"x\\(\(expression(depth + 1)))\""
    case 18: return "(\(expression(depth + 1)))?"
    default: return leaf()
    }
  }

  private mutating func call(_ depth: Int) -> String {
    guard let function = Self.functions.randomElement(using: &random) else { return "." }
    let input = random.chance(3) ? "" : "\(leaf()) | "
    let arguments = (0..<function.arity).map { _ in
      random.chance(2) ? expression(depth + 2) : pick(Self.arguments)
    }
    let call = arguments.isEmpty ? function.name : "\(function.name)(\(arguments.joined(separator: "; ")))"
    return "(\(input)\(call))"
  }

  private mutating func variable(_ depth: Int) -> String {
    random.chance(2) ? "$x" : "[$x, \(expression(depth + 1))]"
  }

  private mutating func leaf() -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: pick(Self.constants)
    case 1: pick(Self.formats)
    case 2: "\(path())[]?"
    default: path()
    }
  }

  private mutating func path() -> String {
    pick([
      ".", ".a", ".b", ".c", ".a.b", ".b[0]", ".[\"a b\"]", ".[\"é\"]", ".a[1].b", ".b.c", ".c?", ".a[1:]",
      ".b[:-1]", ".[]", "..", ".a[-1]", ".c[0:1]",
    ])
  }

  private static let operators = [
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "//", ",",
  ]
  private static let formats = [
    "@text", "@json", "@csv", "@tsv", "@html", "@uri", "@sh", "@base64", "@base64d", "@base32", "@base32d",
  ]
  private static let constants = [
    "null", "true", "false", "0", "1", "-1", "1.5", "nan", "infinite", "\"\"", "\"a\"", "\"text\"", "\"é😀\"",
    "[]", "{}", "[1,2]", "{\"a\":1}", "1e17", "\"2024-02-29T23:59:58Z\"", "\"1 2\"", "[3,[1]]",
  ]
  private static let arguments = [
    ".", ".a", "\"a\"", "\"t+\"", "\"\"", "\"(?<a>e)\"", "\"g\"", "null", "0", "1", "[0]", "[\"a\"]", ".[]?",
    "\"%Y\"", "type == \"string\"", "length", "empty", "error", "\"x\"", "[\"a\",\"b\"]",
  ]

  private mutating func pick(_ choices: [String]) -> String {
    random.pick(choices) ?? "."
  }
}
