import TestServer
import Testing

@testable import PortolanHTTP

/// Faults that pass: the request is sent again, and every object comes once, in order.
///
/// One after another: with a server for each case at the same time, the process would have too many open files for
/// Foundation to start others.
@Suite(.serialized) struct PassingFaultTests {
  /// What comes in the place of an answer.
  enum Fault: String, CaseIterable, Sendable {
    case limited, limitedWithoutTime, unavailable, unavailableForASecond, badGateway, gatewayTimeout
    case closed, cutBody, cutChunk, cutBetweenChunks, cutJSON, cutWithinItsLength, emptyBody

    func steps(_ page: FaultyList.Page) -> [RawServer.Step] {
      let body = page.body()
      // One byte is missing: the bracket at the end.
      let start = String(body.dropLast())
      let (length, chunk) = (body.utf8.count, String(start.utf8.count, radix: 16))
      let links = page.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return switch self {
      case .limited: [.answer(429, "slow down", headers: [("Retry-After", "7")])]
      case .limitedWithoutTime: [.answer(429, #"{"error": "slow down"}"#)]
      case .unavailable: [.answer(503, "<html><title>Maintenance</title></html>")]
      case .unavailableForASecond: [.answer(503, "", headers: [("Retry-After", "1")])]
      case .badGateway: [.answer(502, page.body(), headers: page.headers)]
      case .gatewayTimeout: [.answer(504)]
      case .closed: [.close]
      case .cutBody:
        [.send("HTTP/1.1 200 OK\r\n\(links)Content-Length: \(length)\r\n\r\n\(start)"), .close]
      case .cutChunk:
        [
          .send(
            "HTTP/1.1 200 OK\r\n\(links)Transfer-Encoding: chunked\r\n\r\nfff\r\n\(start)"),
          .close,
        ]
      case .cutBetweenChunks:
        [
          .send(
            "HTTP/1.1 200 OK\r\n\(links)Transfer-Encoding: chunked\r\n\r\n\(chunk)\r\n\(start)\r\n"),
          .close,
        ]
      case .cutJSON: [.send("HTTP/1.1 200 OK\r\n\(links)\r\n\(start)"), .close]
      case .cutWithinItsLength: [.answer(200, start, headers: page.headers)]
      case .emptyBody: [.send("HTTP/1.1 200 OK\r\n\(links)\r\n"), .close]
      }
    }
  }

  /// Seven objects are on four pages.
  private let ids = (0..<7).map(String.init)

  @Test(arguments: FaultyList.Style.allCases)
  func everyObjectComesOnce(_ style: FaultyList.Style) async throws {
    for fault in Fault.allCases {
      for spoiled in [1, 2, 4] { try await check(style, fault, spoiled) }
    }
  }

  /// Reads a list, one of whose answers is spoiled.
  private func check(_ style: FaultyList.Style, _ fault: Fault, _ spoiled: Int) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7)) { page, number, _ in
      number == spoiled ? fault.steps(page) : nil
    }
    let run = try await list.read()
    let story = Comment(rawValue: "\(fault) in answer \(spoiled): \(run.failures)")
    #expect(run.ids == ids, story)
    #expect(run.isComplete, story)
    try #require(run.requests.count == 5, story)
    // The same request was sent again.
    let (first, second) = (run.requests[spoiled - 1], run.requests[spoiled])
    #expect(first.target == second.target && first.body == second.body, story)
    #expect(!run.waits.isEmpty, story)
    if fault == .limited { #expect(run.waits.reduce(0, +) >= 7, story) }
  }

  @Test func aPageThatStopsInTheMiddleIsAskedForAgain() async throws {
    let list = FaultyList(style: .cursor, ids: Array(0..<5)) { page, number, _ in
      guard number == 2 else { return nil }
      return [.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"items\": [{\"id\": "), .hang]
    }
    let run = try await list.read(APILimits(timeout: .seconds(3), attempts: 20))
    #expect(run.ids == ["0", "1", "2", "3", "4"])
    #expect(run.isComplete, "\(run.failures)")
    #expect(run.requests.count >= 4)
  }

  @Test(arguments: FaultyList.Style.allCases)
  func aSlowPageIsWaitedFor(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<5)) { page, number, _ in
      guard number == 2 else { return nil }
      let links = page.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return [.send("HTTP/1.1 200 OK\r\n\(links)Content-Length: \(page.body().utf8.count)\r\n\r\n")]
        + page.body().flatMap { [.pause(.milliseconds(5)), .send(String($0))] }
    }
    let run = try await list.read()
    #expect(run.ids == ["0", "1", "2", "3", "4"])
    #expect(run.isComplete && run.requests.count == 3)
  }

  /// Without a length, only the JSON itself tells that it was cut.
  @Test func aBodyThatIsCutAnywhereIsAskedForAgain() async throws {
    let body =
      #"{"items": [{"id": 2, "a": -1.5e3, "b": true, "c": null, "d": "\u00e4 ü"}, {"id": 3}], "next": "c4"}"#
    let bytes = Array(body.utf8)
    for length in 0..<bytes.count {
      let list = FaultyList(style: .cursor, ids: Array(0..<6)) { _, number, _ in
        switch number {
        case 2: [.send("HTTP/1.1 200 OK\r\n\r\n"), .bytes(Array(bytes.prefix(length))), .close]
        case 3: [.answer(200, body)]
        default: nil
        }
      }
      let run = try await list.read()
      #expect(run.ids == ["0", "1", "2", "3", "4", "5"], "cut after \(length) bytes")
      #expect(run.isComplete, "cut after \(length) bytes: \(run.failures)")
    }
  }

  @Test(arguments: FaultyList.Style.allCases)
  func aTokenThatExpiresIsRenewed(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7))
    let run = try await FaultyList.read(
      list.list,
      authentication: {
        .oauth2(OAuth2ClientCredentials(tokenURL: "\($0)/token", clientID: "id", clientSecret: "secret"))
      }
    ) { request, number in
      // The first token is refused from the fourth request on, which is the third page's.
      if request.target == "/token" { return [.answer(200, #"{"access_token": "token-\#(number)"}"#)] }
      if number >= 4, request["authorization"] == "Bearer token-1" { return [.answer(401, "expired")] }
      return list.page(request).answer
    }
    #expect(run.ids == ids)
    #expect(run.isComplete, "\(run.failures)")
    #expect(run.requests.filter { $0.target == "/token" }.count == 2)
    #expect(run.requests.filter { $0["authorization"] == "Bearer token-1" }.count == 3)
  }
}
