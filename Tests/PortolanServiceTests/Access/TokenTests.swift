import HTTPTypes
import RawJSON
import Testing

@testable import PortolanService

@Suite struct TokenTests {
  @Test func givesATokenForTheCredentials() async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.logIn()
      #expect(answer.status == 200)
      #expect(answer.body["ok"]?.boolean == true)
      #expect(answer.body["expiresIn"]?.number == "3600")
      #expect(answer.body["tokenType"]?.text == "Bearer")
    }
  }

  @Test func aTokenSaysThatItIsAMachines() throws {
    let parts = AccessTokens(lifetime: 60).issue(at: 1000).split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    let payload = try JSONView(validating: try #require(Base64URL.bytes(parts[1])))
    #expect(payload["isMachine"]?.boolean == true)
    #expect(payload["exp"]?.number == "1060")
  }

  @Test(arguments: [
    ("a secret", "somebody"), ("a secreT", "tester"), ("a secret a secret", "tester"), ("a", "tester"),
  ])
  func refusesOtherCredentials(_ secret: String, _ id: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.logIn(secret: secret, id: id)
      #expect(answer.status == 401)
      #expect(answer.error == "invalid_credentials")
      #expect(answer.body["ok"]?.boolean == false)
      #expect(answer.body["message"]?.text?.contains(secret) == false)
    }
  }

  @Test func emptyCredentialsMatchNothing() {
    let empty = ServiceCredentials(clientID: "", clientSecret: "")
    #expect(!empty.match(clientID: "", clientSecret: ""))
  }

  @Test func generatedCredentialsAreNeverTheSame() {
    #expect(ServiceCredentials.generated().clientSecret != ServiceCredentials.generated().clientSecret)
  }

  @Test(
    arguments: [
      [:], [.authorization: "Bearer"], [.authorization: "Bearer nonsense"],
      [.authorization: "Basic dGVzdGVyOmE="],
    ] as [HTTPFields])
  func refusesRequestsWithoutAGoodToken(_ headers: HTTPFields) async throws {
    try await ServedCatalog.run { (served) async throws in
      for path in ["/v1/organization", "/v1/blueprints", "/v1/unknown", "/"] {
        let answer = try await served.send(.get, path, nil, headers)
        #expect(answer.status == 401)
        #expect(answer.error == "unauthorized")
      }
    }
  }

  @Test func aTokenExpires() {
    let tokens = AccessTokens(lifetime: 60)
    let token = tokens.issue(at: 1000)
    #expect(tokens.accepts(token, at: 1060))
    #expect(tokens.accepts(token, at: 1089))
    #expect(!tokens.accepts(token, at: 1091))
    #expect(!tokens.accepts(token + "x", at: 1001))
  }

  @Test func aTokenThatHasExpiredIsRefused() async throws {
    try await ServedCatalog.run {
      $0.tokenLifetime = 0
    } _: { (served) async throws in
      #expect(try await served.call(.get, "/v1/organization").status == 401)
    }
  }

  @Test func keepsNoMoreTokensThanItHasRoomFor() {
    let tokens = AccessTokens(lifetime: 60)
    let first = tokens.issue(at: 1000)
    var last = first
    for count in 1...25_000 { last = tokens.issue(at: 1000 + Double(count) / 1000) }
    #expect(!tokens.accepts(first, at: 1026))
    #expect(tokens.accepts(last, at: 1026))
  }
}
