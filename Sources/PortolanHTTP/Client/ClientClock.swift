import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Time and chance, as a client sees them. Tests give their own, so that no test waits.
package struct ClientClock: Sendable {
  /// Seconds since some moment; they never go back.
  package var now: @Sendable () -> Double
  /// Seconds since 1970, as the computer's calendar has it.
  package var date: @Sendable () -> Double
  /// Waits that many seconds; throws `CancellationError`.
  package var sleep: @Sendable (_ seconds: Double) async throws -> Void
  /// A number of 0 ..< 1.
  package var random: @Sendable () -> Double

  /// Creates a clock.
  package init(
    now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (_ seconds: Double) async throws -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.date = date
    self.sleep = sleep
    self.random = random
  }

  /// The computer's own.
  package static let system: ClientClock = {
    let start = ContinuousClock.now
    return ClientClock(
      now: { (ContinuousClock.now - start).inSeconds },
      date: { Date().timeIntervalSince1970 },
      sleep: { try await Task.sleep(for: .seconds(max(0, min($0, 1e9)))) },
      random: { Double.random(in: 0..<1) })
  }()
}

extension Duration {
  /// It in seconds.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
