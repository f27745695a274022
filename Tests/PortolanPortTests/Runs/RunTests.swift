import Foundation
import PortolanCatalog
import PortolanPort
import RawJSON
import TestServer
import TestSupport
import Testing

@Suite struct RunTests {
  private static func port(_ resyncState: String? = nil, config: String = "{}") -> FakePort {
    var state = FakePort.State.with([])
    state.integrations["my-jira"] = ["config": Array(config.utf8)]
    if let resyncState { state.integrations["my-jira"]?["resyncState"] = Array(resyncState.utf8) }
    return FakePort(state)
  }

  private static func state(_ port: FakePort) -> JSONView? {
    port.now.integrations["my-jira"]?["resyncState"].map { JSONView(valid: $0) }
  }

  private static func set(_ port: FakePort, _ resyncState: String) {
    port.change { $0.integrations["my-jira"]?["resyncState"] = Array(resyncState.utf8) }
  }

  private static func ago(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: TestClock.start - seconds).formatted(.iso8601)
  }

  @Test(arguments: [
    (RunResult.State.completed, "completed"), (.failed, "failed"), (.interrupted, "aborted"),
  ])
  func saysWhenARunBeginsAndHowItEnds(state: RunResult.State, name: String) async throws {
    let port = Self.port()
    try await port.run { catalog, _ in
      try await catalog.begin(testRun)
      #expect(Self.state(port)?["status"]?.text == "running")
      #expect(Self.state(port)?["lastResyncStart"]?.text == "2027-01-15T08:00:00.000Z")
      #expect(Self.state(port)?["lastResyncEnd"]?.kind == .null)
      try await catalog.end(testRun, RunResult(state))
    }
    #expect(Self.state(port)?["status"]?.text == name)
    #expect(Self.state(port)?["lastResyncEnd"]?.text == "2027-01-15T08:00:00.000Z")
    #expect(Self.state(port)?["nextResync"]?.kind == .null)
    #expect(Self.state(port)?["intervalInMinuets"]?.kind == .null)
  }

  @Test func keepsTheConfigWhereItDiffers() async throws {
    let port = Self.port()
    let requests = try await port.run { catalog, server in
      for _ in 0..<2 {
        try await catalog.begin(testRun)
        try await catalog.end(testRun, RunResult(.completed))
      }
      return server.requests.filter { $0.target.hasSuffix("/config") }
    }
    #expect(requests.map(\.body) == [#"{"config":{"resources":[]}}"#])
    #expect(requests.first?["x-skip-resync"] == "true")
    let applied = try await port.run { catalog, _ in try await catalog.appliedConfig(of: FakePort.owner) }
    #expect(applied.map { String(decoding: $0, as: UTF8.self) } == #"{"resources":[]}"#)
  }

  @Test func keepsNoConfigOfARunThatWasStopped() async throws {
    let port = Self.port()
    try await port.run { catalog, _ in
      try await catalog.begin(testRun)
      try await catalog.end(testRun, RunResult(.interrupted))
      #expect(try await catalog.appliedConfig(of: FakePort.owner) == nil)
    }
  }

  @Test func needsNoIntegration() async throws {
    let port = FakePort(.with([]))
    try await port.run { catalog, _ in
      try await catalog.begin(testRun)
      try await catalog.end(testRun, RunResult(.completed))
      #expect(try await catalog.appliedConfig(of: FakePort.owner) == nil)
    }
  }

  @Test(arguments: [0.0, 300, 590])
  func doesNotBeginWhereAnotherIsAtWork(age: Double) async throws {
    let port = Self.port(
      #"{"status":"running","lastResyncStart":"\#(Self.ago(5000))","updatedAt":"\#(Self.ago(age))"}"#)
    let error = try await port.run { catalog, _ in await catalogError { try await catalog.begin(testRun) } }
    #expect(error?.kind == .busy)
    #expect(error?.message.contains(Self.ago(5000)) == true)
    #expect(error?.message.contains("my-jira") == true)
  }

  @Test(arguments: [
    #"{"status":"running","updatedAt":"OLD"}"#, #"{"status":"running","updatedAt":"soon"}"#,
    #"{"status":"running"}"#, #"{"status":"completed","updatedAt":"NOW"}"#, "null", "{}", "[7]",
    #"{"status":7,"updatedAt":[]}"#,
  ])
  func beginsWhereNobodyIsAtWork(state: String) async throws {
    let state = state.replacing("OLD", with: Self.ago(601)).replacing("NOW", with: Self.ago(0))
    let port = Self.port(state)
    try await port.run { catalog, _ in try await catalog.begin(testRun) }
    #expect(port.now.requests == 2)
  }

  @Test func goesByTheServersClock() async throws {
    let port = Self.port()
    let running = #"{"integration":{"resyncState":{"status":"running","updatedAt":"\#(Self.ago(0))"}}}"#
    let late = FakePort(port.now) { request, _ in
      // By the server's clock, the other one said so an hour ago.
      request.method == "GET"
        ? .instead([.answer(200, running, headers: [("Date", "Fri, 15 Jan 2027 09:00:00 GMT")])]) : nil
    }
    try await late.run { catalog, _ in try await catalog.begin(testRun) }
  }

  @Test func goesOnAtOnceAfterARunOfThisMachineThatWasKilled() async throws {
    let folder = try TemporaryFolder()
    let port = Self.port()
    let environment = ["XDG_STATE_HOME": folder.path]
    try await port.run { _, server in
      // A catalog that goes away without a word is what the kernel leaves of a process that was killed.
      try await FakePort.catalog(server.url, environment: environment).begin(testRun)
      #expect(Self.state(port)?["status"]?.text == "running")
      Self.set(
        port, #"{"status":"running","lastResyncStart":"\#(Self.ago(0))","updatedAt":"\#(Self.ago(0))"}"#)
      let next = try FakePort.catalog(server.url, environment: environment)
      try await next.begin(testRun)
      try await next.end(testRun, RunResult(.completed))
      #expect(Self.state(port)?["status"]?.text == "completed")
    }
  }

  @Test func goesOnAfterOneThatWasKilledWherePortKeepsNoStart() async throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    let port = Self.port()
    try await port.run { _, server in
      try await FakePort.catalog(server.url, environment: environment).begin(testRun)
      Self.set(port, #"{"status":"running","updatedAt":"\#(Self.ago(-3))"}"#)
      let next = try FakePort.catalog(server.url, environment: environment)
      try await next.begin(testRun)
      try await next.end(testRun, RunResult(.completed))
      // It has ended: what runs now is somebody else's.
      Self.set(port, #"{"status":"running","updatedAt":"\#(Self.ago(-9))"}"#)
      #expect(await catalogError { try await next.begin(testRun) }?.kind == .busy)
    }
  }

  @Test func doesNotTakeTheRunOfAnotherMachineForItsOwn() async throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.path]
    let port = Self.port()
    try await port.run { _, server in
      try await FakePort.catalog(server.url, environment: environment).begin(testRun)
      // Another machine began after it was killed.
      Self.set(
        port, #"{"status":"running","lastResyncStart":"\#(Self.ago(-5))","updatedAt":"\#(Self.ago(-5))"}"#)
      for environment in [environment, ["HOME": "/nonexistent"], [:]] {
        let next = try FakePort.catalog(server.url, environment: environment)
        #expect(await catalogError { try await next.begin(testRun) }?.kind == .busy)
      }
    }
  }

  @Test func doesNotBeginTwiceOnThisMachine() async throws {
    let folder = try TemporaryFolder()
    let environment = ["HOME": folder.path]
    let port = Self.port()
    try await port.run(environment: environment) { catalog, server in
      try await catalog.begin(testRun)
      let other = try FakePort.catalog(server.url, environment: environment)
      let error = await catalogError { try await other.begin(testRun) }
      #expect(error?.kind == .busy)
      #expect(error?.message.contains("on this machine") == true)
      try await catalog.end(testRun, RunResult(.completed))
      try await other.begin(testRun)
      try await other.end(testRun, RunResult(.completed))
    }
    let state = "\(folder.path)/.local/state/portolan"
    let attributes = try FileManager.default.attributesOfItem(atPath: state)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test func saysAgainAndAgainThatItIsAtWork() async throws {
    let port = Self.port()
    let (turns, turn) = AsyncStream<Void>.makeStream()
    let (renewals, renewed) = AsyncStream<Void>.makeStream()
    let counted = FakePort(port.now) { request, _ in
      if request.body.contains(#""running""#) { renewed.yield() }
      return nil
    }
    try await counted.run(renewal: { for await _ in turns { return } }) { catalog, server in
      try await catalog.begin(testRun)
      turn.yield()
      turn.yield()
      var count = 0
      for await _ in renewals {
        count += 1
        if count == 3 { break }
      }
      try await catalog.end(testRun, RunResult(.completed))
      #expect(Self.state(counted)?["status"]?.text == "completed")
      let starts = server.requests.filter { $0.body.contains("lastResyncStart") }.map(\.body)
      #expect(Set(starts).count == 1)
    }
  }

  @Test func saysHowItEndedAlsoWhereItsTaskWasCancelled() async throws {
    let port = Self.port()
    try await port.run { catalog, _ in
      try await catalog.begin(testRun)
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await catalog.end(testRun, RunResult(.interrupted))
      }
      try await task.value
    }
    #expect(Self.state(port)?["status"]?.text == "aborted")
  }
}
