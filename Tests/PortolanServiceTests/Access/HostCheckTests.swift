import HTTPTypes
import Testing

@testable import PortolanService

@Suite struct HostCheckTests {
  @Test(arguments: [
    ("localhost:5099", "localhost"), ("LocalHost", "localhost"), ("127.0.0.1:1", "127.0.0.1"),
    ("[::1]:5099", "::1"),
    ("[::1]", "::1"), ("", ""), ("evil.example:80", "evil.example"),
  ])
  func findsTheName(_ authority: String, _ name: String) {
    #expect(HostCheck.name(authority) == name)
  }

  @Test(arguments: ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "0.0.0.0:5099"])
  func answersToNoOtherName(_ host: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(.get, "/v1/organization", [.host: host])
      #expect(answer.status == 421)
      #expect(answer.error == "misdirected_request")
    }
  }

  @Test func answersToANameThatItWasTold() async throws {
    try await ServedCatalog.run {
      $0.otherHosts = ["Catalog.example"]
    } _: { (served) async throws in
      #expect(try await served.call(.get, "/v1/organization", [.host: "catalog.example:80"]).status == 200)
      #expect(try await served.call(.get, "/v1/organization", [.host: "127.0.0.1:5099"]).status == 200)
    }
  }

  @Test func allowsNoOtherOrigin() async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(
        .options, "/v1/organization", [.origin: "https://evil.example", .accessControlRequestMethod: "GET"])
      #expect(answer.status == 404)
      #expect(answer.headers[.accessControlAllowOrigin] == nil)
    }
  }
}

extension ServedCatalog {
  fileprivate func call(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields) async throws
    -> Answer
  {
    try await call(method, path, nil, headers)
  }
}

extension HTTPField.Name {
  fileprivate static let host = HTTPField.Name("host") ?? .userAgent
}
