import Logging
import Portolan
import PortolanEvents
import PortolanKafka
import PortolanService
import Testing

extension KafkaClusterTests {
  @Suite(.serialized) struct KafkaEventQueueTests {
    private func cluster(partitions: Int32 = 1) throws -> MockCluster {
      try MockCluster(topics: ["events": partitions, "events.dead": 1])
    }

    private func queue(_ cluster: MockCluster) async throws -> KafkaEventQueue {
      var options = KafkaEventQueue.Options(topic: "events", group: "workers")
      options.commitEvery = .milliseconds(50)
      options.connectWithin = .seconds(20)
      options.deliverWithin = .seconds(3)
      return try await KafkaEventQueue.start(
        cluster.settings, options, health: HealthState(),
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func event(_ key: String, deleted: Bool = false, note: Int = 0) -> QueuedEvent {
      let object = EventObject(
        kind: "issue", key: key, json: Array(#"{"id":"\#(key)","note":\#(note)}"#.utf8), isDeleted: deleted)
      return QueuedEvent(
        source: "jira", delivery: "d", receivedAt: 1_764_000_000.5, event: RawEvent(body: object.json),
        content: .objects([object]))
    }

    private func take(_ queue: KafkaEventQueue, _ limit: Int = 10) async throws -> [EventWork] {
      try await within(.seconds(30)) { try await queue.take(limit) }
    }

    private func takesNothing(_ queue: KafkaEventQueue, _ seconds: Double = 2) async throws -> Bool {
      do {
        return try await within(.seconds(seconds)) { try await queue.take(10) }.isEmpty
      } catch is TookTooLong {
        return true
      }
    }

    @Test("it gives out what it took, all of an object together")
    func itGivesOutAllOfAnObjectTogether() async throws {
      let cluster = try cluster()
      let queue = try await queue(cluster)
      for note in 0..<5 { #expect(try await queue.add(event("1", note: note)) == .kept) }
      #expect(try await queue.add(event("1", deleted: true)) == .kept)
      try await until { await queue.state.events == 6 }
      let work = try #require(try await take(queue).first)
      #expect(work.numbers.count == 6)
      #expect(work.object.isDeleted)
      #expect(work.receivedAt == 1_764_000_000.5)
      // What comes while it is worked on is given out afterwards, and not before.
      _ = try await queue.add(event("1"))
      _ = try await queue.add(event("2"))
      #expect(try await take(queue).map(\.object.key) == ["2"])
      try await until { await queue.state.events == 8 }
      try await queue.finish(work)
      let rest = try #require(try await take(queue).first)
      #expect(rest.object.key == "1" && rest.numbers.count == 1 && !rest.object.isDeleted)
      await queue.close()
      await #expect(throws: EventQueueError.closed) { _ = try await queue.add(event("3")) }
    }

    @Test("what was not finished when a process ended comes to the next one")
    func whatWasNotFinishedComesToTheNext() async throws {
      let cluster = try cluster()
      let first = try await queue(cluster)
      for key in ["1", "2", "3"] { _ = try await first.add(event(key)) }
      try await until { await first.state.events == 3 }
      let work = try await take(first)
      #expect(work.map(\.object.key) == ["1", "2", "3"])
      // 2 waits to be tried again; 3 is done, and comes again since 2 is not.
      try await first.finish(work[0])
      try await first.retry(work[1], after: 600, because: "the API is away")
      try await first.finish(work[2])
      await first.close()
      let second = try await queue(cluster)
      try await until { await second.state.events == 2 }
      let again = try await take(second)
      #expect(again.map(\.object.key) == ["2", "3"])
      for work in again { try await second.finish(work) }
      await second.close()
      let third = try await queue(cluster)
      #expect(try await takesNothing(third, 4))
      await third.close()
    }

    @Test("what failed waits, and news of it does not")
    func whatFailedWaits() async throws {
      let cluster = try cluster()
      let queue = try await queue(cluster)
      _ = try await queue.add(event("1"))
      let work = try #require(try await take(queue).first)
      try await queue.retry(work, after: 2, because: "the API is away")
      _ = try await queue.add(event("2"))
      let other = try await take(queue)
      #expect(other.map(\.object.key) == ["2"])
      let again = try #require(try await take(queue).first)
      #expect(again.object.key == "1" && again.attempts == 1)
      try await queue.retry(again, after: 600, because: "the API is away")
      _ = try await queue.add(event("1", note: 2))
      let news = try #require(try await take(queue).first)
      #expect(news.numbers.count == 2 && news.attempts == 2)
      #expect(String(decoding: news.object.json, as: UTF8.self).contains(#""note":2"#))
      await queue.close()
    }

    @Test("what is given up, or not understood, goes to the topic of the dead")
    func whatIsGivenUpGoesToTheTopicOfTheDead() async throws {
      let cluster = try cluster()
      let queue = try await queue(cluster)
      _ = try await queue.add(event("1"))
      try await queue.bury(#require(try await take(queue).first), because: "422")
      _ = try await queue.add(
        QueuedEvent(
          source: "jira", delivery: "b", receivedAt: 5,
          event: RawEvent(headers: ["x-event": "push", "authorization": "s3cret"], body: Array("?".utf8)),
          content: .notUnderstood("`.body` is no object")))
      let producer = try await KafkaProducer.test(cluster)
      try await producer.send("events", texts: ["what is this"])
      await producer.close(within: .seconds(5))
      let dead = try await KafkaConsumer.test(cluster, "events.dead", group: "dead")
      let texts = try await dead.texts(3)
      await dead.close()
      #expect(texts.contains { $0.contains(#""key":"1""#) && $0.contains(#""attempts":1,"error":"422""#) })
      #expect(texts.contains { $0.contains("`.body` is no object") && $0.contains(#""body":"?""#) })
      #expect(texts.contains { $0.contains(#""body":"what is this""#) })
      #expect(!texts.joined().contains("s3cret"))
      await queue.close()
      let next = try await self.queue(cluster)
      #expect(try await takesNothing(next, 4))
      await next.close()
    }

    @Test(
      "two processes share the partitions, and each object's events keep their order", .timeLimit(.minutes(3))
    )
    func twoProcessesShareThePartitions() async throws {
      let cluster = try cluster(partitions: 4)
      let queues = [try await queue(cluster), try await queue(cluster)]
      let (objects, rounds) = (100, 5)
      let last = LastNotes()
      let workers = queues.enumerated().map { number, queue in
        Task {
          while let works = try? await queue.take(8), !works.isEmpty {
            for work in works {
              last.note(work, by: number)
              try? await queue.finish(work)
            }
          }
        }
      }
      // What changes hands while the group forms may be done again by the other: the order is that of a group that has.
      for number in 0..<600 where last.workers.count < 2 {
        _ = try await queues[0].add(event("\(LastNotes.before)\(number)", note: 1))
        try await Task.sleep(for: .milliseconds(50))
      }
      let begin = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for key in 0..<objects {
          group.addTask {
            for note in 1...rounds { _ = try await queues[key % 2].add(event("\(key)", note: note)) }
          }
        }
        try await group.waitForAll()
      }
      let added = ContinuousClock.now
      try await until(.seconds(90)) { last.areDone(objects, rounds) }
      print(
        "\(objects * rounds) events: added in \(added - begin), done in \(ContinuousClock.now - added), by \(last.workers.count) workers"
      )
      #expect(last.outOfOrder == 0)
      #expect(last.workers == [0, 1])
      for queue in queues { await queue.close() }
      for worker in workers { await worker.value }
    }

    @Test("brokers that are away: an event is not taken")
    func anEventIsNotTakenWithoutBrokers() async throws {
      let cluster = try cluster()
      let queue = try await queue(cluster)
      cluster.setDown(true)
      await #expect(throws: EventQueueError.self) { _ = try await queue.add(event("1")) }
      cluster.setDown(false)
      try await within(.seconds(30)) { _ = try await queue.add(event("2")) }
      await queue.close()
    }
  }
}
