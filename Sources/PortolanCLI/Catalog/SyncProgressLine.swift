import Portolan
import PortolanCatalog
import Synchronization

/// How far a sync is: a line that changes on a terminal, one line a blueprint elsewhere.
final class SyncProgressLine: Sendable {
  private struct State {
    var line = LiveLine()
    var last: SyncProgress?
  }

  private let state: Mutex<State>

  init() {
    state = Mutex(State())
  }

  /// Shows how far it is.
  func show(_ progress: SyncProgress) {
    state.withLock { state in
      let last = state.last
      state.last = progress
      guard !state.line.isSeen else {
        state.line.show(Self.text(progress, after: state.line.elapsed))
        return
      }
      if let last, last.phase != progress.phase || last.blueprint != progress.blueprint { Self.report(last) }
    }
  }

  /// Ends it.
  func end() {
    state.withLock { state in
      if !state.line.isSeen, let last = state.last { Self.report(last) }
      state.line.clear()
      state.last = nil
    }
  }

  private static func report(_ progress: SyncProgress) {
    StandardStream.error.write(TextColumns.oneLine(counts(progress)) + "\n")
  }

  /// `writing jiraIssue: 120 of 1,204, 2 refused`
  static func counts(_ progress: SyncProgress) -> String {
    let what = progress.phase == .setup ? "setting up" : progress.phase.rawValue
    let name = progress.blueprint.isEmpty ? "" : " \(progress.blueprint)"
    let failed = progress.failed > 0 ? ", \(progress.failed.grouped) refused" : ""
    return "\(what)\(name): \(progress.done.grouped) of \(progress.total.grouped)\(failed)"
  }

  /// The counts, the rate and the time left.
  static func text(_ progress: SyncProgress, after seconds: Double) -> String {
    let rate = Double(progress.done) / max(seconds, 0.001)
    guard progress.done > 0, progress.total > progress.done, rate > 0 else { return counts(progress) }
    let left = Double(progress.total - progress.done) / rate
    let time = left < 90 ? "\(Int(left) + 1) s" : "\(Int(left / 60) + 1) min"
    return "\(counts(progress)), \(Int(rate).grouped) a second, \(time) left"
  }
}
