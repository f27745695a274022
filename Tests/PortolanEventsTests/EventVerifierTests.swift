import Crypto
import Foundation
import Portolan
import Testing

@testable import PortolanEvents

@Suite struct EventVerifierTests {
  static let body = Array(#"{"webhookEvent":"jira:issue_updated","issue":{"id":"10042"}}"#.utf8)
  static let secret = "it is a secret"
  static let now = 1_764_000_000.0

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0\(text)" : text
    }.joined()
  }

  static func sha256(_ bytes: [UInt8], _ key: [UInt8] = Array(secret.utf8)) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }

  /// A genuine event of each preset.
  static func genuine(_ preset: String) -> (event: RawEvent, secret: String) {
    let time = "\(Int(now))"
    var headers: [String: String] = [:]
    var used = secret
    switch preset {
    case "jira": headers["x-hub-signature"] = "sha256=" + hex(sha256(body))
    case "github": headers["x-hub-signature-256"] = "sha256=" + hex(sha256(body))
    case "gitlab": headers["x-gitlab-token"] = secret
    case "octopus": headers["x-octopus-webhook-secret"] = secret
    case "slack":
      headers["x-slack-request-timestamp"] = time
      headers["x-slack-signature"] = "v0=" + hex(sha256(Array("v0:\(time):".utf8) + body))
    case "port":
      headers["x-port-timestamp"] = time + "000"
      headers["x-port-signature"] = "v1," + base64(sha256(Array("\(time)000.".utf8) + body))
    case "pagerduty":
      headers["x-pagerduty-signature"] = "v1=\(hex(sha256([1]))),v1=\(hex(sha256(body)))"
    default:
      let name = preset == "svix" ? "svix" : "webhook"
      let key = Array(UInt8(0)..<32)
      used = "whsec_" + Self.base64(key)
      headers["\(name)-id"] = "msg_1"
      headers["\(name)-timestamp"] = time
      let code = sha256(Array("msg_1.\(time).".utf8) + body, key)
      headers["\(name)-signature"] = "v1a,AAAA v1,\(Self.base64(code))"
    }
    return (RawEvent(headers: headers, body: body), used)
  }

  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  static let presets = EventVerification.presets.keys.sorted()

  static func verifier(_ preset: String, _ secrets: [String]) throws -> EventVerifier {
    try EventVerifier(#require(EventVerification.presets[preset]), secrets: secrets)
  }

  @Test(arguments: presets) func takesWhatIsGenuine(preset: String) throws {
    let (event, secret) = Self.genuine(preset)
    try Self.verifier(preset, [secret]).check(event, at: Self.now)
  }

  @Test(arguments: presets) func takesEitherSecretWhileOneIsReplaced(preset: String) throws {
    let (event, secret) = Self.genuine(preset)
    let other =
      secret.hasPrefix("whsec_") ? "whsec_" + Self.base64(Array(repeating: 7, count: 24)) : "new one"
    try Self.verifier(preset, [other, secret]).check(event, at: Self.now)
    #expect(throws: EventRefusal.self) { try Self.verifier(preset, [other]).check(event, at: Self.now) }
  }

  @Test(arguments: presets) func refusesWhatIsForged(preset: String) throws {
    let (event, secret) = Self.genuine(preset)
    let verifier = try Self.verifier(preset, [secret])
    for name in event.headers.keys {
      var forged = event
      forged.headers[name] = nil
      #expect(throws: EventRefusal.self, "without \(name)") { try verifier.check(forged, at: Self.now) }
      for value in ["", "sha256=", "v1=", "v0=zz", "v1,", "\u{0}", String(repeating: "a", count: 100_000)] {
        forged.headers[name] = value
        #expect(throws: EventRefusal.self, "\(name): \(value.prefix(9))") {
          try verifier.check(forged, at: Self.now)
        }
      }
    }
  }

  @Test(arguments: presets.filter { !["gitlab", "octopus"].contains($0) })
  func refusesAnotherBody(preset: String) throws {
    var (event, secret) = Self.genuine(preset)
    let verifier = try Self.verifier(preset, [secret])
    for place in event.body.indices {
      event.body[place] ^= 1
      #expect(throws: EventRefusal.wrongSignature) { try verifier.check(event, at: Self.now) }
      event.body[place] ^= 1
    }
    event.body.append(0x20)
    #expect(throws: EventRefusal.wrongSignature) { try verifier.check(event, at: Self.now) }
  }

  @Test(arguments: ["port", "slack", "standard-webhooks", "svix"])
  func refusesReplaysAndClocksThatAreWrong(preset: String) throws {
    let (event, secret) = Self.genuine(preset)
    let verifier = try Self.verifier(preset, [secret])
    try verifier.check(event, at: Self.now + 300)
    try verifier.check(event, at: Self.now - 300)
    for skew in [301.0, -301, 1e9, -1e9, .infinity] {
      #expect(throws: EventRefusal.self) { try verifier.check(event, at: Self.now + skew) }
    }
  }

  @Test func refusesAnIdentifierThatIsNotTheSignedOne() throws {
    var (event, secret) = Self.genuine("standard-webhooks")
    event.headers["webhook-id"] = "msg_2"
    #expect(throws: EventRefusal.wrongSignature) {
      try Self.verifier("standard-webhooks", [secret]).check(event, at: Self.now)
    }
  }

  @Test func takesBasicAuthentication() throws {
    let verifier = try EventVerifier(.basic, secrets: ["jane:s3cret"])
    let code = Self.base64(Array("jane:s3cret".utf8))
    try verifier.check(RawEvent(headers: ["authorization": "Basic \(code)"], body: []), at: 0)
    for value in ["Basic", "Basic \(Self.base64(Array("jane:".utf8)))", "Bearer \(code)", "Basic ***"] {
      #expect(throws: EventRefusal.self) {
        try verifier.check(RawEvent(headers: ["authorization": value], body: []), at: 0)
      }
    }
  }

  @Test func saysWhatIsWrongWithASecretWithoutQuotingIt() {
    for (scheme, secrets) in [
      (EventVerification.basic, ["nocolon-s3cret"]), (.header("x"), []), (.header("x"), [""]),
      (EventVerification.presets["svix"] ?? .basic, ["whsec_%%%s3cret"]),
    ] {
      let error = #expect(throws: EventVerifier.Unusable.self) {
        try EventVerifier(scheme, secrets: secrets)
      }
      #expect(error?.message.isEmpty == false)
      #expect(error?.message.contains("s3cret") == false)
    }
  }
}
