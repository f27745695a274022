import Foundation
import Logging
import Portolan
import PortolanCatalog
import RawJSON
import Synchronization
import TestSupport
import Testing

@testable import PortolanEvents

/// An API that has issues, and can be asked for one of them.
final class IssueAPI: EventFetcher {
  private let issues = Mutex<[String: String]>([:])
  private let failures = Mutex<[any Error]>([])
  private let asked = Mutex(0)

  var count: Int { asked.withLock { $0 } }

  func set(_ key: String, _ json: String?) { issues.withLock { $0[key] = json } }

  func fail(_ error: any Error) { failures.withLock { $0.append(error) } }

  func objects(of event: RawEvent) throws -> [EventObject] { [] }

  func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage? {
    asked.withLock { $0 += 1 }
    if let error = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw error }
    return issues.withLock { $0[object.key] }.map { RawPage(Array($0.utf8), objectsAt: .object) }
  }

  func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
    let all = issues.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
    return AsyncThrowingStream { continuation in
      continuation.yield(RawPage(Array("[\(all.joined(separator: ","))]".utf8)))
      continuation.finish()
    }
  }
}

/// A catalog, an API and what applies events between them.
final class Bench: Sendable {
  static let config = """
    resources:
      - kind: issue
        selector: {query: .open}
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: '"issue"'
              properties: {status: .status}
              relations: {main: .main}
      - kind: issue
        selector: {query: 'true'}
        port:
          itemsToParse: .logs
          entity:
            mappings: {identifier: .item, blueprint: '"log"'}
    """

  let folder: TemporaryFolder
  let catalog: LocalCatalog
  let api = IssueAPI()
  let inbox: EventInbox
  let gate = WriteGate()
  let clock = SetClock()
  let applier: EventApplier
  let mapping: CompiledMapping

  init(blueprints: [String] = ["issue", "log"]) async throws {
    folder = try TemporaryFolder()
    catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    for (name, relations) in [("log", "{}"), ("issue", #"{"main":{"target":"log"}}"#)]
    where blueprints.contains(name) {
      let schema = #"{"properties":{"status":{"type":"string"}},"required":[]}"#
      try await catalog.createBlueprint(
        Array(#"{"identifier":"\#(name)","schema":\#(schema),"relations":\#(relations)}"#.utf8))
    }
    inbox = try Inboxes.open(folder.path + "/events.db", clock)
    mapping = CompiledMapping(try PortAppConfig(yaml: Array(Self.config.utf8), file: "config.yml"))
    let run = CatalogRun(
      id: "events", owner: Inboxes.owner, config: Self.config, configPath: "config.yml", startedAt: 0)
    applier = EventApplier(mapping, fetcher: api, catalog: catalog, run: run, gate: gate, memory: inbox)
  }

  func work(_ key: String, _ json: String? = nil, deleted: Bool = false, attempts: Int = 0) -> EventWork {
    EventWork(
      source: "jira",
      object: EventObject(
        kind: "issue", key: key, json: Array((json ?? #"{"id":"\#(key)"}"#).utf8), isDeleted: deleted),
      numbers: [], receivedAt: 0, attempts: attempts)
  }

  /// The identifiers and statuses of all entities.
  func entities() async throws -> [String] {
    try await catalog.list(blueprint: nil, after: nil, limit: 1000).map { entity in
      let status = JSONView(valid: entity.json)["properties"]?["status"]?.text
      return "\(entity.key)\(status.map { "=\($0)" } ?? "")"
    }
  }

  func resync() async throws -> SyncReport {
    var options = Sync<LocalCatalog>.Options()
    options.gate = gate
    return try await Planner(mapping, owner: Inboxes.owner).plan(api, for: catalog)
      .apply(to: catalog, options: options)
  }
}

@Suite struct EventApplierTests {
  @Test func writesTheObjectAsItIsNow() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"status":"doing","logs":["a"]}"#)
    let effect = try await bench.applier.apply(bench.work("1", #"{"id":"1","open":true,"status":"old"}"#))
    #expect(effect.written == [EntityKey("issue", "1"), EntityKey("log", "a")])
    #expect(try await bench.entities() == ["issue/1=doing", "log/a"])
  }

  @Test func deletesWhatVanished() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"logs":["a","b"]}"#)
    _ = try await bench.applier.apply(bench.work("1"))
    bench.api.set("1", nil)
    // The event knows nothing of the logs; what the object made before is remembered.
    let effect = try await bench.applier.apply(bench.work("1", deleted: true))
    #expect(effect.isGone)
    #expect(try await bench.entities().isEmpty)
  }

  @Test func deletesWhatItNeverSawByTheEventsOwnObject() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"logs":[]}"#)
    _ = try await bench.resync()
    #expect(try await bench.entities() == ["issue/1"])
    bench.api.set("1", nil)
    _ = try await bench.applier.apply(bench.work("1", deleted: true))
    #expect(try await bench.entities().isEmpty)
  }

  @Test func deletesWhatIsNotSelectedAnyMoreOrNotMade() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"logs":["a","b"]}"#)
    _ = try await bench.applier.apply(bench.work("1"))
    bench.api.set("1", #"{"id":"1","open":false,"logs":["b","c"]}"#)
    let effect = try await bench.applier.apply(bench.work("1"))
    #expect(Set(effect.deleted) == [EntityKey("issue", "1"), EntityKey("log", "a")])
    #expect(try await bench.entities() == ["log/b", "log/c"])
  }

  @Test func deletesNothingThatSomebodyElseOwns() async throws {
    let bench = try await Bench()
    _ = try await bench.catalog.upsert(
      [Array(#"{"identifier":"1","blueprint":"issue"}"#.utf8)], of: "issue", UpsertOptions(),
      datasource: "somebody")
    let effect = try await bench.applier.apply(bench.work("1", deleted: true))
    #expect(effect.deleted.isEmpty)
    #expect(try await bench.entities() == ["issue/1"])
  }

  @Test func keepsWhatItCannotJudge() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"status":"doing","logs":["a"]}"#)
    _ = try await bench.applier.apply(bench.work("1"))
    // The selector gives null, and there is no list.
    bench.api.set("1", #"{"id":"1"}"#)
    let effect = try await bench.applier.apply(bench.work("1"))
    #expect(effect.problems.count == 2)
    #expect(try await bench.entities() == ["issue/1=doing", "log/a"])
  }

  @Test func believesTheAPIAboutADeletionOnlyAfterAWhile() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"status":"restored","logs":[]}"#)
    for attempts in 0..<3 {
      await #expect(throws: EventProblem.stillThere) {
        try await bench.applier.apply(bench.work("1", deleted: true, attempts: attempts))
      }
    }
    _ = try await bench.applier.apply(bench.work("1", deleted: true, attempts: 3))
    #expect(try await bench.entities() == ["issue/1=restored"])
  }

