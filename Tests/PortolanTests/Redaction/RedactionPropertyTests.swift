import RawJSON
import ReferenceJSON
import TestSupport
import Testing

@testable import Portolan

@Suite("Redaction of random objects")
struct RedactionPropertyTests {
  private static let emails = ["jane.doe@acme.io", "j+x@mail.acme.co.uk", "jöe@acme.de", "o'neil@a-b.org"]
  private static let secrets = [
    "hunter2-hunter2", "ghp_abcdefghijklmnop1234567890", "glpat-abcdefghijkl12345", "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
  ]

  @Test(
    "the shape stays, nothing is left that was known, and a second time changes nothing", arguments: 0..<300)
  func random(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var redaction = Redaction(secrets: [Self.secrets[0]])
    for _ in 0..<5 {
      let object = value(&random, depth: 0)
      let output = try redaction.redact(object.json)
      let parsed = try #require(ReferenceValue(output), "seed \(seed)")
      #expect(isSameShape(object, parsed), "seed \(seed)")
      let text = String(decoding: output, as: UTF8.self)
      for known in Self.emails + Self.secrets {
        #expect(!text.contains(known), "seed \(seed): \(known) in \(text)")
      }
      let again = String(decoding: try redaction.redact(output), as: UTF8.self)
      #expect(again == text, "seed \(seed)")
    }
  }

  @Test("where there is nothing to replace, no byte changes", arguments: 0..<50)
  func untouched(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let space = random.pick([" ", "\n\t", ""]) ?? ""
    let number = random.pick(["1.50", "1e3", "-0", "123456789012345678901"]) ?? ""
    let text = random.pick([#"a\/b"#, #"\u0041\ud83d\ude00"#, "é < @ % = :// -"]) ?? ""
    let json = Array(
      "\(space){\(space)\"name\"\(space):[\"\(text)\",\(number)\(space),{\"a\":null,\"a\":true}]}\(space)"
        .utf8)
    var redaction = Redaction(secrets: ["hunter2"])
    #expect(try redaction.redact(json) == json)
    #expect(redaction.counts == Redaction.Counts())
  }

  private func value(_ random: inout SeededRandom, depth: Int) -> ReferenceValue {
    switch Int.random(in: 0..<(depth == 0 ? 1 : depth < 4 ? 7 : 5), using: &random) {
    case 0 where depth < 4, 5 where depth < 4:
      var members: [ReferenceValue.Member] = []
      for _ in 0..<Int.random(in: 0..<6, using: &random) {
        let key = random.pick(keys) ?? ""
        if members.contains(where: { $0.key.utf8 == Array(key.utf8) }) { continue }
        members.append(.init(.init(key), value(&random, depth: depth + 1)))
      }
      return .object(members)
    case 6:
      return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
    case 1: return .literal(Array((random.pick(["null", "true", "1.50", "-0", "1e400"]) ?? "").utf8))
    default: return .string(.init(text(&random)))
    }
  }

  /// A text of pieces, white space or a sign between those that are looked for.
  private func text(_ random: inout SeededRandom) -> String {
    if random.chance(3) {
      return random.pick(["Jane Doe", "jdoe", "Jane", "Robin K. Ash", "User", "Organization"]) ?? ""
    }
    let pieces =
      Self.emails + Self.secrets + [
        "https://me:pw@host.io/x", "?token=", "Bearer ", "logo@2x.png", "%40", "@", "=", "://", "git@", "é",
        "\"\\\n",
        "-----BEGIN RSA PRIVATE KEY-----", "https://secure.gravatar.com/a", "text", ".", "-",
      ]
    let gaps = [" ", "/", "\n", "<", ";", ","]
    return (0..<Int.random(in: 0..<5, using: &random)).map { _ in
      (random.pick(pieces) ?? "") + (random.pick(gaps) ?? "")
    }.joined()
  }

  private var keys: [String] {
    [
      "name", "displayName", "email", "emailAddress", "accountId", "login", "type", "avatarUrls",
      "avatar_url", "token",
      "password", "author", "createdBy", "owner", "value", "a", "é", "key", "firstName", "active",
    ]
  }

  private func isSameShape(_ first: ReferenceValue, _ second: ReferenceValue) -> Bool {
    switch (first, second) {
    case (.literal(let a), .literal(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.isEmpty == b.utf8.isEmpty
    case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { isSameShape($0, $1) }
    case (.object(let a), .object(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.key.utf8 == $1.key.utf8 && isSameShape($0.value, $1.value) }
    default: false
    }
  }
}
