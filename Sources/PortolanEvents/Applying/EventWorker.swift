import Logging
import Portolan
import PortolanCatalog

/// Takes events out of a queue and applies them, several objects at the same time, each object's in their order.
package struct EventWorker: Sendable {
  /// What may be said about a worker.
  package struct Options: Sendable {
    /// How many objects are worked on at the same time.
    package var concurrency = 8
    /// For how many seconds one object may be worked on.
    package var timeLimit = 90.0
    /// How many seconds what is under way has when the worker is to end.
    package var grace = 20.0
    /// When work that failed is tried again.
    package var pauses = RetryPauses()

    package init() {}
  }

  private let queue: any EventQueue
  private let apply: @Sendable (EventWork) async throws -> EventEffect
  private let options: Options
  private let log: Logger
  private let news: EventLog
  private let hears: @Sendable (WorkNotice) -> Void

  /// Prepares a worker.
  ///
  /// - Parameters:
  ///   - queue: what is worked off.
  ///   - options: what may be said about it.
  ///   - log: where it says what it does.
  ///   - hears: is told what became of each object.
  ///   - apply: applies what waits of one object.
  package init(
    _ queue: any EventQueue, options: Options = Options(), log: Logger,
    hears: @escaping @Sendable (WorkNotice) -> Void = { _ in },
    apply: @escaping @Sendable (EventWork) async throws -> EventEffect
  ) {
    self.queue = queue
    self.options = options
    self.log = log
    news = EventLog(log)
    self.hears = hears
    self.apply = apply
  }

  /// Works until the task is cancelled. What is under way then is finished, if it does not take too long; what is not
  /// finished is given out again by the queue.
  package func run() async {
    let underWay = WorkUnderWay()
    let sums = Task { [news] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(EventLog.window))
        news.sum()
      }
    }
    while !Task.isCancelled {
      await underWay.waitForRoom(options.concurrency)
      for work in await take(options.concurrency - underWay.count) {
        underWay.begin { await self.work(on: work) }
      }
    }
    await underWay.end(within: options.grace)
    sums.cancel()
    await sums.value
  }

  private func take(_ limit: Int) async -> [EventWork] {
    do {
      return try await queue.take(max(1, limit))
    } catch {
      guard error != .closed, !Task.isCancelled else { return [] }
      log.error("events wait: \(error)")
      try? await Task.sleep(for: .seconds(1))
      return []
    }
  }

  /// Works on one object, and tells the queue what became of it.
  private func work(on work: EventWork) async {
    let start = ContinuousClock.now
    let outcome: WorkNotice.Outcome
    do {
      let effect = try await TimeLimit.run(options.timeLimit) { try await apply(work) }
      try await queue.finish(work)
      news.say(effect, of: work)
      outcome = .applied(effect)
    } catch is CancellationError {
      return
    } catch {
      outcome = await fail(work, error)
    }
    hears(WorkNotice(work: work, outcome: outcome, seconds: start.duration(to: .now) / .seconds(1)))
  }

  private func fail(_ work: EventWork, _ error: any Error) async -> WorkNotice.Outcome {
    let failures = work.attempts + 1
    let reason = error.inOneLine
    let isOver = options.pauses.isOver(after: failures, error)
    do {
      guard isOver else {
        let pause = options.pauses.pause(after: work.attempts)
        news.sayRetry(of: work, after: pause, because: reason)
        try await queue.retry(work, after: pause, because: reason)
        return .retried(reason)
      }
      log.error(
        "\(work.name) is given up after \(failures) attempts, and kept as a dead letter (`portolan events list`): \(reason)",
        metadata: work.metadata)
      try await queue.bury(work, because: reason)
      return .buried(reason)
    } catch {
      // It is still in the queue, and given out again when that works.
      log.error("\(work.name): \(error)", metadata: work.metadata)
      return .retried(reason)
    }
  }
}

/// What became of an object's events.
package struct WorkNotice: Sendable {
  /// How it went.
  package enum Outcome: Sendable {
    /// It is in the catalog.
    case applied(EventEffect)
    /// It failed, and is tried again.
    case retried(String)
    /// It failed, and is given up.
    case buried(String)
  }

  /// The object, and what waited of it.
  package var work: EventWork
  /// How it went.
  package var outcome: Outcome
  /// How long it took, in seconds.
  package var seconds: Double
}

extension EventWork {
  /// `issue 10042`, for a log.
  var name: String { "\(object.kind) \(TextColumns.oneLine(object.key.shortened(to: 80)))" }

  var metadata: Logger.Metadata { ["kind": "\(object.kind)", "events": "\(numbers.count)"] }
}

extension Error {
  /// What it says, for a line of a log.
  fileprivate var inOneLine: String {
    let problems = (self as? DiagnosticsError)?.diagnostics ?? [self as? Diagnostic].compactMap(\.self)
    if problems.isEmpty { return TextColumns.oneLine("\(self)") }
    return problems.map { TextColumns.oneLine($0.message + ($0.help.map { "; \($0)" } ?? "")) }
      .joined(separator: "; ")
  }

  /// Whether it will not pass by itself: the catalog refuses an entity, or an expression fails. What the catalog misses,
  /// as a blueprint, the next resync may create.
  var isRefusal: Bool {
    switch self as any Error {
    case let problem as EventProblem:
      if case .refused(_, _, let mayPass) = problem { !mayPass } else { false }
    case let error as CatalogError: error.kind == .refused
    case let problem as Diagnostic: !problem.isOfRequest
    case let problems as DiagnosticsError: !problems.diagnostics.contains(where: \.isOfRequest)
    default: false
    }
  }
}

extension Diagnostic {
  /// Whether the API gave no answer, or did not take the credentials: it may be away, or a token about to be replaced.
  fileprivate var isOfRequest: Bool { Self.rulesOfRequests.contains(rule) }

  /// As PortolanHTTP has them, which is not known here.
  private static let rulesOfRequests: Set<Diagnostic.Rule> = [
    .fetchFailed, Diagnostic.Rule("request-failed"), Diagnostic.Rule("not-authorized"),
  ]
}
