import Logging
import PortolanKafka

/// Reads in a topic of Kafka that a resync is wanted.
///
/// A request counts as done when its resync has ended, whatever came of it, or the one that took its place. If the process
/// ends before, the next one is asked again.
package struct KafkaListener: Sendable {
  /// How many messages may have come after one whose resync has not ended.
  private static let window = 100_000

  private let settings: KafkaSettings
  private let options: KafkaConsumer.Options
  private let messages: ResyncMessages
  private let reachability: KafkaReachability
  private let log: Logger

  /// Prepares to listen.
  ///
  /// - Parameters:
  ///   - settings: the brokers.
  ///   - topic: the topic.
  ///   - group: the group, in which one process of an integration has the topic.
  ///   - integration: the integration's identifier.
  ///   - health: what is told that the brokers are away.
  ///   - log: where it says what it hears.
  package init(
    _ settings: KafkaSettings, topic: String, group: String, integration: String, health: HealthState,
    log: Logger
  ) {
    self.settings = settings
    var options = KafkaConsumer.Options(group: group, topics: [topic], start: .latest)
    options.window = Self.window
    self.options = options
    messages = ResyncMessages(to: integration, in: topic)
    reachability = KafkaReachability(part: "kafka", health: health, log: log)
    self.log = log
  }

  /// Listens until the task is cancelled.
  ///
  /// - Parameter resync: what is asked for resyncs.
  package func run(_ resync: ResyncLoop) async {
    while !Task.isCancelled {
      do {
        try await listen(resync)
      } catch {
        guard !Task.isCancelled else { return }
        reachability.lose("\(error)")
        try? await Task.sleep(for: .seconds(5))
      }
    }
  }

  private func listen(_ resync: ResyncLoop) async throws {
    let consumer = try await KafkaConsumer.start(settings, options) { [reachability] error in
      reachability.hear(error)
    } recovered: { [reachability] in
      reachability.recover()
    }
    reachability.recover()
    do {
      while let message = try await consumer.next() { await take(message, of: consumer, resync) }
    } catch {
      await consumer.close()
      throw error
    }
    await consumer.close()
  }

  private func take(_ message: KafkaMessage, of consumer: KafkaConsumer, _ resync: ResyncLoop) async {
    guard messages.ask(message.value) else {
      log.debug("a message in \(message.partition) at \(message.offset) asks for nothing here")
      return consumer.commit(message)
    }
    let place = "\(message.partition) at \(message.offset)"
    let admission = await resync.request("it was asked for in Kafka, in \(place)") {
      consumer.commit(message)
    }
    log.info("a resync was asked for in Kafka: \(admission.words)", metadata: ["message": "\(place)"])
  }
}
