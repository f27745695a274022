import Logging
import Portolan
import PortolanCatalog
import Synchronization

/// What a worker says of events: a line for each, as long as there are few; of many, how many more there were.
///
/// A line that is left out is there at the level `debug`.
final class EventLog: Sendable {
  /// For how many seconds lines are counted.
  static let window = 10.0
  /// How many lines of a kind there are in that time.
  static let shown = 20

  private struct Counts {
    var applied = 0
    var written = 0
    var deleted = 0
    var retried = 0
    var reason = ""
    var problems = 0
  }

  private let log: Logger
  private let state = Mutex(Counts())

  init(_ log: Logger) {
    self.log = log
  }

  /// Says what became of an object that was applied.
  func say(_ effect: EventEffect, of work: EventWork) {
    for problem in effect.problems {
      let isShown = state.withLock { count(&$0.problems) }
      log.log(
        level: isShown ? .warning : .debug,
        "\(work.name) makes no entity, and what the catalog has of it stays: \(problem)",
        metadata: work.metadata)
    }
    guard !effect.written.isEmpty || !effect.deleted.isEmpty else {
      return log.debug("\(work.name) changes nothing", metadata: work.metadata)
    }
    let isShown = state.withLock { counts in
      let isShown = count(&counts.applied)
      if !isShown {
        counts.written += effect.written.count
        counts.deleted += effect.deleted.count
      }
      return isShown
    }
    let written = effect.written.map { "\($0) written" }
    let deleted = effect.deleted.map { "\($0) deleted" }
    log.log(
      level: isShown ? .info : .debug, "\(work.name): \((written + deleted).joined(separator: ", "))",
      metadata: work.metadata)
  }

  /// Says that an object is tried again after a pause, in seconds.
  func sayRetry(of work: EventWork, after pause: Double, because reason: String) {
    let isShown = state.withLock { counts in
      counts.reason = reason
      return count(&counts.retried)
    }
    log.log(
      level: isShown ? .warning : .debug, "\(work.name) is tried again in \(Self.words(pause)): \(reason)",
      metadata: work.metadata)
  }

  /// Says how much was left out since this was called the last time.
  func sum() {
    let counts = state.withLock { counts in
      defer { counts = Counts() }
      return counts
    }
    if let more = Self.more(counts.applied) {
      let effects = [(counts.written, "written"), (counts.deleted, "deleted")].filter { $0.0 > 0 }
      log.info(
        "and \(more.counted("more object")) in \(Int(Self.window)) s: \(effects.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", "))"
      )
    }
    if let more = Self.more(counts.retried) {
      log.warning(
        "and \(more.counted("more object")) \(more == 1 ? "is" : "are") tried again, the last one: \(counts.reason)"
      )
    }
    if let more = Self.more(counts.problems) {
      log.warning("and \(more.counted("more object")) \(more == 1 ? "makes" : "make") no entity")
    }
  }

  /// Counts a line; whether it is one of those that are shown.
  private func count(_ lines: inout Int) -> Bool {
    lines += 1
    return lines <= Self.shown
  }

  private static func more(_ lines: Int) -> Int? { lines > shown ? lines - shown : nil }

  private static func words(_ seconds: Double) -> String {
    seconds < 90 ? "\(max(1, Int(seconds.rounded()))) s" : "\(Int((seconds / 60).rounded())) min"
  }
}
