import PortolanCatalog
import TestServer
import Testing

/// Faults that pass: whenever they come, a run ends in the same state as without.
@Suite struct FaultTests {
  private static let html = "<html><title>Sign in</title></html>"

  /// Faults by name.
  private static let faults: [String: FakePort.Fault] = [
    "token expires": .expired,
    "429 with Retry-After": .instead([.answer(429, headers: [("Retry-After", "3")])]),
    "429 with an epoch": .instead([
      .answer(
        429,
        headers: [
          ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "\(Int(TestClock.start) + 100_000)"),
          ("Retry-After", "5"),
        ])
    ]),
    "408": .instead([.answer(408)]), "502": .instead([.answer(502, html)]),
    "503": .instead([.answer(503)]), "504, and done": .afterwards([.answer(504)]),
    "reset": .instead([.close]), "reset, and done": .afterwards([.close]),
    "cut, and done": .afterwards([
      .send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"ok\":true,"), .close,
    ]),
    "half of its JSON, and done": .afterwards([.answer(200, #"{"ok":true,"entities":[{"#)]),
    "no JSON": .instead([.answer(200, html)]), "empty, and done": .afterwards([.answer(200, "")]),
  ]

  private static func work(_ catalog: some Catalog) async throws -> [WriteOutcome] {
    try await catalog.begin(testRun)
    let owned = try await catalog.owned()
    var outcomes = try await catalog.upsert(
      writes(["new-1", "old-1", "bad-1"], text: "changed"), of: "service", UpsertOptions(), in: testRun)
    outcomes += try await catalog.upsert(writes(["new-2"]), of: "service", UpsertOptions(), in: testRun)
    outcomes += try await catalog.delete(
      ["old-2", "old-3"], of: "service", deletingDependents: true, in: testRun)
    try await catalog.end(testRun, RunResult(.completed))
    #expect(owned.count == 4)
    return outcomes
  }

  private static func start() -> FakePort.State {
    var state = FakePort.State.with(["old-1", "old-2", "old-3", "old-4"])
    state.integrations["my-jira"] = ["config": Array("{}".utf8)]
    return state
  }

  @Test(arguments: faults.keys.sorted())
  func endsInTheSameState(name: String) async throws {
    let fault = try #require(Self.faults[name])
    let plain = FakePort(Self.start())
    let wanted = try await plain.run { catalog, _ in try await Self.work(catalog) }
    let count = plain.now.requests
    #expect(count >= 8)
    for place in 1...count {
      let port = FakePort(Self.start()) { _, number in number == place ? fault : nil }
      let outcomes = try await port.run { catalog, _ in try await Self.work(catalog) }
      #expect(port.now.entities == plain.now.entities, "\(name) at request \(place)")
      #expect(port.now.datasources == plain.now.datasources, "\(name) at request \(place)")
      #expect(port.now.integrations["my-jira"]?["config"] == plain.now.integrations["my-jira"]?["config"])
      #expect(
        outcomes.map { $0.refusal?.message } == wanted.map { $0.refusal?.message },
        "\(name) at request \(place)")
    }
  }

  @Test func saysWhatMayHaveBeenDoneWhereTheServerDies() async throws {
    let port = FakePort(Self.start()) { request, _ in
      request.target.contains("bulk") ? .instead([.close]) : nil
    }
    let error = try await port.run(attempts: 3) { catalog, _ in
      await catalogError { try await Self.work(catalog) }
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("(tried 3 times)") == true)
    #expect(error?.advice?.contains("run again") == true)
    #expect(error?.endsRun == false)
  }

  @Test func passesOnThatTheServerFails() async throws {
    let port = FakePort(Self.start()) { request, _ in
      request.target.contains("bulk")
        ? .instead([.answer(500, #"{"error":"internal_error","message":"for \#(FakePort.secret)"}"#)]) : nil
    }
    let error = try await port.run { catalog, _ in await catalogError { try await Self.work(catalog) } }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("500 internal_error: for ***") == true)
  }
}
