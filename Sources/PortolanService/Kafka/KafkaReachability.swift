import Logging
import PortolanKafka
import Synchronization

/// Says once that Kafka's brokers went away, and once that they are back, however often it is told.
final class KafkaReachability: Sendable {
  private let part: String
  private let health: HealthState
  private let log: Logger
  private let isLost = Mutex(false)

  /// Begins; nothing is wrong.
  ///
  /// - Parameters:
  ///   - part: what the part of the service is called that needs the brokers.
  ///   - health: what is told that this part cannot work.
  ///   - log: where it is said.
  init(part: String, health: HealthState, log: Logger) {
    self.part = part
    self.health = health
    self.log = log
  }

  /// Hears what a client of Kafka reports.
  func hear(_ error: KafkaError) {
    guard error.isLossOfBrokers || error.kind == .refused else { return log.debug("Kafka: \(error)") }
    lose("\(error)")
  }

  /// Takes the brokers for lost.
  func lose(_ problem: String) {
    health.set(part, problem: problem)
    let isNew = isLost.withLock { isLost in
      defer { isLost = true }
      return !isLost
    }
    if isNew { log.warning("Kafka cannot be used at the moment, and is tried again: \(problem)") }
  }

  /// Takes the brokers for there.
  func recover() {
    health.set(part, problem: nil)
    let wasLost = isLost.withLock { isLost in
      defer { isLost = false }
      return isLost
    }
    if wasLost { log.info("Kafka can be used again") }
  }
}
