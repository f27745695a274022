import CRdKafka.Mock
import PortolanKafka
import Synchronization
import Testing

extension KafkaClusterTests {
  @Suite(.serialized) struct ConsumerTests {
    @Test("a message comes whole")
    func aMessageComesWhole() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      let headers = [
        KafkaHeader("type", Array("issue".utf8)), KafkaHeader("type", []), KafkaHeader("none", nil),
      ]
      let sent = try await producer.send(
        "events", key: Array("PORT-1".utf8), value: Array("value".utf8), headers: headers)
      try await producer.send("events", key: [], value: [])
      try await producer.send("events", key: nil, value: nil)
      #expect(sent.partition == KafkaPartition(topic: "events", number: 0) && sent.offset == 0)

      let consumer = try await KafkaConsumer.test(cluster, "events")
      let message = try #require(try await within(.seconds(30)) { try await consumer.next() })
      #expect(message.keyText == "PORT-1")
      #expect(message.text == "value")
      #expect(message.headers == headers)
      #expect(message.partition == sent.partition)
      #expect(message.offset == 0)
      #expect((message.timestamp ?? 0) > 1_600_000_000_000)
      let empty = try #require(try await consumer.next())
      #expect(empty.key == [] && empty.value == [] && empty.headers == [])
      let none = try #require(try await consumer.next())
      #expect(none.key == nil && none.value == nil)
      #expect(consumer.partitions == [sent.partition])
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("what is not done comes again")
    func whatIsNotDoneComesAgain() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["a", "b", "c", "d"])
      await producer.close(within: .seconds(5))

      // Nobody closes the first one, it is just let go.
      var first: KafkaConsumer? = try await KafkaConsumer.test(cluster, "events")
      #expect(try await first?.texts(4, isDone: false) == ["a", "b", "c", "d"])
      first = nil

      // b is in work when the second one ends: c, which is done, comes again with it.
      let second = try await KafkaConsumer.test(cluster, "events")
      for expected in ["a", "b", "c"] {
        let message = try #require(try await within(.seconds(30)) { try await second.next() })
        #expect(message.text == expected)
        if expected != "b" { second.commit(message) }
      }
      try await second.flush(within: .seconds(10))
      await second.close()

      let third = try await KafkaConsumer.test(cluster, "events")
      #expect(try await third.texts(3) == ["b", "c", "d"])
      try await third.flush(within: .seconds(10))
      await third.close()

