import ReferenceJSON
import TestSupport

/// Makes raw objects as an API sends them, and now and then something else in a member's place.
struct ObjectGenerator {
  var random: SeededRandom

  static let keys = [
    "id", "name", "key", "status", "labels", "owner", "items", "url", "count", "active", "created", "parent",
    "é", "a-b", "e\u{301}", "item",
  ]

  /// An object with most of the usual members.
  mutating func object(depth: Int = 0) -> ReferenceValue {
    var members: [ReferenceValue.Member] = []
    for key in Self.keys.shuffled(using: &random) where depth == 0 ? !random.chance(5) : random.chance(3) {
      let value = random.chance(8) ? anything(depth: depth + 1) : usual(key, depth: depth)
      members.append(.init(.init(key), value))
    }
    return .object(members)
  }

  private mutating func usual(_ key: String, depth: Int) -> ReferenceValue {
    switch key {
    case "id": random.chance(2) ? number() : .string(.init("ID-\(Int.random(in: 0..<100, using: &random))"))
    case "count": number()
    case "active": .literal(Array((random.chance(2) ? "true" : "false").utf8))
    case "labels": .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in text() })
    case "items", "item": depth > 1 ? .array([]) : list(depth: depth + 1)
    case "owner", "parent", "status": depth > 1 || random.chance(6) ? .null : object(depth: depth + 1)
    case "url": .string(.init("https://host.example/a/b/\(Int.random(in: 0..<9, using: &random))"))
    case "created": .string(.init("2024-05-01T10:00:00Z"))
    default: text()
    }
  }

  private mutating func list(depth: Int) -> ReferenceValue {
    .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in object(depth: depth + 1) })
  }

  /// Any value.
  mutating func anything(depth: Int = 0) -> ReferenceValue {
    switch Int.random(in: 0..<(depth > 2 ? 6 : 9), using: &random) {
    case 0: return .null
    case 1: return .literal(Array((random.chance(2) ? "true" : "false").utf8))
    case 2: return number()
    case 3, 4: return text()
    case 5: return random.chance(2) ? .array([]) : .object([])
    case 6: return list(depth: depth + 1)
    case 7: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in anything(depth: depth + 1) })
    default: return object(depth: depth + 1)
    }
  }

  mutating func number() -> ReferenceValue {
    let known = [
      "0", "1", "2", "3", "42", "-1", "-0", "0.10", "1.0", "2.5", "1e3", "1E-7", "1e400", "-1e400", "0e5",
      "9007199254740993", "1234567890123456789", "-9223372036854775808", "1000000000000000",
      "123456789012345678901234567890",
    ]
    let text = random.chance(2) ? "\(Int.random(in: 0..<10, using: &random))" : random.pick(known) ?? "0"
    return .literal(Array(text.utf8))
  }

  private mutating func text() -> ReferenceValue {
    let words = [
      "", "a", "b", "abc", "a/b/c", "a,b", "Done", "In Progress", "é", "ÀÉ", "😀 text", "7", "1.50", "null",
      "line\nbreak", "quote\"d", "back\\slash", "\u{7F}", "nul\u{0}", "2024-05-01T10:00:00Z", "svc-a", "A-b",
    ]
    return .string(.init(random.pick(words) ?? ""))
  }
}
