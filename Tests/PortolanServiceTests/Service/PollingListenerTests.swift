import Logging
import PortolanCatalog
import Synchronization
import Testing

@testable import PortolanService

/// A catalog that says one thing after another; the last again and again.
private final class ScriptedRequests: ResyncRequests {
  struct Away: Error, CustomStringConvertible {
    var description: String { "connection refused" }
  }

  private let answers: Mutex<[Result<String?, Away>]>
  private let asked = Mutex(0)

  init(_ answers: [Result<String?, Away>]) { self.answers = Mutex(answers) }

  var count: Int { asked.withLock { $0 } }

  func lastResyncRequest(of integration: String) async throws -> String? {
    asked.withLock { $0 += 1 }
    return try answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
  }
}

@Suite struct PollingListenerTests {
  private static let start = "2026-11-26T05:00:00.000Z"

  /// The reasons of the resyncs and the lines of the log after all was asked, and some more.
  private func run(
    _ answers: [Result<String?, ScriptedRequests.Away>]
  ) async -> (reasons: [String], lines: [String]) {
    let requests = ScriptedRequests(answers)
    let reasons = Mutex<[String]>([])
    let loop = ResyncLoop(policy: .queue) { reason in reasons.withLock { $0.append(reason) } }
    let lines = LogLines()
    let listener = PollingListener(
      requests: requests, integration: "my-jira", interval: 0.002, resync: loop, log: lines.logger)
    let task = Task { await listener.run(afterStartAt: Self.start) }
    await wait(for: "all is asked") { requests.count > answers.count + 3 }
    task.cancel()
    await task.value
    await loop.waitForEnd()
    return (reasons.withLock { $0 }, lines.all)
  }

  @Test func resyncsOnceForARequest() async {
    let asked = "2026-11-26T05:01:00.000Z"
    let (reasons, lines) = await run([.success(nil), .success(nil), .success(asked)])
    #expect(reasons == ["it was asked for in the catalog at \(asked)"])
    #expect(lines.isEmpty)
  }

  @Test func leavesARequestOfBeforeItsStart() async {
    #expect(await run([.success("2026-11-26T04:00:00.000Z")]).reasons.isEmpty)
  }

  @Test func goesByTheCatalogsClock() async {
    // The catalog's clock is behind: what is asked for there is before the start here.
    let (reasons, _) = await run([
      .success("2026-11-26T04:00:00.000Z"), .success("2026-11-26T04:10:00.000Z"),
    ])
    #expect(reasons.count == 1)
    // A request that is taken back and comes again is an old one.
    let again = await run([
      .success("2026-11-26T04:00:00.000Z"), .success(nil), .success("2026-11-26T04:00:00.000Z"),
    ])
    #expect(again.reasons.isEmpty)
  }

  @Test func saysOnceThatTheCatalogIsAwayAndOnceThatItIsBack() async {
    let away = Result<String?, ScriptedRequests.Away>.failure(.init())
    let asked = "2026-11-26T05:01:00.000Z"
    let (reasons, lines) = await run([.success(nil), away, away, away, .success(asked)])
    #expect(reasons.count == 1)
    #expect(
      lines == [
        "warning: the catalog does not say whether a resync is wanted: connection refused",
        "the catalog answers again",
      ])
  }

  @Test func goesByItsOwnClockWhereTheCatalogIsAwayAtFirst() async {
    let away = Result<String?, ScriptedRequests.Away>.failure(.init())
    #expect(await run([away, .success("2026-11-26T05:01:00.000Z")]).reasons.count == 1)
    #expect(await run([away, .success("2026-11-26T04:01:00.000Z")]).reasons.isEmpty)
  }
}
