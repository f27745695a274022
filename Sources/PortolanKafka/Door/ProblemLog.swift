import CRdKafka

/// What librdkafka says that is no message: kept for whoever asks why, and reported. It belongs to a client's thread.
final class ProblemLog {
  /// More are not kept: whoever asks why, is told the last ones.
  private static let most = 32

  private let settings: KafkaSettings
  private let report: @Sendable (KafkaError) -> Void
  /// The last ones.
  private(set) var problems: [KafkaError] = []

  init(_ settings: KafkaSettings, _ report: @escaping @Sendable (KafkaError) -> Void) {
    self.settings = settings
    self.report = report
  }

  /// The log that a call back brings.
  ///
  /// Safe: whoever set it up says why the log is still there.
  static func from(_ pointer: UnsafeMutableRawPointer?) -> ProblemLog? {
    pointer.map { Unmanaged<ProblemLog>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Notes a problem, its text copied and without secrets.
  @discardableResult
  func add(_ code: rd_kafka_resp_err_t, _ text: UnsafePointer<CChar>?) -> KafkaError {
    // Safe: librdkafka lends the text for this call.
    add(KafkaError(code, text.map { String(cString: $0) }))
  }

  @discardableResult
  func add(_ error: KafkaError) -> KafkaError {
    var error = error
    error.message = settings.masked(error.message)
    if problems.count == Self.most { problems.removeFirst() }
    problems.append(error)
    report(error)
    return error
  }

  /// Forgets what is over.
  func clear() {
    problems = []
  }
}
