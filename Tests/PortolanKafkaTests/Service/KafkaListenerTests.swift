import Logging
import PortolanKafka
import PortolanService
import Synchronization
import Testing

extension KafkaClusterTests {
  @Suite(.serialized) struct KafkaListenerTests {
    private let topic = "org.change.log"
    private let request = #"{"context":{"integrationId":"my-jira"},"action":"RESYNC"}"#

    private func listener(_ cluster: MockCluster, health: HealthState = HealthState()) -> KafkaListener {
      KafkaListener(
        cluster.settings, topic: topic, group: "org.jira.my-jira", integration: "my-jira", health: health,
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Takes care that a group is known to have nothing done, and so begins with the first message.
    private func begin(_ cluster: MockCluster, _ texts: [String]) async throws {
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send(topic, texts: ["{}"] + texts)
      await producer.close(within: .seconds(5))
      let consumer = try await KafkaConsumer.test(cluster, topic, group: "org.jira.my-jira")
      #expect(try await consumer.texts(1) == ["{}"])
      try await consumer.flush(within: .seconds(10))
      await consumer.close()
    }

    /// What is left for whoever comes next.
    private func rest(_ cluster: MockCluster, _ count: Int) async throws -> [String] {
      let consumer = try await KafkaConsumer.test(cluster, topic, group: "org.jira.my-jira")
      let texts = try await consumer.texts(count, isDone: false)
      await consumer.close()
      return texts
    }

    @Test("a request is done when its resync has ended, and what is not for it at once")
    func aRequestIsDoneWhenItsResyncHasEnded() async throws {
      let cluster = try MockCluster(topics: [topic: 1])
      try await begin(
        cluster, ["no JSON", #"{"context":{"integrationId":"other"},"action":"RESYNC"}"#, request])
      let gate = Gate()
      let loop = ResyncLoop(policy: .queue) { _ in await gate.pass() }
      let listener = listener(cluster)
      let task = Task { await listener.run(loop) }
      try await until { gate.count == 1 }
      // The process goes while the resync runs: the next one is asked again, and only for that.
      task.cancel()
      await task.value
      gate.open()
      await loop.close()
      #expect(try await rest(cluster, 1) == [request])

      let again = ResyncLoop(policy: .queue) { _ in await gate.pass() }
      let second = Task { await listener.run(again) }
      try await until { gate.count == 2 }
      await again.waitForEnd()
      try await Task.sleep(for: .seconds(1))
      second.cancel()
      await second.value
      await #expect(throws: TookTooLong.self) {
        try await within(.seconds(4)) { try await rest(cluster, 1) }
      }
    }

    @Test("brokers that went away are seen to be back")
    func brokersThatWentAwayAreSeenToBeBack() async throws {
      let cluster = try MockCluster(topics: [topic: 1])
      try await begin(cluster, [])
      let health = HealthState()
      health.start()
      let asked = Gate()
      asked.open()
      let loop = ResyncLoop(policy: .queue) { _ in await asked.pass() }
      let listener = listener(cluster, health: health)
      let task = Task { await listener.run(loop) }
      try await Task.sleep(for: .seconds(4))
      cluster.setDown(true)
      try await until { health.problems.contains { $0.hasPrefix("kafka: ") } }
      cluster.setDown(false)
      try await until { health.problems.isEmpty }
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send(topic, texts: [request])
      await producer.close(within: .seconds(5))
      try await until { asked.count == 1 }
      task.cancel()
      await task.value
    }
  }
}

@Suite struct ResyncMessagesTests {
  @Test(
    "which messages ask for a resync",
    arguments: [
      ("o.integration.resync.requests", #"{"context":{"integrationId":"a"}}"#, true),
      ("o.integration.resync.requests", #"{"context":{"integrationId":"b"}}"#, false),
      ("o.change.log", #"{"context":{"integrationId":"a"}}"#, false),
      ("o.change.log", #"{"context":{"integrationId":"a"},"action":"RESYNC"}"#, true),
      ("o.change.log", #"{"diff":{"after":null}}"#, false),
      (
        "o.change.log",
        #"{"diff":{"after":{"identifier":"a","updatedAt":"2","resyncState":{"updatedAt":"1"},"changelogDestination":{"type":"KAFKA"}}}}"#,
        true
      ),
      (
        "o.change.log",
        #"{"diff":{"after":{"identifier":"a","updatedAt":"2","resyncState":{"updatedAt":"2"},"changelogDestination":{"type":"KAFKA"}}}}"#,
        false
      ),
      (
        "o.change.log",
        #"{"diff":{"after":{"identifier":"a","updatedAt":"2","changelogDestination":{"type":"WEBHOOK"}}}}"#,
        false
      ),
      ("o.change.log", "[", false),
    ])
  func whichMessagesAskForAResync(_ topic: String, _ text: String, _ asks: Bool) {
    #expect(ResyncMessages(to: "a", in: topic).ask(Array(text.utf8)) == asks)
    #expect(!ResyncMessages(to: "a", in: topic).ask(nil))
  }
}

@Suite struct ResyncLoopEndTests {
  @Test("a resync that was replaced has ended with the one that replaced it")
  func aReplacedResyncEndsWithTheOther() async throws {
    let (gate, ended) = (Gate(), Names())
    let loop = ResyncLoop(policy: .replace) { reason in
      if reason == "first" { try? await Task.sleep(for: .seconds(60)) } else { await gate.pass() }
    }
    #expect(await loop.request("first") { ended.add("first") } == .begun)
    #expect(await loop.request("second") { ended.add("second") } == .replacing)
    try await until { gate.count == 1 }
    #expect(ended.all.isEmpty)
    gate.open()
    await loop.waitForEnd()
    #expect(ended.all == ["first", "second"])
  }
}

private final class Names: Sendable {
  private let names = Mutex<[String]>([])

  var all: [String] { names.withLock { $0 } }

  func add(_ name: String) { names.withLock { $0.append(name) } }
}

/// Where work waits until it is let through.
private final class Gate: Sendable {
  private let state = Mutex<(count: Int, isOpen: Bool)>((0, false))

  /// How many came.
  var count: Int { state.withLock { $0.count } }

  func open() { state.withLock { $0.isOpen = true } }

  func pass() async {
    state.withLock { $0.count += 1 }
    while !state.withLock({ $0.isOpen }), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(10)) }
  }
}