      let fourth = try await KafkaConsumer.test(cluster, "events")
      await #expect(throws: TookTooLong.self) {
        try await within(.seconds(3)) { try await fourth.next() }
      }
      await fourth.close()
    }

    @Test("closing tells what is done")
    func closingTellsWhatIsDone() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["a", "b"])
      await producer.close(within: .seconds(5))
      let first = try await KafkaConsumer.test(cluster, "events") { $0.commitEvery = .seconds(3_600) }
      #expect(try await first.texts(1) == ["a"])
      await first.close()
      #expect(try await first.next() == nil)
      let second = try await KafkaConsumer.test(cluster, "events")
      #expect(try await second.text() == "b")
      await second.close()
    }

    @Test("two of a group share and keep the order of a key")
    func twoOfAGroupShareAndKeepTheOrderOfAKey() async throws {
      let cluster = try MockCluster(topics: ["events": 4])
      let producer = try await KafkaProducer.test(cluster)
      let work = WorkLog()
      let first = try await KafkaConsumer.test(cluster, "events")
      let firstTask = Task {
        for try await message in first { work.add(message, by: 1); first.commit(message) }
      }
      try await until { first.partitions.count == 4 }
      try await Self.send(0..<20, producer)
      try await until { work.count >= 200 }

      let second = try await KafkaConsumer.test(cluster, "events")
      let secondTask = Task {
        for try await message in second { work.add(message, by: 2); second.commit(message) }
      }
      try await until(.seconds(60)) { first.partitions.count == 2 && second.partitions.count == 2 }
      #expect(first.partitions.isDisjoint(with: second.partitions))
      try await Self.send(20..<40, producer)
      try await until { work.distinct >= 400 }

      // The first one goes: the second has all.
      await first.close()
      try await until(.seconds(60)) { second.partitions.count == 4 }
      try await Self.send(40..<60, producer)
      try await until { work.distinct >= 600 }
      await second.close()
      await producer.close(within: .seconds(5))
      try await firstTask.value
      try await secondTask.value
      #expect(work.workers == [1, 2])
      #expect(work.outOfOrder == [])
    }

    /// Ten keys, a message of each number for each of them.
    private static func send(_ numbers: Range<Int>, _ producer: KafkaProducer) async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for key in 0..<10 {
          group.addTask {
            try await producer.send("events", key: "key-\(key)", texts: numbers.map(String.init))
          }
        }
        try await group.waitForAll()
      }
    }

    @Test("a message that is never done bounds what is received")
    func aMessageThatIsNeverDoneBoundsWhatIsReceived() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: (0..<100).map(String.init))
      let consumer = try await KafkaConsumer.test(cluster, "events") { $0.window = 10 }
      var taken: [KafkaMessage] = []
      while taken.count < 10 {
        taken.append(try #require(try await within(.seconds(30)) { try await consumer.next() }))
      }
      // Nothing more comes while the first ten are in work.
      await #expect(throws: TookTooLong.self) {
        try await within(.seconds(2)) { try await consumer.next() }
      }
      for message in taken { consumer.commit(message) }
      #expect(try await consumer.texts(90) == (10..<100).map(String.init))
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("a commit that fails is tried again")
    func aCommitThatFailsIsTriedAgain() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["a", "b"])
      let reports = Reports()
      let consumer = try await KafkaConsumer.test(cluster, "events", reports: reports)
      cluster.fail(.offsetCommit, [RD_KAFKA_RESP_ERR_INVALID_COMMIT_OFFSET_SIZE])
      #expect(try await consumer.texts(2) == ["a", "b"])
      try await consumer.flush(within: .seconds(20))
      #expect(reports.all.contains { $0.code == "INVALID_COMMIT_OFFSET_SIZE" })
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("what is done of a lost partition counts no more")
    func whatIsDoneOfALostPartitionCountsNoMore() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["a", "b"])
      let consumer = try await KafkaConsumer.test(cluster, "events")
      let lost = try #require(try await within(.seconds(30)) { try await consumer.next() })
      #expect(lost.text == "a")
      // The group no longer knows this consumer, as when it was away for too long.
      cluster.fail(.heartbeat, [RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID])
      try await until { consumer.partitions.isEmpty }
      consumer.commit(lost)
      #expect(try await consumer.texts(2) == ["a", "b"])
      try await consumer.flush(within: .seconds(20))
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("a cancelled task waits no longer")
    func aCancelledTaskWaitsNoLonger() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let consumer = try await KafkaConsumer.test(cluster, "events")
      let task = Task { try await consumer.next() }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["a"])
      #expect(try await consumer.text() == "a")
      await consumer.close()
      await producer.close(within: .seconds(5))
    }

    @Test("brokers that go and come back lose nothing")
    func brokersThatGoAndComeBackLoseNothing() async throws {
      let cluster = try MockCluster(topics: ["events": 1])
      let producer = try await KafkaProducer.test(cluster)
      let reports = Reports()
      let consumer = try await KafkaConsumer.test(cluster, "events", reports: reports)
      try await producer.send("events", texts: ["a"])
      #expect(try await consumer.texts(1) == ["a"])
      cluster.setDown(true)
      try await until { reports.all.contains { $0.kind == .unreachable } }
      let late = Task { try await producer.send("events", texts: ["b"]) }
      try await Task.sleep(for: .milliseconds(500))
      cluster.setDown(false)
      try await within(.seconds(40)) { try await late.value }
      #expect(try await consumer.texts(1) == ["b"])
      try await consumer.flush(within: .seconds(30))
      await consumer.close()
      await producer.close(within: .seconds(5))
    }
  }
}

/// Who worked on what, and in which order.
final class WorkLog: Sendable {
  private struct State {
    var count = 0
    var last: [String: Int] = [:]
    var seen: Set<String> = []
    var workers: Set<Int> = []
    var outOfOrder: [String] = []
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.count } }
  var distinct: Int { state.withLock { $0.seen.count } }
  var workers: Set<Int> { state.withLock { $0.workers } }
  var outOfOrder: [String] { state.withLock { $0.outOfOrder } }

  /// A message may come twice, but none may be left out or come before an earlier one was seen.
  func add(_ message: KafkaMessage, by worker: Int) {
    let key = message.keyText
    guard let number = Int(message.text) else { return }
    state.withLock { state in
      state.count += 1
      state.workers.insert(worker)
      state.seen.insert("\(key) \(number)")
      let last = state.last[key] ?? -1
      if number > last + 1 { state.outOfOrder.append("\(key): \(number) after \(last)") }
      state.last[key] = max(last, number)
    }
  }
}
