import PortolanHTTP
import TestServer
import TestSupport
import Testing

/// A folder with the tests' certificate, for a client that trusts it.
final class TrustedFolder: Sendable {
  let environment: [String: String]
  private let folder: String
  private let owner: Owner

  private final class Owner: @unchecked Sendable {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }
  }

  init() throws {
    owner = try Owner()
    folder = owner.folder.path
    environment = ["SSL_CERT_FILE": try owner.folder.write("roots.pem", TestCertificate.certificate)]
  }

  /// The folder as `SSL_CERT_DIR`, with another file in it.
  func asFolder() throws -> [String: String] {
    try owner.folder.write("notes.txt", "no certificate")
    return ["SSL_CERT_DIR": folder]
  }
}

@Suite struct ConnectionTests {
  private static func answer(
    environment: [String: String], attempts: Int = 8
  ) async throws -> Result<APIResponse, APIError> {
    try await RawServer.run(tls: TestCertificate.serverConfiguration()) { _, _ in
      [.answer(200, "[]")]
    } _: { server in
      let client = try APIClient(
        baseURL: server.url, limits: APILimits(attempts: attempts), environment: environment,
        clock: TestClock().clock)
      do {
        return .success(try await client.send(APIRequest(.get, "/issues")))
      } catch let error as APIError {
        return .failure(error)
      }
    }
  }

  @Test func trustsTheCertificatesOfAFile() async throws {
    let folder = try TrustedFolder()
    #expect(try await Self.answer(environment: folder.environment).get().status == 200)
  }

  @Test func trustsTheCertificatesOfAFolder() async throws {
    let folder = try TrustedFolder()
    #expect(try await Self.answer(environment: try folder.asFolder()).get().status == 200)
  }

  @Test func trustsNobodyElse() async throws {
    let result = try await Self.answer(environment: [:])
    guard case .failure(let error) = result else {
      Issue.record("it trusted anybody")
      return
    }
    #expect(error.attempts == 1)
    #expect(error.description.contains("certificate is not trusted"))
    #expect(error.description.contains("SSL_CERT_FILE"))
  }

  @Test func saysWhichCertificatesCannotBeUsed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("roots.pem", "nothing")
    let error = #expect(throws: APIError.self) {
      try APIClient(baseURL: "https://example.org", environment: ["SSL_CERT_FILE": path])
    }
    #expect(error?.description.contains(path) == true)
    #expect(throws: APIError.self) {
      try APIClient(baseURL: "https://example.org", environment: ["SSL_CERT_FILE": "\(path)-none"])
    }
  }

  @Test(arguments: ["HTTPS_PROXY", "https_proxy"])
  func goesThroughAProxy(name: String) async throws {
    let folder = try TrustedFolder()
    let (answer, asked) = try await RawServer.run(tls: TestCertificate.serverConfiguration()) { _, _ in
      [.answer(200, "[]")]
    } _: { server in
      try await RawServer.run { _, _ in
        [.send("HTTP/1.1 200 Connection established\r\n\r\n"), .tunnel(port: server.port)]
      } _: { proxy in
        let environment = folder.environment.merging(
          [name: "http://ann:ses%40me@127.0.0.1:\(proxy.port)"]) { $1 }
        let client = try APIClient(baseURL: server.url, environment: environment)
        let answer = try await client.send(APIRequest(.get, "/issues"))
        await client.shutdown()
        return (answer, proxy.requests.map { ($0.method, $0["proxy-authorization"]) })
      }
    }
    #expect(answer.body == Array("[]".utf8))
    #expect(asked.map(\.0) == ["CONNECT"])
    #expect(asked.map(\.1) == ["Basic YW5uOnNlc0BtZQ=="])
  }

  @Test func goesPastTheProxyWhereItIsTold() async throws {
    let (answer, asked) = try await RawServer.run { _, _ in
      [.answer(200, "[]")]
    } _: { server in
      try await RawServer.run { _, _ in
        [.close]
      } _: { proxy in
        let client = try APIClient(
          baseURL: server.url,
          environment: [
            "HTTP_PROXY": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": "example.org, 127.0.0.0/8",
          ])
        return (try await client.send(APIRequest(.get, "/issues")), proxy.requests)
      }
    }
    #expect(answer.status == 200)
    #expect(asked.isEmpty)
  }

  @Test func saysWhatTheProxyWants() async throws {
    let error = try await RawServer.run { _, _ in
      [.answer(407), .close]
    } _: { proxy in
      let client = try APIClient(
        baseURL: "https://api.example.org", environment: ["HTTPS_PROXY": "127.0.0.1:\(proxy.port)"])
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(error?.description.contains("the proxy wants a user name and a password") == true)
    #expect(error?.attempts == 1)
  }

  @Test(arguments: [
    "https://proxy.example.org:3128", "http://", "socks5://ann:sesame@127.0.0.1", "http://a:b:c",
  ])
  func refusesAProxyThatCannotBeUsed(url: String) {
    let error = #expect(throws: APIError.self) {
      try APIClient(baseURL: "https://example.org", environment: ["HTTPS_PROXY": url])
    }
    #expect(error?.description.contains("HTTPS_PROXY") == true)
    #expect(error?.description.contains("sesame") == false)
  }

  @Test func saysThatTheProxyCannotBeReached() async throws {
    let port = try await RawServer.run { _, _ in
      []
    } _: {
      $0.port
    }
    let client = try APIClient(
      baseURL: "https://api.example.org", environment: ["HTTPS_PROXY": "127.0.0.1:\(port)"],
      clock: TestClock().clock)
    let text = await failure { try await client.send(APIRequest(.get, "/issues")) }?.description
    #expect(text?.contains("by way of the proxy 127.0.0.1:\(port)") == true)
  }
}
