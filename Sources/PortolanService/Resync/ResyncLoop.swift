/// Runs resyncs, one at a time.
///
/// One that is asked for while another runs either waits for its end, and there is at most one that waits, or takes its
/// place.
package actor ResyncLoop {
  /// What becomes of a resync that is asked for while another one runs.
  package enum Policy: String, Sendable, CaseIterable {
    /// It begins when the one that runs has ended.
    case queue
    /// The one that runs is ended, and it begins.
    case replace
  }

  /// What became of a request.
  package enum Admission: Sendable, Hashable {
    /// It begins now.
    case begun
    /// It begins after the one that runs.
    case queued
    /// One that waits already stands for it, too.
    case joined
    /// The one that runs is being ended for it.
    case replacing
    /// The service is ending.
    case closed
  }

  private let policy: Policy
  private let perform: @Sendable (String) async -> Void
  private var running: Task<Void, Never>?
  private var waiting: String?
  private var isClosed = false

  /// Creates a loop; `perform` runs a resync, and is told why.
  package init(policy: Policy, perform: @escaping @Sendable (String) async -> Void) {
    self.policy = policy
    self.perform = perform
  }

  /// Asks for a resync.
  package func request(_ reason: String) -> Admission {
    guard !isClosed else { return .closed }
    guard let running else {
      begin(reason)
      return .begun
    }
    let isFirst = waiting == nil
    waiting = waiting ?? reason
    guard policy == .replace else { return isFirst ? .queued : .joined }
    running.cancel()
    return .replacing
  }

  /// Waits until none runs or waits.
  package func waitForEnd() async {
    while let running { await running.value }
  }

  /// Ends: the one that runs is cancelled, and waited for.
  package func close() async {
    isClosed = true
    waiting = nil
    running?.cancel()
    await waitForEnd()
  }

  private func begin(_ reason: String) {
    running = Task {
      await perform(reason)
      ended()
    }
  }

  private func ended() {
    running = nil
    guard let reason = waiting, !isClosed else { return }
    waiting = nil
    begin(reason)
  }
}
