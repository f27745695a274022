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

  /// Asks until the task is cancelled.
  ///
  /// What was asked for before it began counts as done: a resync runs at the start. That is what the first answer has, so
  /// that the clocks of the catalog and of this machine need not agree; `start`, the time here, where there is no answer
  /// at first.
  func run(afterStartAt start: String) async {
    var handled: String?
    var isReachable = true
    while !Task.isCancelled {
      do {
        let asked = try await requests.lastResyncRequest(of: integration) ?? ""
        if !isReachable { log.info("the catalog answers again") }
        isReachable = true
        if let known = handled, asked > known {
          say(await resync.request("it was asked for in the catalog at \(asked)"))
        }
        handled = max(handled ?? "", asked)
      } catch {
        // One line for one fault, however long it lasts.
        if isReachable, !Task.isCancelled {
          log.warning("the catalog does not say whether a resync is wanted: \(error)")
        }
        isReachable = false
        handled = handled ?? start
      }
      try? await Task.sleep(for: .seconds(interval))
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
