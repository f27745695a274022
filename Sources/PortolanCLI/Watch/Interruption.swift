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
  /// The signals that ask the process to end: Ctrl-C, a request to end, and the loss of its terminal, which `nohup` has it
  /// ignore.
  static let signals = ignores(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]

  /// Whether the process ignores a signal.
  private static func ignores(_ number: Int32) -> Bool {
    // What a signal does is told by setting it.
    let handler = signal(number, SIG_IGN)
    signal(number, handler)
    // Safe: both are pointers to functions, which are compared and not called.
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

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
    count.store(0, ordering: .relaxed)
    let queue = DispatchQueue(label: "portolan.interruption")
    let source = DispatchSource.makeReadSource(fileDescriptor: channel.reading, queue: queue)
    source.setEventHandler {
      var byte: UInt8 = 0
      // Safe: the system writes at most the one byte that there is room for.
      guard read(channel.reading, &byte, 1) == 1 else { return }
      StandardStream.error.write("\n\(notice). Ctrl-C again ends at once.\n")
      task.cancel()
    }
    source.activate()
    for number in signals {
      // An atomic, `write` and `_exit` are all that a signal handler may use.
      signal(number) { _ in
        guard Interruption.count.add(1, ordering: .relaxed).oldValue == 0 else { _exit(1) }
        var byte: UInt8 = 0
        _ = write(Interruption.channel.writing, &byte, 1)
      }
    }
    let result = await task.result
    for number in signals { signal(number, SIG_DFL) }
    source.cancel()
    return result
  }

  /// How many signals came since the run began.
  private static let count = Atomic(0)

  /// What the signal handler writes into, for somebody who may do more than it.
  private static let channel: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()
}
