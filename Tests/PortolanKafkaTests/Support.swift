import Foundation
import PortolanKafka
import Synchronization
import Testing

/// All tests that have a cluster, one at a time: they count this process's threads, and need its processors.
@Suite(.serialized) enum KafkaClusterTests {}

/// What was reported.
final class Reports: Sendable {
  private let errors = Mutex<[KafkaError]>([])

  var all: [KafkaError] { errors.withLock { $0 } }

  func add(_ error: KafkaError) {
    errors.withLock { $0.append(error) }
  }
}

extension KafkaConsumer {
  /// A consumer of a group that begins with the oldest message.
  static func test(
    _ cluster: MockCluster, _ topic: String, group: String = "group", reports: Reports = Reports(),
    change: (inout Options) -> Void = { _ in }
  ) async throws -> KafkaConsumer {
    var options = Options(group: group, topics: [topic], start: .earliest)
    options.commitEvery = .milliseconds(50)
    options.connectWithin = .seconds(20)
    change(&options)
    return try await start(cluster.settings, options) { reports.add($0) }
  }

  /// The next message's content, waited for half a minute at most.
  func text() async throws -> String? {
    try await within(.seconds(30)) { try await self.next()?.text }
  }

  /// The contents of the next messages.
  func texts(_ count: Int, isDone: Bool = true) async throws -> [String] {
    var texts: [String] = []
    while texts.count < count, let message = try await within(.seconds(30), { try await self.next() }) {
      texts.append(message.text)
      if isDone { commit(message) }
    }
    return texts
  }
}

extension KafkaProducer {
  static func test(
    _ cluster: MockCluster, reports: Reports = Reports(), change: (inout Options) -> Void = { _ in }
  ) async throws -> KafkaProducer {
    var options = Options()
    options.connectWithin = .seconds(20)
    change(&options)
    return try await start(cluster.settings, options) { reports.add($0) }
  }

  /// Sends texts to the partition of a key, one after the other.
  func send(_ topic: String, key: String = "key", texts: [String]) async throws {
    for text in texts { try await send(topic, key: Array(key.utf8), value: Array(text.utf8)) }
  }
}

extension KafkaMessage {
  var text: String { String(decoding: value ?? [], as: UTF8.self) }
  var keyText: String { String(decoding: key ?? [], as: UTF8.self) }
}

struct TookTooLong: Error {}

/// Does something, or fails after so long.
func within<Value: Sendable>(
  _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(for: limit)
      throw TookTooLong()
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw TookTooLong() }
    return value
  }
}

/// Waits until something is so.
func until(_ limit: Duration = .seconds(30), _ isSo: @escaping @Sendable () async -> Bool) async throws {
  let deadline = ContinuousClock.now + limit
  while await !isSo() {
    guard ContinuousClock.now < deadline else { throw TookTooLong() }
    try await Task.sleep(for: .milliseconds(20))
  }
}

/// The names of librdkafka's threads in this process.
func kafkaThreads() -> [String] {
  let folder = "/proc/self/task"
  let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return threads.compactMap { try? String(contentsOfFile: "\(folder)/\($0)/comm", encoding: .utf8) }
    .filter { $0.hasPrefix("rdk:") }
}
