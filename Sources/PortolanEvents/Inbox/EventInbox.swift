import GRDB
import Portolan
import PortolanCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Live events in an SQLite file on this machine.
///
/// What comes while the disk is at work is written together when it is done: one wait for the disk serves all of it. What
/// was given out and not finished is given out again by the next process that opens the file; one has it open at a time.
package actor EventInbox: EventQueue {
  /// How much an inbox holds.
  package struct Limits: Sendable {
    /// How many events may wait.
    package var events = 1_000_000
    /// How many bytes of objects may wait.
    package var bytes = 2 << 30
    /// How many events may wait for the disk.
    package var writing = 20_000
    /// How many are written at once.
    package var batch = 512
    /// How many seconds pass at most before work is tried again.
    package var longestPause = RetryPauses().longest
    /// After how many seconds work is given out again of which it could not be written what became of it.
    package var pauseAfterFailure = 5.0
    /// For how many seconds a delivery is remembered, so that it is known when it comes again.
    package var memory = 3 * 86_400.0
    /// How many deliveries are remembered at most.
    package var deliveries = 2_000_000

    package init() {}
  }

  /// The file.
  package nonisolated let path: String
  let pool: DatabasePool
  private let owner: Datasource
  private let limits: Limits
  private let clock: @Sendable () -> Double
  private let elapsed: @Sendable () -> Double
  /// The time when ``elapsed`` would have been 0, by which work is due.
  private let origin: Double
  private let locks = RunLocks()
  private let wakeup = Wakeup()

  private var waiting: [Waiting] = []
  private var isWriting = false
  private var isClosed = false
  /// What is given out.
  private var claimed: Set<ObjectName> = []
  private var counts: InboxCounts
  private var forgotAt = -Double.infinity

  private struct Waiting {
    var change: InboxWriter.Change
    var continuation: CheckedContinuation<Result<Admission, EventQueueError>, Never>
  }

  /// Opens the inbox at `path` for the integration `owner`, and creates it where there is none.
  ///
  /// `clock` gives the seconds since 1970, and may be set back at any time: nothing waits longer for it. `elapsed` gives
  /// the seconds since any moment, and only grows.
  ///
  /// - Throws: ``EventQueueError/unavailable(_:)``, also where another process works with it.
  package init(
    path: String, for owner: Datasource, limits: Limits = Limits(),
    clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
    elapsed: @escaping @Sendable () -> Double = EventInbox.uptime
  ) throws(EventQueueError) {
    self.path = path
    self.owner = owner
    self.limits = limits
    self.clock = clock
    self.elapsed = elapsed
    do {
      try locks.lock(owner, of: path, at: Date(timeIntervalSince1970: clock()).ISO8601Format())
    } catch {
      throw error.kind == .busy
        ? .unavailable("another process works with the events in \(path); end it, or wait for its end")
        : .unavailable(error.message)
    }
    pool = try InboxFile.open(path)
    do {
      let longestPause = limits.longestPause
      let latest: Double
      (counts, latest) = try pool.read { database in
        (try InboxCounts(database), try WaitingWork.latest(database, longestPause))
      }
      origin = max(clock(), latest) - elapsed()
    } catch {
      throw EventQueueError(error, path)
    }
  }

  /// The seconds since the process began to count them.
  package static let uptime: @Sendable () -> Double = {
    let start = ContinuousClock.now
    return { (ContinuousClock.now - start) / .seconds(1) }
  }()

  /// The time by which work is due: that of the clock when the inbox was opened, or of what had come by then if that is
  /// later, and what has passed since.
  private var now: Double { origin + elapsed() }

  /// What waits at the moment.
  package var state: InboxCounts { counts }

  package var deadLetters: Int? {
    get async { try? await DeadLetters(inbox: self).count() }
  }

  /// Takes nothing more, and ends when what is under way is written.
  package func close() async {
    isClosed = true
    wakeup.signal()
    while isWriting { try? await Task.sleep(for: .milliseconds(5)) }
    try? pool.close()
    locks.unlock(owner)
  }
}

// MARK: The queue

extension EventInbox {
  package func add(_ event: QueuedEvent) async throws(EventQueueError) -> Admission {
    guard counts.events < limits.events, counts.bytes < limits.bytes else { throw .full }
    let admission = try await write(.add(event, due: min(event.receivedAt, now)))
    if admission == .kept, case .objects(let objects) = event.content {
      counts.events += objects.count
      counts.bytes += objects.reduce(0) { $0 + $1.json.count }
      wakeup.signal()
    }
    return admission
  }

  package func take(_ limit: Int) async throws(EventQueueError) -> [EventWork] {
    while !Task.isCancelled, !isClosed {
      let now = now
      let work = try await due(limit, at: now)
      if !work.isEmpty {
        claimed.formUnion(work.map(ObjectName.init))
        return work
      }
      // Another process may have put a dead letter back: it is looked for now and then.
      await wakeup.wait(atMost: try await nextDue(after: now))
    }
    return []
  }

