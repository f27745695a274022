import CRdKafka.Mock
import PortolanKafka
import Testing

extension KafkaClusterTests {
  @Suite(.serialized) struct ProducerTests {
    @Test("a broker's errors are waited out")
    func aBrokersErrorsAreWaitedOut() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      cluster.fail(
        .produce,
        [
          RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
          RD_KAFKA_RESP_ERR__TRANSPORT,
        ])
      try await within(.seconds(30)) { try await producer.send("events", texts: ["a", "b"]) }
      let consumer = try await KafkaConsumer.test(cluster, "events")
      #expect(try await consumer.texts(2) == ["a", "b"])
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("what a broker refuses fails")
    func whatABrokerRefusesFails() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      cluster.fail(.produce, [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
      let error = await #expect(throws: KafkaError.self) {
        try await producer.send("events", texts: ["a"])
      }
      #expect(error?.kind == .refused)
      #expect(error?.description == "Broker: Topic authorization failed (TOPIC_AUTHORIZATION_FAILED)")
      #expect(error?.isRetriable == false)
      await producer.close(within: .seconds(5))
    }

    @Test("a message fails at its time limit")
    func aMessageFailsAtItsTimeLimit() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster) { $0.deliverWithin = .seconds(2) }
      cluster.setDown(true)
      let error = await #expect(throws: KafkaError.self) {
        try await within(.seconds(20)) { try await producer.send("events", texts: ["a"]) }
      }
      #expect(error?.kind == .timedOut)
      #expect(error?.isRetriable == true)
      await producer.close(within: .zero)
    }

    @Test("a full queue refuses at once, and closing gives up")
    func aFullQueueRefusesAtOnceAndClosingGivesUp() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster) { $0.queueLimit = 10 }
      cluster.setDown(true)
      let kinds = await withTaskGroup(of: KafkaError.Kind?.self) { group in
        for number in 0..<12 {
          group.addTask {
            do {
              try await producer.send("events", texts: ["\(number)"])
              return nil
            } catch {
              return (error as? KafkaError)?.kind
            }
          }
        }
        var kinds: [KafkaError.Kind?] = [await group.next() ?? nil, await group.next() ?? nil]
        await producer.close(within: .milliseconds(200))
        for await kind in group { kinds.append(kind) }
        return kinds
      }
      #expect(kinds.count { $0 == .queueFull } == 2)
      #expect(kinds.count { $0 == .closed } == 10)
      let error = await #expect(throws: KafkaError.self) {
        try await producer.send("events", texts: ["late"])
      }
      #expect(error?.kind == .closed)
    }

    @Test("a message that is too large is refused")
    func aMessageThatIsTooLargeIsRefused() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      let error = await #expect(throws: KafkaError.self) {
        try await producer.send("events", key: nil, value: Array(repeating: 65, count: 2_000_000))
      }
      #expect(error?.kind == .tooLarge)
      await producer.close(within: .seconds(5))
    }
  }
}
