import PortolanHTTP
import Synchronization

/// Time that passes only while somebody sleeps, and then at once.
final class TestClock: Sendable {
  private struct State {
    var now = 0.0
    var sleeps: [Double] = []
  }

  /// Seconds since 1970 when a test begins.
  static let start = 1_800_000_000.0

  private let state = Mutex(State())
  private let chance: Double

  /// A clock whose chance is always the same.
  init(random: Double = 1) {
    chance = random
  }

  /// Every sleep so far, in seconds.
  var sleeps: [Double] { state.withLock { $0.sleeps } }
  /// Seconds that have passed.
  var now: Double { state.withLock { $0.now } }

  /// Lets time pass.
  func advance(_ seconds: Double) {
    state.withLock { $0.now += seconds }
  }

  /// The clock as a client has it.
  var clock: ClientClock {
    ClientClock(
      now: { self.now }, date: { Self.start + self.now },
      sleep: { seconds in
        try Task.checkCancellation()
        self.state.withLock { state in
          state.sleeps.append(seconds)
          state.now += seconds
        }
        await Task.yield()
      }, random: { self.chance })
  }
}