  package func finish(_ work: EventWork) async throws(EventQueueError) {
    try await settle(work, .finish(work))
  }

  package func retry(
    _ work: EventWork, after seconds: Double, because error: String
  ) async throws(EventQueueError) {
    try await settle(work, .retry(work, due: now + seconds, error: error))
  }

  package func bury(_ work: EventWork, because error: String) async throws(EventQueueError) {
    try await settle(work, .bury(work, at: clock(), error: error))
  }

  /// Remembers which entities were made of an object.
  package func remember(_ entities: [MadeEntity], of work: EventWork) async throws(EventQueueError) {
    _ = try await write(.made(work, entities))
  }

  /// The entities that were last made of an object.
  package func made(of work: EventWork) async throws(EventQueueError) -> [MadeEntity] {
    try await read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: "SELECT blueprint, identifier FROM made WHERE source = ? AND kind = ? AND key = ?"),
        arguments: [work.source, work.object.kind, work.object.key]
      ).map { MadeEntity(blueprint: $0[0], identifier: $0[1]) }
    }
  }

  private func settle(_ work: EventWork, _ change: InboxWriter.Change) async throws(EventQueueError) {
    do throws(EventQueueError) {
      _ = try await write(change)
    } catch {
      giveOutAgain(work, after: limits.pauseAfterFailure)
      throw error
    }
    claimed.remove(ObjectName(work))
    if case .retry = change {
    } else {
      counts.events -= work.numbers.count
      counts.bytes -= work.bytes
    }
    wakeup.signal()
  }
}

extension EventInbox {
  /// Gives work out again in a while, of which it could not be written what became of it.
  private func giveOutAgain(_ work: EventWork, after seconds: Double) {
    Task {
      try? await Task.sleep(for: .seconds(seconds))
      claimed.remove(ObjectName(work))
      wakeup.signal()
    }
  }
}

// MARK: Reading

extension EventInbox {
  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(EventQueueError) -> Value {
    do {
      return try await pool.read(body)
    } catch {
      throw EventQueueError(error, path)
    }
  }

  private func due(_ limit: Int, at now: Double) async throws(EventQueueError) -> [EventWork] {
    let claimed = claimed
    let found = try await read { database in
      try WaitingWork.fetch(limit, at: now, without: claimed, database)
    }
    // What was claimed while this was read is left out, too: there is one who takes, and nobody else claims.
    return found.filter { !self.claimed.contains(ObjectName($0)) }
  }

  /// For how many seconds nothing is due: five at most.
  private func nextDue(after now: Double) async throws(EventQueueError) -> Double {
    let next = try await read { database in
      try Double.fetchOne(
        database, sql: "SELECT due FROM object WHERE due > ? ORDER BY due LIMIT 1", arguments: [now])
    }
    return min(5, max(0.001, (next ?? .infinity) - self.now))
  }
}

// MARK: Writing

extension EventInbox {
  /// Makes a change; it is on the disk when this returns.
  private func write(_ change: InboxWriter.Change) async throws(EventQueueError) -> Admission {
    guard !isClosed else { throw .closed }
    guard waiting.count < limits.writing else { throw .full }
    let result = await withCheckedContinuation { continuation in
      waiting.append(Waiting(change: change, continuation: continuation))
      guard !isWriting else { return }
      isWriting = true
      Task { await writeAll() }
    }
    return try result.get()
  }

  private func writeAll() async {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(limits.batch))
      waiting.removeFirst(batch.count)
      let result = await commit(batch.map(\.change) + forgetting())
      for (place, one) in batch.enumerated() {
        one.continuation.resume(returning: result.map { $0[place] })
      }
    }
    isWriting = false
  }

  private func commit(_ changes: [InboxWriter.Change]) async -> Result<[Admission], EventQueueError> {
    do {
      return .success(
        try await pool.write { database in
          let writer = InboxWriter(database: database)
          return try changes.map { try writer.make($0) }
        })
    } catch {
      return .failure(EventQueueError(error, path))
    }
  }

  /// Once an hour, deliveries whose time is over are forgotten.
  private func forgetting() -> [InboxWriter.Change] {
    let now = clock()
    guard now - forgotAt > 3600 else { return [] }
    forgotAt = now
    return [.forget(before: now - limits.memory, keeping: limits.deliveries)]
  }
}

/// What an object is known by in an inbox.
struct ObjectName: Hashable, Sendable {
  var source: String
  var kind: String
  var key: String

  init(source: String, kind: String, key: String) {
    self.source = source
    self.kind = kind
    self.key = key
  }

  init(_ work: EventWork) {
    self.init(source: work.source, kind: work.object.kind, key: work.object.key)
  }
}
