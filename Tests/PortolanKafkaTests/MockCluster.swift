import CRdKafka.Mock
import PortolanKafka

/// Brokers that librdkafka makes up, on threads of its own in this process. A test has it alone.
final class MockCluster: @unchecked Sendable {
  /// Which request of Kafka's protocol.
  enum Request: Int16 {
    case produce = 0
    case offsetCommit = 8
    case heartbeat = 12
  }

  // Safe to send: librdkafka's functions lock by themselves, and the pointers change nevermore.
  private let owner: OpaquePointer
  private let cluster: OpaquePointer

  /// Begins with brokers and topics.
  init(brokers: Int32 = 1, topics: [String: Int32]) throws {
    let configuration = rd_kafka_conf_new()
    rd_kafka_conf_set_log_cb(configuration) { _, _, _, _ in }
    let owner = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0)
    guard let owner, let cluster = rd_kafka_mock_cluster_new(owner, brokers) else { throw NoCluster() }
    self.owner = owner
    self.cluster = cluster
    for (topic, partitions) in topics {
      rd_kafka_mock_topic_create(cluster, topic, partitions, brokers)
    }
  }

  deinit {
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(owner)
  }

  struct NoCluster: Error {}

  var settings: KafkaSettings {
    let brokers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    return KafkaSettings(
      brokers: brokers.split(separator: ",").map(String.init),
      properties: [
        "reconnect.backoff.max.ms": "200", "retry.backoff.ms": "50", "heartbeat.interval.ms": "300",
        // The made-up broker waits for nearly as long before it balances a group anew.
        "session.timeout.ms": "3000",
      ])
  }

  /// Lets the next such requests fail.
  func fail(_ request: Request, _ errors: [rd_kafka_resp_err_t]) {
    rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
  }

  /// Lets all brokers go down, or come back.
  func setDown(_ isDown: Bool) {
    if isDown { rd_kafka_mock_broker_set_down(cluster, -1) } else { rd_kafka_mock_broker_set_up(cluster, -1) }
  }
}
