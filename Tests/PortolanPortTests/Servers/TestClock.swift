import PortolanHTTP
import Synchronization

/// Time that passes only while somebody sleeps, and then at once.
final class TestClock: Sendable {
  /// Seconds since 1970 when a test begins.
  static let start = 1_800_000_000.0

  private let state = Mutex((now: 0.0, sleeps: [Double]()))

  /// Every sleep so far, in seconds.
  var sleeps: [Double] { state.withLock { $0.sleeps } }

  /// Lets time pass.
  func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

  /// The clock as a client has it.
  var clock: ClientClock {
    ClientClock(
      now: { self.state.withLock { $0.now } }, date: { Self.start + self.state.withLock { $0.now } },
      sleep: { seconds in
        try Task.checkCancellation()
        self.state.withLock { state in
          state.sleeps.append(seconds)
          state.now += seconds
        }
        await Task.yield()
      }, random: { 1 })
  }
}