  @Test func doesNothingForAKindThatIsNotMapped() async throws {
    let bench = try await Bench()
    var work = bench.work("1")
    work.object.kind = "board"
    #expect(try await bench.applier.apply(work) == EventEffect())
    #expect(bench.api.count == 0)
  }

  @Test func asksAgainWhereASyncWroteMeanwhile() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"status":"new","logs":[]}"#)
    let (gate, key) = (bench.gate, EntityKey("issue", "1"))
    let wrote = try await gate.ask { moment in
      #expect(await gate.enter([key]).isEmpty)
      await gate.leave([key])
      return try await gate.write([key], askedAt: moment) { true }
    }
    #expect(wrote == nil)
    #expect(try await gate.ask { try await gate.write([key], askedAt: $0) { true } } == true)
    #expect(try await bench.applier.apply(bench.work("1")).written == [key])
  }

  /// A sync that read before events wrote must not put back, change back or delete what they wrote.
  @Test func staysAsEventsLeftItThroughAResync() async throws {
    let bench = try await Bench()
    for key in ["1", "2", "3"] {
      bench.api.set(key, #"{"id":"\#(key)","open":true,"status":"old","logs":[]}"#)
    }
    _ = try await bench.resync()
    bench.api.set("4", #"{"id":"4","open":true,"status":"old","logs":[]}"#)
    bench.api.set("2", #"{"id":"2","open":true,"status":"changed","logs":[]}"#)
    await bench.gate.beginSync()
    let plan = try await Planner(bench.mapping, owner: Inboxes.owner).plan(bench.api, for: bench.catalog)
    // After it has read: 1 is changed, 2 is gone, 3 is changed, 4 is gone before it was written, 5 is new.
    bench.api.set("1", #"{"id":"1","open":true,"status":"new","logs":[]}"#)
    bench.api.set("2", nil)
    bench.api.set("4", nil)
    bench.api.set("5", #"{"id":"5","open":true,"status":"new","logs":[]}"#)
    for key in ["1", "2", "4", "5"] {
      _ = try await bench.applier.apply(bench.work(key, deleted: ["2", "4"].contains(key)))
    }
    var options = Sync<LocalCatalog>.Options()
    options.gate = bench.gate
    let report = try await plan.apply(to: bench.catalog, options: options)
    await bench.gate.endSync()
    #expect(report.result.state == .completed)
    #expect(report.overtaken == 2)
    #expect(try await bench.entities() == ["issue/1=new", "issue/3=old", "issue/5=new"])
  }

  /// An event's relation may create bare what a sync is about to create.
  @Test func letsAResyncFillWhatARelationCreatedMeanwhile() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"logs":["a"]}"#)
    await bench.gate.beginSync()
    let plan = try await Planner(bench.mapping, owner: Inboxes.owner).plan(bench.api, for: bench.catalog)
    bench.api.set("2", #"{"id":"2","open":true,"logs":[],"main":"a"}"#)
    _ = try await bench.applier.apply(bench.work("2"))
    #expect(try await bench.entities() == ["issue/2", "log/a"])
    var options = Sync<LocalCatalog>.Options()
    options.gate = bench.gate
    let report = try await plan.apply(to: bench.catalog, options: options)
    await bench.gate.endSync()
    #expect(report.result.state == .completed)
    #expect(try await bench.entities() == ["issue/1", "issue/2", "log/a"])
  }
}

/// What a worker said of its work.
private final class Notices: Sendable {
  let list = Mutex<[String]>([])
}

@Suite struct EventWorkerTests {
  private func worker(
    _ bench: Bench, attempts: Int = 3, notices: Notices
  ) -> EventWorker {
    var options = EventWorker.Options()
    options.pauses.first = 10
    options.pauses.attempts = attempts
    options.pauses.attemptsWhenRefused = 2
    options.grace = 5
    return EventWorker(
      bench.inbox, options: options, log: .init(label: "test") { _ in SwiftLogNoOpLogHandler() },
      hears: { notice in
        let word =
          switch notice.outcome {
          case .applied: "applied"
          case .retried: "retried"
          case .buried: "buried"
          }
        notices.list.withLock { $0.append("\(word) \(notice.work.object.key)") }
      }, apply: bench.applier.apply)
  }

  /// Runs a worker until so much has become of its work.
  private func run(_ bench: Bench, until count: Int, attempts: Int = 3) async throws -> [String] {
    let notices = Notices()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let worker = worker(bench, attempts: attempts, notices: notices)
      group.addTask { await worker.run() }
      let end = ContinuousClock.now + .seconds(60)
      while notices.list.withLock({ $0.count }) < count, .now < end {
        try await Task.sleep(for: .milliseconds(5))
        bench.clock.advance(5)
      }
      group.cancelAll()
      try await group.waitForAll()
    }
    return notices.list.withLock { $0 }
  }

  @Test func appliesWhatWaits() async throws {
    let bench = try await Bench()
    for key in 0..<40 {
      bench.api.set("\(key)", #"{"id":"\#(key)","open":true,"logs":[]}"#)
      _ = try await bench.inbox.add(Inboxes.event("\(key)"))
    }
    let notices = try await run(bench, until: 40)
    #expect(Set(notices) == Set((0..<40).map { "applied \($0)" }))
    #expect(try await bench.entities().count == 40)
    #expect(await bench.inbox.state == InboxCounts.none)
  }

  @Test func triesAgainWhatFailed() async throws {
    let bench = try await Bench()
    bench.api.set("1", #"{"id":"1","open":true,"logs":[]}"#)
    bench.api.fail(CatalogError(.unavailable, "it is away"))
    bench.api.fail(CatalogError(.unavailable, "it is away"))
    _ = try await bench.inbox.add(Inboxes.event("1"))
    let notices = try await run(bench, until: 3)
    #expect(notices == ["retried 1", "retried 1", "applied 1"])
    #expect(try await bench.entities() == ["issue/1"])
  }

  @Test func givesUpWhatFailsForGood() async throws {
    let bench = try await Bench()
    for _ in 0..<9 { bench.api.fail(CatalogError(.unavailable, "it is away")) }
    _ = try await bench.inbox.add(Inboxes.event("1"))
    let notices = try await run(bench, until: 3)
    #expect(notices == ["retried 1", "retried 1", "buried 1"])
    let letters = try await DeadLetters(inbox: bench.inbox).list()
    #expect(letters.map(\.attempts) == [3])
    #expect(letters.first?.error.contains("it is away") == true)
  }

  @Test func givesUpSoonerWhatIsRefused() async throws {
    let bench = try await Bench()
    for _ in 0..<9 { bench.api.fail(CatalogError(.refused, "no")) }
    _ = try await bench.inbox.add(Inboxes.event("1"))
    #expect(try await run(bench, until: 2) == ["retried 1", "buried 1"])
  }

  @Test func waitsForTheFirstResyncThatCreatesBlueprints() async throws {
    let bench = try await Bench(blueprints: [])
    bench.api.set("1", #"{"id":"1","open":true}"#)
    _ = try await bench.inbox.add(Inboxes.event("1"))
    #expect(try await run(bench, until: 3, attempts: 4) == ["retried 1", "retried 1", "retried 1"])
  }

  @Test func waitsWhereTheCatalogSaysThatItMissesSomething() async throws {
    let bench = try await Bench()
    for _ in 0..<9 { bench.api.fail(CatalogError(.notFound, "no blueprint")) }
    _ = try await bench.inbox.add(Inboxes.event("1"))
    #expect(try await run(bench, until: 2, attempts: 3) == ["retried 1", "retried 1"])
  }
}
