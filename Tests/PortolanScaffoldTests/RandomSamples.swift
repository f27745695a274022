import RawJSON
import TestSupport

/// Makes up sample files: objects with all sorts of keys and values, some of which refer to each other.
struct RandomSamples {
  private static let keys = [
    "id", "key", "name", "title", "status", "state", "type", "url", "email", "createdAt", "created_at", "due",
    "description", "labels", "tags", "owner", "project", "project_id", "parent", "fields", "attributes",
    "metadata",
    "count", "isDone", "it's", "a' b", "x-y", "a b", "say \"hi\"", "$ref", "@type", "名前", "é", "inf", "nan",
    "_", "",
    "end", "null", "~", "#", "a: b", "a #b", "48x48", "back\\(slash)", "line\nbreak", "\u{1}", "\u{7F}",
    "\u{85}", "\u{2028}",
    "😀", "tab\t", "node_id", "html_url", "self", "yes", "12", ".5", "{{ x }}", "relations", "properties",
    "identifier",
    "value", "values", "items",
  ]
  private static let texts = [
    "", " ", "open", "closed", "a b", "https://example.com/a", "https://example.com/{id}", "ada@example.com",
    "2026-02-28T09:30:00Z", "2026-02-28", "192.0.2.1", "it's", "\"", "\\", "名前", "\u{1F600}", "\n", "null",
    "true", "5", "x",
    "{{ config.token }}", "a: b # c",
  ]
  private static let kinds = ["projects", "issues", "users", "merge_requests", "people", "x-y"]

  private var random: SeededRandom
  private var identifiers: [String] = []

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// Some files, each a name and its text.
  mutating func files() -> [(name: String, text: String)] {
    let count = Int.random(in: 1...4, using: &random)
    let areNumbers = random.chance(2)
    identifiers = (0..<12).map { areNumbers ? String(10_000 + $0) : "\"own-\($0)\"" }
    return Self.kinds.shuffled(using: &random).prefix(count).map { (name: $0 + ".json", text: file()) }
  }

  private mutating func file() -> String {
    let keys = (0..<Int.random(in: 0...14, using: &random)).map { _ in random.pick(Self.keys) ?? "k" }
    let count = random.chance(4) ? 1 : Int.random(in: 1...12, using: &random)
    let hasID = !random.chance(3)
    let objects = (0..<count).map { number -> String in
      var members = keys.filter { _ in !random.chance(6) }.map {
        "\(JSONText.quoted($0)): \(value(depth: 2))"
      }
      if hasID { members.append("\"id\": \(random.chance(40) ? "\"own-0\"" : identifiers[number])") }
      return "{" + members.joined(separator: ", ") + "}"
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return objects.joined(separator: "\n")
    case 1: return #"{"values": [\#(objects.joined(separator: ", "))], "total": \#(count)}"#
    default: return "[" + objects.joined(separator: ", ") + "]"
    }
  }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return "null"
    case 1: return random.chance(2) ? "true" : "false"
    case 2:
      return ["0", "1", "-3", "1.5", "1e3", "9007199254740993", "123456789012345678901"].randomElement(
        using: &random) ?? "0"
    case 3, 4: return random.pick(random.chance(6) ? identifiers : Array(identifiers.prefix(3))) ?? "1"
    case 5 where depth > 0, 6 where depth > 0:
      let keys = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in random.pick(Self.keys) }
      return "{" + keys.map { "\(JSONText.quoted($0)): \(value(depth: depth - 1))" }.joined(separator: ", ")
        + "}"
    case 7 where depth > 0, 8 where depth > 0:
      let isMixed = random.chance(4)
      let first = value(depth: depth - 1)
      let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        isMixed ? value(depth: depth - 1) : first
      }
      return "[" + elements.joined(separator: ", ") + "]"
    default: return JSONText.quoted(random.pick(Self.texts) ?? "")
    }
  }
}
