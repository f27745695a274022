import Portolan
import PortolanCatalog
import PortolanHTTP
import RawJSON
import Synchronization

/// Says in Port that a run is at work, again and again while it is, and how it ended.
final class PortRuns: Sendable {
  /// Seconds after which a run says again that it is at work.
  static let renewal = 120.0

  private struct Running: Sendable {
    var lock: RunNotes.Lock?
    var saying: Task<Void, Never>
  }

  private let api: PortAPI
  private let notes: RunNotes
  private let renewal: @Sendable () async throws -> Void
  private let running = Mutex<[String: Running]>([:])

  init(_ api: PortAPI, notes: RunNotes, renewal: @escaping @Sendable () async throws -> Void) {
    self.api = api
    self.notes = notes
    self.renewal = renewal
  }

  deinit {
    for run in running.withLock({ Array($0.values) }) { run.saying.cancel() }
  }

  /// Says that a run begins.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/busy`` where another one is at work.
  func begin(_ run: CatalogRun) async throws {
    let lock = try lock(for: run)
    try await checkIdle(run)
    let start = CatalogTime.text(run.startedAt)
    // Before Port knows of it: whoever is killed in between is still known.
    notes.change { $0.add(start) }
    guard try await Self.say(run, start, api, notes) else {
      // There is no integration of which it could be said.
      return hold(run, Running(lock: lock, saying: Task {}))
    }
    let (api, notes, renewal) = (api, notes, renewal)
    let saying = Task {
      while !Task.isCancelled {
        do {
          try await renewal()
          _ = try await Self.say(run, start, api, notes)
        } catch {
          // Cancelled; or Port cannot be reached, which the run's own writes will tell.
          guard error is CatalogError else { return }
        }
      }
    }
    hold(run, Running(lock: lock, saying: saying))
  }

  /// Says how a run ended, and what config it applied.
  func end(_ run: CatalogRun, _ result: RunResult) async throws {
    let ended = running.withLock { $0.removeValue(forKey: run.id) }
    if let ended {
      ended.saying.cancel()
      // What it said last must not come after what is said now.
      await ended.saying.value
    }
    // The lock is held to the end of this.
    defer { withExtendedLifetime(ended?.lock) {} }
    let answer = try await api.send(
      .write(.patch, Self.path(run), Self.ending(result, at: CatalogTime.text(api.client.clock.date()))))
    if answer.isDone || answer.status == 404 { notes.change { $0.isOpen = false } }
    guard answer.status != 404 else { return }
    guard answer.isDone else { throw answer.problem }
    if result.state != .interrupted { try await store(run) }
  }
}

extension PortRuns {
  private func hold(_ run: CatalogRun, _ new: Running) {
    let old = running.withLock { $0.updateValue(new, forKey: run.id) }
    old?.saying.cancel()
  }

  private func lock(for run: CatalogRun) throws -> RunNotes.Lock? {
    do {
      return try notes.lock()
    } catch {
      throw CatalogError(
        .busy, "another sync of \(run.owner.identifier) is at work on this machine",
        advice: "wait until it has ended")
    }
  }

  private func checkIdle(_ run: CatalogRun) async throws {
    let answer = try await api.send(APIRequest(.get, PortPath.integration(run.owner.identifier)))
    if answer.status == 404 { return }
    guard answer.isDone else { throw answer.problem }
    guard let integration = answer.document?["integration"], let state = ResyncState(integration) else {
      return
    }
    guard state.isAlive(at: answer.date ?? api.client.clock.date()), !state.isTold(by: notes.note) else {
      return
    }
    let since = state.start ?? state.updatedAt ?? ""
    throw CatalogError(
      .busy,
      "another sync of \(run.owner.identifier) is at work since \(answer.line(since)), as \(api.name) says",
      advice: "wait until it has ended; one that says nothing for ten minutes is taken for dead")
  }

  /// Says that a run is at work; false where there is no integration.
  private static func say(
    _ run: CatalogRun, _ start: String, _ api: PortAPI, _ notes: RunNotes
  ) async throws -> Bool {
    let body = JSONWriter.object { body in
      body.add("status", text: "running")
      body.add("lastResyncStart", text: start)
      for name in ["lastResyncEnd", "nextResync", "intervalInMinuets"] {
        body.key(name)
        body.null()
      }
    }
    let answer = try await api.send(.write(.patch, path(run), body))
    if answer.status == 404 { return false }
    guard answer.isDone else { throw answer.problem }
    let state = answer.document?["integration"].flatMap { ResyncState($0) }
    if let updatedAt = state?.updatedAt { notes.change { $0.updatedAt = updatedAt } }
    return true
  }

  private static func ending(_ result: RunResult, at date: String) -> [UInt8] {
    let status =
      switch result.state {
      case .completed: "completed"
      case .failed: "failed"
      case .interrupted: "aborted"
      }
    return JSONWriter.object { body in
      body.add("status", text: status)
      body.add("lastResyncEnd", text: date)
      for name in ["nextResync", "intervalInMinuets"] {
        body.key(name)
        body.null()
      }
    }
  }

  /// Keeps the config with the integration where another one is there. Port must not begin a resync for it.
  private func store(_ run: CatalogRun) async throws {
    guard let json = try? ConfigDocument.json(yaml: Array(run.config.utf8), file: run.configPath),
      JSONView(valid: json).kind == .object
    else { return }
    let path = PortPath.integration(run.owner.identifier)
    guard let integration = try await api.thing(path, "integration") else { return }
    if let stored = integration["config"], JSONComparison.areEqual(stored, JSONView(valid: json)) { return }
    let body = JSONWriter.object { $0.add("config", json: json) }
    try await api.done(
      .write(.patch, "\(path)/config", headers: [APIField("x-skip-resync", "true")], body))
  }

  private static func path(_ run: CatalogRun) -> String {
    "\(PortPath.integration(run.owner.identifier))/resync-state"
  }
}
