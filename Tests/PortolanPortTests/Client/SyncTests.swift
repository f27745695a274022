import Foundation
import Portolan
import PortolanCatalog
import PortolanPort
import Synchronization
import TestServer
import TestSupport
import Testing

/// Plans and syncs against Port, from a mapping to entities.
@Suite struct SyncTests {
  private struct Things: RawFetcher {
    let json: String

    func fetch(_ request: FetchRequest) -> PageStream {
      PageStream { pages in try await pages.send(RawPage(Array(json.utf8))) }
    }
  }

  private static let config = """
    resources:
      - kind: thing
        selector:
          query: 'true'
        port:
          entity:
            mappings:
              identifier: .name
              blueprint: '"service"'
              title: .title
              properties:
                text: .text

    """

  private static func sync(_ things: String, to catalog: PortCatalog) async throws -> SyncReport {
    let config = try PortAppConfig(yaml: Array(Self.config.utf8), file: "config.yml")
    let planner = Planner(CompiledMapping(config), owner: FakePort.owner)
    return try await planner.plan(Things(json: things), for: catalog).apply(to: catalog)
  }

  private static func thing(_ name: String, _ text: String) -> String {
    #"{"name": "\#(name)", "title": "T", "text": "\#(text)"}"#
  }

  private static func start() -> FakePort.State {
    var state = FakePort.State.with((0..<50).map { "e-\($0)" })
    state.integrations["my-jira"] = [:]
    return state
  }

  /// e-0 … e-9 vanish, e-10 … e-19 change, e-50 … e-69 are new.
  private static let things =
    "[" + (10..<70).map { thing("e-\($0)", $0 < 20 ? "changed" : "x") }.joined(separator: ",") + "]"

  @Test func endsAsTheMappingSays() async throws {
    let port = FakePort(Self.start())
    try await port.run { catalog, _ in
      let report = try await Self.sync(Self.things, to: catalog)
      #expect(report.isDone)
      #expect(report.result.created == 20)
      #expect(report.result.changed == 10)
      #expect(report.result.deleted == 10)
      let again = try await Self.sync(Self.things, to: catalog)
      #expect(again.plan.total.operations == 0)
      #expect(again.plan.total.keep == 60)
    }
    #expect(Set(port.now.entities.keys.map(\.identifier)) == Set((10..<70).map { "e-\($0)" }))
  }

  @Test func endsAsTheMappingSaysWhateverPasses() async throws {
    let plain = FakePort(Self.start())
    try await plain.run { catalog, _ in _ = try await Self.sync(Self.things, to: catalog) }
    for seed in UInt64(0)..<8 {
      let random = Mutex(SeededRandom(seed: seed))
      let faults: [FakePort.Fault] = [
        .expired, .instead([.close]), .afterwards([.close]), .instead([.answer(503)]),
        .afterwards([.answer(502)]), .instead([.answer(429, headers: [("Retry-After", "1")])]),
        .afterwards([.answer(200, "{")]),
      ]
      let port = FakePort(pageSize: 7, Self.start()) { _, _ in
        random.withLock { random in random.chance(4) ? random.pick(faults) : nil }
      }
      let report = try await port.run(attempts: 20) { catalog, _ in
        try await Self.sync(Self.things, to: catalog)
      }
      #expect(report.isDone, "seed \(seed)")
      #expect(port.now.entities == plain.now.entities, "seed \(seed)")
    }
  }

  /// Resources that are all there, in integrations that do or do not keep that they are.
  @Test(arguments: [true, false])
  func takesTheMarkAloneForNoChange(isKept: Bool) async throws {
    let folder = try TemporaryFolder()
    try folder.write("blueprints.json", #"[{"identifier":"service","relations":{}}]"#)
    let resources = try DefaultResources(folder: folder.path)
    let port = FakePort(Self.start()) { request, _ in
      isKept || !request.body.contains("arePortResourcesInitialized")
        ? nil : .instead([.answer(200, #"{"ok":true}"#)])
    }
    let config = try PortAppConfig(yaml: Array(Self.config.utf8), file: "config.yml")
    try await port.run { catalog, _ in
      var options = Planner.Options()
      options.setup = resources
      let planner = Planner(CompiledMapping(config), owner: FakePort.owner, options: options)
      let plan = try await planner.plan(Things(json: Self.things), for: catalog)
      #expect(plan.summary.setup.isEmpty)
      #expect(try await plan.apply(to: catalog).isDone)
      #expect(try await !planner.plan(Things(json: Self.things), for: catalog).summary.hasChanges)
    }
    let mark = port.now.integrations["my-jira"]?["arePortResourcesInitialized"]
    #expect(mark.map { String(decoding: $0, as: UTF8.self) } == (isKept ? "true" : nil))
  }

  @Test(arguments: [false, true])
  func writesAndDeletesWhatIsOwnedAndNotFound(isNothingFound: Bool) async throws {
    var state = Self.start()
    if !isNothingFound { for name in ["e-3", "e-30"] { state.entities[EntityKey("service", name)] = nil } }
    let port = FakePort(state) { request, _ in
      isNothingFound && request.target.contains("entities/search")
        ? .instead([.answer(200, #"{"ok":true,"entities":[]}"#)]) : nil
    }
    let report = try await port.run { catalog, _ in try await Self.sync(Self.things, to: catalog) }
    #expect(report.isDone)
    #expect(Set(port.now.entities.keys.map(\.identifier)) == Set((10..<70).map { "e-\($0)" }))
  }

  @Test func namesWhatIsRefused() async throws {
    let port = FakePort(Self.start())
    let things = "[" + ["e-1", "bad-1", "poison"].map { Self.thing($0, "x") }.joined(separator: ",") + "]"
    let report = try await port.run { catalog, _ in try await Self.sync(things, to: catalog) }
    #expect(report.result.state == .failed)
    #expect(Set(report.failures.map(\.key.identifier)) == ["bad-1", "poison"])
    #expect(
      Set(report.failures.map(\.refusal.message)) == ["bad-1 is bad", "one of them is poison"])
  }
}
