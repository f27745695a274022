import PortolanKafka
import Synchronization
import Testing

extension KafkaClusterTests {
  @Suite(.serialized) struct LifeTests {
    @Test("a broker that is not there is said within the limit")
    func aBrokerThatIsNotThereIsSaidWithinTheLimit() async throws {
      let settings = KafkaSettings(brokers: ["127.0.0.1:1"])
      let begin = ContinuousClock.now
      var options = KafkaConsumer.Options(group: "group", topics: ["events"], start: .latest)
      options.connectWithin = .seconds(2)
      let error = await #expect(throws: KafkaError.self) {
        _ = try await KafkaConsumer.start(settings, options) { _ in }
      }
      #expect(error?.kind == .unreachable)
      #expect(error?.isRetriable == true)
      let text = error?.description ?? ""
      #expect(text.hasPrefix("no broker of 127.0.0.1:1 answers within 2.0 seconds: "))
      #expect(text.contains("Connection refused"))
      var producing = KafkaProducer.Options()
      producing.connectWithin = .seconds(2)
      let other = await #expect(throws: KafkaError.self) {
        _ = try await KafkaProducer.start(settings, producing) { _ in }
      }
      #expect(other?.kind == .unreachable)
      #expect(ContinuousClock.now - begin < .seconds(12))
    }

    @Test("starting can be cancelled")
    func startingCanBeCancelled() async throws {
      let task = Task {
        try await KafkaConsumer.start(
          KafkaSettings(brokers: ["127.0.0.1:1"]), .init(group: "group", topics: ["events"], start: .latest)
        ) { _ in }
      }
      try await Task.sleep(for: .milliseconds(300))
      task.cancel()
      let begin = ContinuousClock.now
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      #expect(ContinuousClock.now - begin < .seconds(8))
    }

    @Test("no thread is left, whether it was closed or let go")
    func noThreadIsLeft() async throws {
      try await until { kafkaThreads().isEmpty }
      var cluster: MockCluster? = try MockCluster(topics: ["events": 1])
      if let cluster {
        let producer = try await KafkaProducer.test(cluster)
        let consumer = try await KafkaConsumer.test(cluster, "events")
        try await producer.send("events", texts: ["a"])
        #expect(try await consumer.texts(1) == ["a"])
        #if os(Linux)
          #expect(!kafkaThreads().isEmpty)
        #endif
        await consumer.close()
        await consumer.close()
        await producer.close(within: .seconds(5))
        // Those that nobody closes end by themselves.
        _ = try await KafkaProducer.test(cluster)
        _ = try await KafkaConsumer.test(cluster, "events")
      }
      // Its own threads end with it; whoever was not closed has ended by then, or does soon.
      cluster = nil
      try await until(.seconds(20)) { kafkaThreads().isEmpty }
    }

    @Test("closing without brokers ends")
    func closingWithoutBrokersEnds() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      let consumer = try await KafkaConsumer.test(cluster, "events")
      try await producer.send("events", texts: ["a"])
      let message = try #require(try await within(.seconds(30)) { try await consumer.next() })
      cluster.setDown(true)
      consumer.commit(message)
      let error = await #expect(throws: KafkaError.self) { try await consumer.flush(within: .seconds(1)) }
      #expect(error?.kind == .timedOut)
      try await within(.seconds(20)) { await consumer.close() }
      await producer.close(within: .seconds(1))
    }

    @Test("twenty thousand messages are had, each once, by four tasks", .timeLimit(.minutes(3)))
    func twentyThousandMessages() async throws {
      let count = 20_000
      let cluster = try MockCluster(topics: ["events": 4])
      let producer = try await KafkaProducer.test(cluster) { $0.queueLimit = count }
      let value = Array(repeating: UInt8(ascii: "x"), count: 500)
      let begin = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<count {
          group.addTask {
            try await producer.send("events", key: Array("\(number % 997)".utf8), value: value)
          }
        }
        try await group.waitForAll()
      }
      let produced = ContinuousClock.now
      let consumer = try await KafkaConsumer.test(cluster, "events")
      let places = Places()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            for try await message in consumer {
              places.add("\(message.partition) \(message.offset)")
              consumer.commit(message)
            }
          }
        }
        try await until(.seconds(100)) { places.count >= count }
        try await consumer.flush(within: .seconds(20))
        await consumer.close()
        try await group.waitForAll()
      }
      #expect(places.count == count)
      print("20,000 messages: produced in \(produced - begin), consumed in \(ContinuousClock.now - produced)")
      await producer.close(within: .seconds(5))
    }
  }
}

private final class Places: Sendable {
  private let places = Mutex<Set<String>>([])

  var count: Int { places.withLock { $0.count } }

  func add(_ place: String) {
    places.withLock { _ = $0.insert(place) }
  }
}
