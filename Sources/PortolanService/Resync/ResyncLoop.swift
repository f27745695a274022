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

  /// Is told that a resync has ended.
  package typealias Listener = @Sendable () -> Void

  private let policy: Policy
  private let perform: @Sendable (String) async -> Void
  private var running: Task<Void, Never>?
  private var waiting: String?
  /// Those who want to know that the one that runs has ended.
  private var listeners: [Listener] = []
  /// Those who want to know that the one that waits has ended.
  private var waitingListeners: [Listener] = []
  private var isClosed = false

  /// Creates a loop; `perform` runs a resync, and is told why.
  package init(policy: Policy, perform: @escaping @Sendable (String) async -> Void) {
    self.policy = policy
    self.perform = perform
  }

  /// Asks for a resync.
  ///
  /// - Parameters:
  ///   - reason: why, in words that follow a colon.
  ///   - ended: called when it has ended, whatever came of it, or the one that took its place; never where the service
  ///     ends before.
  /// - Returns: what becomes of the request.
  @discardableResult
  package func request(_ reason: String, ended: Listener? = nil) -> Admission {
    guard !isClosed else { return .closed }
    let new = [ended].compactMap(\.self)
    guard let running else {
      listeners = new
      begin(reason)
      return .begun
    }
    let isFirst = waiting == nil
    waiting = waiting ?? reason
    waitingListeners += new
    guard policy == .replace else { return isFirst ? .queued : .joined }
    // Whoever asked for the one that runs has to wait for the other.
    waitingListeners = listeners + waitingListeners
    listeners = []
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
    (listeners, waitingListeners) = ([], [])
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
    for listener in listeners { listener() }
    (listeners, waitingListeners) = (waitingListeners, [])
    guard let reason = waiting, !isClosed else { return }
    waiting = nil
    begin(reason)
  }
}
