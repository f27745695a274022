#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread that waits for librdkafka, so that no thread of Swift's own pool does.
enum PollThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs a function on a thread of its own, which ends with it.
  ///
  /// - Throws: `KafkaError` where the system gives no thread.
  static func start(_ body: @escaping @Sendable () -> Void) throws(KafkaError) {
    // Safe: the thread takes over the one reference that is made here, and it is taken back where there is no thread.
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(
        &thread, nil,
        { pointer in
          Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { pointer in
          if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
    #endif
    guard status == 0 else {
      work.release()
      throw KafkaError(
        kind: .failed, message: "the system gives no thread (error \(status))", isRetriable: true)
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }
}
