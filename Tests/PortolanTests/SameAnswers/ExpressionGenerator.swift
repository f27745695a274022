import JQ
import TestSupport

/// Writes jq expressions over the members that ``ObjectGenerator`` makes.
struct ExpressionGenerator {
  var random: SeededRandom

  /// A path, or paths and constants with `//`.
  mutating func plain() -> String {
    if random.chance(6) { return constant() }
    guard random.chance(4) else { return path() }
    return path() + " // " + (random.chance(3) ? path() : constant())
  }

  /// An expression that ends soon on any input.
  mutating func expression() -> String {
    for _ in 0..<10 {
      let text = any(depth: 3)
      if JQExpression(text).isBounded { return text }
    }
    return path()
  }

  /// Something to compare.
  mutating func condition(depth: Int = 2) -> String {
    let left = any(depth: depth - 1)
    switch Int.random(in: 0..<9, using: &random) {
    case 0, 1: return "\(left) \(pick(["==", "!=", "<", ">", "<=", ">="])) \(any(depth: depth - 1))"
    case 2: return "(\(left) \(pick(["and", "or"])) \(any(depth: depth - 1)))"
    case 3: return "(\(left) | not)"
    case 4:
      return
        "(\(path()) | \(pick(["startswith", "endswith", "test"]))(\(pick(["\"a\"", "\"svc-\"", "\"b\""]))))"
    case 5: return "(\(path()) | has(\(pick(["\"name\"", "\"a-b\"", "0"]))))"
    case 6: return "(\(path()) | type == \"\(pick(["string", "number", "object", "array", "null"]))\")"
    case 7: return "\(path()) == \(constant())"
    default: return "\(path()) != null"
    }
  }

  /// A list, for itemsToParse.
  mutating func list() -> String {
    let path = pick([".items", ".labels", ".parent.items", ".owner.labels", ".items[0].items"])
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "(\(path) // [])"
    case 1: return "\(path) | map(select(\(condition(depth: 1))))"
    case 2: return "[\(path)[]? | {name, n: .count}]"
    case 3: return self.path()
    default: return path
    }
  }

  private mutating func path() -> String {
    var text = ""
    for _ in 0..<pick([1, 1, 1, 2, 2, 3]) {
      switch Int.random(in: 0..<9, using: &random) {
      case 0 where !text.isEmpty: text += "[\(pick([0, 0, 1, 5]))]"
      case 1: text += (text.isEmpty ? "." : "") + "[\"\(pick(ObjectGenerator.keys))\"]"
      default:
        text += "." + pick(ObjectGenerator.keys.filter { $0.utf8.allSatisfy { $0 > 0x5F && $0 < 0x80 } })
      }
      if random.chance(6) { text += "?" }
    }
    return text
  }

  private mutating func constant() -> String {
    pick(["\"a\"", "\"none\"", "\"\"", "0", "1", "42", "true", "false", "null", "[]", "{}"])
  }

  private mutating func any(depth: Int) -> String {
    guard depth > 0, !random.chance(4) else { return random.chance(4) ? constant() : path() }
    let inner = any(depth: depth - 1)
    switch Int.random(in: 0..<18, using: &random) {
    case 0...4: return "(\(inner) | \(filter(depth: depth - 1)))"
    case 5, 6: return "(\(inner) + \(any(depth: depth - 1)))"
    case 7: return "(\(inner) \(pick(["-", "/"])) \(any(depth: depth - 1)))"
    case 8: return "(\(inner) // \(any(depth: depth - 1)))"
    case 9: return "if \(condition(depth: depth)) then \(inner) else \(any(depth: depth - 1)) end"
    case 10: return "if \(condition(depth: depth)) then \(inner) end"
    case 11: return condition(depth: depth)
    case 12: return "{a: \(inner), name, \"b c\": \(any(depth: depth - 1))}"
    case 13: return "[\(inner), \(any(depth: depth - 1))]"
    case 14: return "\"<\\(\(inner))>\""
    case 15: return pick(["(\(inner))?", "try \(inner) catch .", "try error(\(inner)) catch ."])
    case 16: return "(\(inner) as $x | \(any(depth: depth - 1)) | [., $x])"
    default:
      return pick([
        "empty", "error", "error(\"no\")", "error(\(inner))", "first(\(inner))", "(\(inner) | .[])",
      ])
    }
  }

  private mutating func filter(depth: Int) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "map(\(any(depth: depth)))"
    case 1: return "select(\(condition(depth: depth)))"
    case 2: return any(depth: depth)
    default: return pick(Self.filters)
    }
  }

  private static let filters = [
    "length", "tostring", "tonumber", "ascii_downcase", "ascii_upcase", "keys", "add", "any", "all", "first",
    "last", "not", "type", "split(\"/\")", "split(\",\") | first", "join(\",\")", "join(\"-\")", ".[:3]",
    ".[1:]", ".[-1:]", ".[0]", ".[-1]", ".[0:1] | .[0]", "map(.name)", "map(.key?)", "[.[].name]",
    "[.[]?.name?]", ".[].name", "startswith(\"a\")", "endswith(\"b\")", "ltrimstr(\"svc-\")",
    "rtrimstr(\"b\")", "test(\"a\")", "test(\"A\"; \"i\")", "sub(\"a\"; \"x\")", "has(\"name\")", "has(0)",
    "to_entries", "values", "sort", "unique", "reverse", "tojson", "map(select(.name != null))",
    "map(has(\"name\"))", "contains(\"a\")", "index(\"/\")", "floor", "@text", "@json", ".name", ".name?",
    ".[]",
    "any(.[]; . == null)", "min", "max", "flatten", "map(tostring) | join(\",\")", "ascii", "trim",
    "with_entries(.value |= type)", "del(.name)", "paths", "group_by(.name) | length", "map({name, id})",
  ]

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
