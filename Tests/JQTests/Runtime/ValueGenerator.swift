import TestSupport

/// Writes random JSON values with few keys, so that paths meet them.
struct ValueGenerator {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  static let keys = ["a", "b", "c", "a b", "é", "😀", ""]

  mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 4 ? 10 : 4), using: &random) {
    case 0: random.pick(["null", "false", "true"]) ?? "null"
    case 1: number()
    case 2, 3: string()
    case 4, 5: array(depth: depth)
    default: object(depth: depth)
    }
  }

  mutating func object(depth: Int) -> String {
    let members = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
      "\"\(random.pick(Self.keys) ?? "a")\"\(space()):\(space())\(value(depth: depth + 1))"
    }
    return "{\(space())\(members.joined(separator: ",\(space())"))}"
  }

  private mutating func array(depth: Int) -> String {
    let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth + 1) }
    return "[\(elements.joined(separator: "\(space()),"))\(space())]"
  }

  private mutating func string() -> String {
    let pieces = [
      "a", "text", "\\n", "\\u0041", "\\ud83d\\ude00", "\\\"", "\\\\", "\\/", "é", "😀", "\\u007f", "\\u001f",
      "\u{2028}",
    ]
    let body = (0..<Int.random(in: 0..<4, using: &random)).map { _ in random.pick(pieces) ?? "" }
    return "\"\(body.joined())\""
  }

  private mutating func number() -> String {
    let known = [
      "0", "-0", "1", "-1", "1.5", "0.1", "1e3", "1E-7", "123456789012345", "1234567890123456",
      "9007199254740993",
      "12345678901234567890", "1.7976931348623157e308", "1e400", "-1e400", "5e-324", "3.14159265358979",
    ]
    return random.chance(2) ? random.pick(known) ?? "0" : String(Int.random(in: -1000...1000, using: &random))
  }

  private mutating func space() -> String {
    random.chance(4) ? random.pick([" ", "\n ", "\t"]) ?? "" : ""
  }
}
