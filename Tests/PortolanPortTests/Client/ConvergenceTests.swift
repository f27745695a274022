import PortolanCatalog
import Synchronization
import TestServer
import TestSupport
import Testing

/// Runs that are disturbed, stopped and begun again end where one that was never disturbed does.
@Suite struct ConvergenceTests {
  /// A small sync: what is missing or differs is written, and what is too much is deleted.
  private static func sync(
    _ catalog: some Catalog, to desired: [String: String], in run: CatalogRun
  ) async throws {
    try await catalog.begin(run)
    let owned = try await catalog.owned()
    let there = Dictionary(uniqueKeysWithValues: owned.map { ($0.key.identifier, $0.json) })
    let changed = desired.filter { there[$0.key] != Array(entity($0.key, text: $0.value).utf8) }.keys.sorted()
    for start in stride(from: 0, to: changed.count, by: 3) {
      let writes = changed[start..<min(start + 3, changed.count)].map { identifier in
        EntityWrite(json: Array(entity(identifier, text: desired[identifier] ?? "").utf8))
      }
      let outcomes = try await catalog.upsert(writes, of: "service", UpsertOptions(), in: run)
      try expectDone(outcomes)
    }
    let extra = there.keys.filter { desired[$0] == nil }.sorted()
    let outcomes = try await catalog.delete(extra, of: "service", deletingDependents: true, in: run)
    try expectDone(outcomes)
    try await catalog.end(run, RunResult(.completed))
  }

  /// What Port failed at may pass, and is tried again; nothing else is refused.
  private static func expectDone(_ outcomes: [WriteOutcome]) throws {
    let refusals = outcomes.compactMap(\.refusal)
    #expect(refusals.allSatisfy { $0.status == 500 })
    if !refusals.isEmpty { throw CatalogError(.unavailable, "Port failed at some of them") }
  }

  private static func fault(_ random: inout SeededRandom) -> FakePort.Fault? {
    let faults: [FakePort.Fault] = [
      .expired, .instead([.close]), .afterwards([.close]), .afterwards([.answer(200, #"{"entities":[{"#)]),
      .instead([.answer(503)]), .instead([.answer(500)]), .afterwards([.answer(500)]),
      .instead([.answer(429, headers: [("Retry-After", "2")])]), .afterwards([.answer(504)]),
    ]
    return random.chance(3) ? random.pick(faults) : nil
  }

  @Test(arguments: 0..<30)
  func endsWhereItIsToEnd(seed: UInt64) async throws {
    let random = Mutex(SeededRandom(seed: seed))
    let desired = random.withLock { random in
      Dictionary(
        uniqueKeysWithValues: (0..<20).filter { _ in !random.chance(3) }.map {
          ("e-\($0)", random.chance(2) ? "x" : "y")
        })
    }
    var start = FakePort.State.with((5..<30).map { "e-\($0)" })
    start.integrations["my-jira"] = [:]
    let stop = Mutex<Task<Void, any Error>?>(nil)
    let port = FakePort(pageSize: 7, start) { _, _ in
      random.withLock { random in
        // As if it were killed: what it has asked for is done, and it hears nothing of it.
        if random.chance(12) { stop.withLock { $0?.cancel() } }
        return Self.fault(&random)
      }
    }
    let folder = try TemporaryFolder()
    let runs = try await port.run { _, server in
      for number in 1...400 {
        let catalog = try FakePort.catalog(
          server.url, environment: ["XDG_STATE_HOME": folder.path], attempts: 3)
        var later = testRun
        later.startedAt += Double(number)
        let task = Task { [later] in try await Self.sync(catalog, to: desired, in: later) }
        stop.withLock { $0 = task }
        if case .success = await task.result { return number }
      }
      return 0
    }
    #expect(runs > 0, "seed \(seed)")
    let texts = port.now.entities.mapValues { String(decoding: $0, as: UTF8.self) }
    let wanted = desired.map { (EntityKey("service", $0.key), entity($0.key, text: $0.value)) }
    #expect(texts == Dictionary(uniqueKeysWithValues: wanted), "seed \(seed)")
  }
}
