import TestServer
import Testing

@testable import PortolanHTTP

/// What expressions say of an answer that is none.
@Suite(.serialized) struct FaultExpressionTests {
  private static let list = #"""
    {get: /things, items: .items, paging: {cursor: .body.next, parameter: cursor}, EXPRESSION}
    """#

  private func read(_ expression: String, _ fault: RawServer.Step, times: Int) async throws -> FaultyRun {
    let list = FaultyList(style: .cursor, ids: Array(0..<4))
    return try await FaultyList.read(Self.list.replacing("EXPRESSION", with: expression)) { request, number in
      (2..<(2 + times)).contains(number) ? [fault, .close] : list.page(request).answer
    }
  }

  @Test(arguments: [
    "error: '.body.errors[0].message'", "none: .count == 0", "retry: .body.code == 5", "none: .body.gone",
  ])
  func aCutAnswerIsAskedForAgainWhateverExpressionsSayOfIt(_ expression: String) async throws {
    for cut in [#"{"items": [{"id": 2}, {"#, #"{"items": [{"id": 2}, {"id": 3}], "nex"#] {
      let run = try await read(expression, .send("HTTP/1.1 200 OK\r\n\r\n\(cut)"), times: 1)
      #expect(run.ids == ["0", "1", "2", "3"] && run.isComplete, "\(run.failures)")
    }
  }

  @Test(arguments: [
    "error: '.body.errors[0].message'", "none: .count == 0", "retry: .body.code == 5", "none: .body.gone",
  ])
  func aPageForPeopleIsNotAnAnswerWhateverExpressionsSayOfIt(_ expression: String) async throws {
    for (status, text) in [(200, "Sign in"), (500, "500 Internal Server Error")] {
      let run = try await read(expression, .answer(status, "<html><title>Sign in</title>"), times: 99)
      #expect(run.ids == ["0", "1"])
      #expect(run.failed(naming: "GET {url}/things?cursor=c2", text), "\(run.failures)")
    }
  }

  @Test func anErrorInTheBodyEndsTheKindWithItsText() async throws {
    let run = try await read(
      "error: '.body.errors[0].message'",
      .answer(200, #"{"data": null, "errors": [{"message": "no such field"}]}"#), times: 99)
    #expect(run.ids == ["0", "1"])
    #expect(run.failed(naming: "GET {url}/things?cursor=c2", "it says: no such field"), "\(run.failures)")
  }

  @Test func anAnswerThatAsksForAnotherAttemptIsAskedForAgain() async throws {
    let passing = try await read("retry: .body.code == 5", .answer(200, #"{"code": 5}"#), times: 2)
    #expect(passing.ids == ["0", "1", "2", "3"] && passing.isComplete, "\(passing.failures)")
    // A connection that is lost on the way is waited for as well.
    #expect(passing.waits.count >= 2)
    let lasting = try await read("retry: .body.code == 5", .answer(200, #"{"code": 5}"#), times: 99)
    #expect(lasting.ids == ["0", "1"])
    #expect(lasting.failed(naming: "GET {url}/things?cursor=c2", "tried 4 times"), "\(lasting.failures)")
  }

  @Test func anExpressionThatFailsOnAnAnswerEndsTheKind() async throws {
    let run = try await FaultyList.read(
      "{get: /things, items: .items, paging: {cursor: .body.next.token, parameter: cursor}}"
    ) { _, _ in [.answer(200, #"{"items": [{"id": 1}], "next": "x"}"#)] }
    #expect(run.ids.isEmpty && !run.isComplete)
    let message = "\(run.reports.flatMap(\.diagnostics))"
    #expect(message.contains("GET \(run.url)/things") && message.contains("fetcher.yml:3:"), "\(message)")
  }
}
