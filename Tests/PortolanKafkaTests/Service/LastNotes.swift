import PortolanEvents
import RawJSON
import Synchronization

/// Which event of each object was worked on last, and by whom.
final class LastNotes: Sendable {
  private struct State {
    var notes: [String: Int] = [:]
    var workers: Set<Int> = []
    var outOfOrder = 0
  }

  private let state = Mutex(State())

  /// How keys begin of events that come before those that are looked at.
  static let before = "before"

  var workers: Set<Int> { state.withLock { $0.workers } }
  var outOfOrder: Int { state.withLock { $0.outOfOrder } }

  func note(_ work: EventWork, by worker: Int) {
    let note = JSONView(valid: work.object.json)["note"].flatMap { Int($0.json) } ?? 0
    state.withLock { state in
      state.workers.insert(worker)
      if work.object.key.hasPrefix(Self.before) { return }
      if note < state.notes[work.object.key] ?? 0 { state.outOfOrder += 1 }
      state.notes[work.object.key] = note
    }
  }

  /// Whether the last of `rounds` events of all objects was worked on.
  func areDone(_ objects: Int, _ rounds: Int) -> Bool {
    state.withLock { $0.notes.count == objects && $0.notes.values.allSatisfy { $0 == rounds } }
  }
}
