import CRdKafka

/// Partitions with positions, as librdkafka takes them.
struct PartitionList: ~Copyable {
  // Safe: this value alone has the pointer, and frees it once.
  let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init?(_ positions: [KafkaPartition: Int64]) {
    guard let pointer = rd_kafka_topic_partition_list_new(Int32(positions.count)) else { return nil }
    self.pointer = pointer
    for (partition, position) in positions {
      let element = rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.number)
      element?.pointee.offset = position
    }
  }

  init?(topics: [String]) {
    self.init([:])
    for topic in topics { _ = rd_kafka_topic_partition_list_add(pointer, topic, -1) }
  }

  deinit {
    rd_kafka_topic_partition_list_destroy(pointer)
  }

  /// What a list of librdkafka's holds.
  ///
  /// Safe: the list is the caller's, lives through the call, and has as many elements as it says.
  static func read(
    _ list: UnsafePointer<rd_kafka_topic_partition_list_t>
  ) -> [(partition: KafkaPartition, position: Int64, status: rd_kafka_resp_err_t)] {
    (0..<Int(list.pointee.cnt)).map { index in
      let element = list.pointee.elems[index]
      let partition = KafkaPartition(topic: String(cString: element.topic), number: element.partition)
      return (partition, element.offset, element.err)
    }
  }
}
