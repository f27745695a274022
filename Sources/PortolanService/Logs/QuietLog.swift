import Synchronization

/// Says something at most once in a while, whoever makes it happen, and how often it was not said.
final class QuietLog: Sendable {
  private let seconds: Double
  private let state = Mutex<(said: ContinuousClock.Instant?, unsaid: Int)>((nil, 0))

  init(seconds: Double) {
    self.seconds = seconds
  }

  /// Calls `body` if it may be said, with the number of times that it was not.
  func say(_ body: (Int) -> Void) {
    let unsaid = state.withLock { state -> Int? in
      if let said = state.said, said.duration(to: .now) < .seconds(seconds) {
        state.unsaid += 1
        return nil
      }
      defer { state = (.now, 0) }
      return state.unsaid
    }
    if let unsaid { body(unsaid) }
  }
}
