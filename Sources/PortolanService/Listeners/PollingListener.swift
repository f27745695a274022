import Logging
import PortolanCatalog

/// Asks a catalog again and again whether somebody wants a resync.
struct PollingListener: Sendable {
  let requests: any ResyncRequests
  let integration: String
  /// How many seconds are between two questions.
  let interval: Double
  let resync: ResyncLoop
  let log: Logger

  /// Asks until the task is cancelled. What was asked for before the first question counts as done: a resync runs at the
  /// start.
  func run(afterStartAt start: String) async {
    var handled = start
    var isReachable = true
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(interval))
      guard !Task.isCancelled else { return }
      do {
        let asked = try await requests.lastResyncRequest(of: integration)
        if !isReachable { log.info("the catalog answers again") }
        isReachable = true
        guard let asked, asked > handled else { continue }
        handled = asked
        say(await resync.request("it was asked for in the catalog at \(asked)"))
      } catch {
        // One line for one fault, however long it lasts.
        if isReachable { log.warning("the catalog does not say whether a resync is wanted: \(error)") }
        isReachable = false
      }
    }
  }

  private func say(_ admission: ResyncLoop.Admission) {
    switch admission {
    case .queued:
      log.info("a resync was asked for in the catalog; it begins when the one that runs has ended")
    case .replacing: log.info("a resync was asked for in the catalog; the one that runs is ended for it")
    case .begun, .joined, .closed: break
    }
  }
}
