import Foundation
import PortolanHTTP
import TestServer
import Testing

@Suite struct BodyTests {
  private static let text = #"[{"key": "A-1", "summary": "\#(String(repeating: "grüße ", count: 20))"}]"#
  private static let gzip = "H4sIAAAAAAACA4uuVspOrVSyUlBy1DVU0lFQKi7NzU0sAoukFx3ec3h+qsJgpZVqYwFwTIihvwAAAA=="
  private static let deflate = "eJyLrlbKTq1UslJQctQ1VNJRUCouzc1NLAKLpBcd3nN4fqrCYKWVamMBLt1dow=="
  /// Four megabytes of zeros in gzip.
  private static let bomb: [UInt8] =
    [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xED, 0xC1, 0x01, 0x01, 0x00, 0x00, 0x00,
      0x82, 0x20, 0xFF, 0xAF, 0x6E, 0x48, 0x40, 0x01,
    ] + Array(repeating: 0, count: 4063) + [0x7C, 0x1B, 0x6A, 0x40, 0x47, 0x11, 0x00, 0x00, 0x40, 0x00]

  private static func compressed(_ encoding: String, _ body: [UInt8]) -> [RawServer.Step] {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\nContent-Encoding: \(encoding)\r\n\r\n"
    return [.send(head), .bytes(body)]
  }

  private static func result(
    _ limits: APILimits = APILimits(), _ answer: @escaping RawServer.Answer
  ) async throws -> (response: APIResponse?, error: APIError?, requests: [RawServer.Request]) {
    try await RawServer.run(answer: answer) { server in
      let client = try APIClient(baseURL: server.url, limits: limits, clock: TestClock().clock)
      do {
        return (try await client.send(APIRequest(.get, "/issues")), nil, server.requests)
      } catch let error as APIError {
        return (nil, error, server.requests)
      }
    }
  }

  @Test(arguments: [("gzip", gzip), ("deflate", deflate)])
  func decompresses(encoding: String, body: String) async throws {
    let bytes = try #require(Data(base64Encoded: body))
    let result = try await Self.result { _, _ in Self.compressed(encoding, Array(bytes)) }
    #expect(result.response.map { String(decoding: $0.body, as: UTF8.self) } == Self.text)
    #expect(result.requests.first?["accept-encoding"]?.contains("gzip") == true)
  }

  @Test func asksAgainWhereWhatIsCompressedBreaksOff() async throws {
    let bytes = Array(try #require(Data(base64Encoded: Self.gzip)))
    let result = try await Self.result { _, number in
      // Its length is right, and still it is not whole.
      Self.compressed("gzip", number == 1 ? Array(bytes.dropLast(20)) : bytes)
    }
    #expect(result.response.map { String(decoding: $0.body, as: UTF8.self) } == Self.text)
    #expect(result.requests.count == 2)
  }

  @Test func endsABomb() async throws {
    let result = try await Self.result(APILimits(responseSize: 1 << 20)) { _, _ in
      Self.compressed("gzip", Self.bomb)
    }
    #expect(result.error?.reason == .tooLarge(limit: 1 << 20))
    #expect(result.error?.attempts == 1)
    #expect(result.error?.description.contains("1 MiB") == true)
    #expect(result.error?.description.contains("`limits: responseSize` in fetcher.yml") == true)
  }

  @Test func takesWhatIsJustWithinTheLimit() async throws {
    let result = try await Self.result(APILimits(responseSize: 4 << 20)) { _, _ in
      Self.compressed("gzip", Self.bomb)
    }
    #expect(result.response?.body.count == 4 << 20)
  }

  @Test(arguments: [true, false])
  func endsAnAnswerThatIsTooLarge(isLengthKnown: Bool) async throws {
    let result = try await Self.result(APILimits(responseSize: 99)) { _, _ in
      if isLengthKnown { return [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), .hang] }
      let piece = String(repeating: "x", count: 50)
      let chunk = "32\r\n\(piece)\r\n"
      return [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)\(chunk)"), .hang]
    }
    #expect(result.error?.reason == .tooLarge(limit: 99))
  }

  @Test func refusesWhatItDidNotAskFor() async throws {
    let result = try await Self.result { _, _ in Self.compressed("br", [1, 2, 3]) }
    guard case .invalidAnswer(let text) = result.error?.reason else {
      Issue.record("\(String(describing: result.error))")
      return
    }
    #expect(text.contains("br"))
  }

  @Test func refusesWhatIsNotCompressedAsItSays() async throws {
    let result = try await Self.result { _, _ in Self.compressed("gzip", Array("[1, 2, 3]".utf8)) }
    guard case .invalidAnswer = result.error?.reason else {
      Issue.record("\(String(describing: result.error))")
      return
    }
  }

  @Test func countsWhatCame() async throws {
    let statistics = try await RawServer.run { _, _ in
      [.answer(200, "[1,2,3]")]
    } _: { server in
      let client = try APIClient(baseURL: server.url)
      for _ in 0..<3 { _ = try await client.send(APIRequest(.get, "/issues")) }
      return client.statistics
    }
    #expect(statistics.requests == 3)
    #expect(statistics.bytes == 21)
  }

  @Test(arguments: [
    ("\n {\"a\":\n\t1} ", #"{"a": 1}"#),
    ("<!DOCTYPE html><html><head>\n<title>\n Sign in </title></head><body>x</body>", "Sign in"),
    ("<html><body>No title</body></html>", "<html><body>No title</body></html>"),
    ("a\u{1B}[31mred\u{202E}b", "a [31mred b"), ("", ""),
  ])
  func shortensABody(body: String, excerpt: String) {
    let response = APIResponse(
      status: 500, headers: [], body: Array(body.utf8), request: "GET https://example.org/",
      url: "https://example.org/")
    #expect(response.statusError(SecretMask([])).reason == .status(500, excerpt: excerpt))
  }

  @Test func keepsAnExcerptShort() {
    let response = APIResponse(
      status: 500, headers: [], body: Array(repeating: UInt8(ascii: "x"), count: 1000), request: "", url: "")
    guard case .status(_, let excerpt) = response.statusError(SecretMask([])).reason else { return }
    #expect(excerpt.count == 200)
  }

  @Test func hidesASecretThatAnExcerptCuts() {
    let body = String(repeating: "x", count: 195) + "sesame-1234"
    let response = APIResponse(status: 500, headers: [], body: Array(body.utf8), request: "", url: "")
    guard case .status(_, let excerpt) = response.statusError(SecretMask(["sesame-1234"])).reason else {
      return
    }
    #expect(excerpt == String(repeating: "x", count: 195) + "***")
  }
}
