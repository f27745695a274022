import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What Ctrl-C does.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM]

  /// Makes Ctrl-C, and a request to end, end the process at once with status 0: whoever watches has seen
  /// enough, and nothing is left half done.
  static func endsQuietly() {
    for number in signals {
      // `_exit` is among the few functions that a signal handler may call.
      signal(number) { _ in _exit(0) }
    }
  }

  /// Runs `body` so that Ctrl-C, or a request to end, cancels it; a second one ends the process at once with status 1.
  ///
  /// - Parameters:
  ///   - notice: what is said at the first one.
  ///   - body: what is run.
  /// - Returns: what it came to.
  static func cancelling<Value: Sendable>(
    _ notice: String, _ body: @escaping @Sendable () async throws -> Value
  ) async -> Result<Value, any Error> {
    let task = Task { try await body() }
    let queue = DispatchQueue(label: "portolan.interruption")
    let count = Mutex(0)
    let sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let isSecond = count.withLock { count in
          count += 1
          return count > 1
        }
        if isSecond { _exit(1) }
        StandardStream.error.write("\n\(notice). Ctrl-C again ends at once.\n")
        task.cancel()
      }
      source.activate()
      return source
    }
    let result = await task.result
    for source in sources { source.cancel() }
    for number in signals { signal(number, SIG_DFL) }
    return result
  }
}
