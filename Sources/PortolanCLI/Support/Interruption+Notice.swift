import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Interruption {
  /// The signal of Ctrl-C.
  static let ctrlC = SIGINT

  /// That somebody has pressed Ctrl-C, or asked the process to end.
  struct Notice: Sendable {
    /// A file descriptor that can be read from then on.
    let descriptor: Int32

    /// The signal that came, nil where none did.
    var signal: Int32? {
      let number = noticed.load(ordering: .relaxed)
      return number == 0 ? nil : number
    }
  }

  /// An input that is not read on, because the run is to end.
  struct Noticed: Error {}

  /// Makes Ctrl-C, or a request to end, known to whoever reads input, so that what has been read is still mapped and
  /// counted. A second one ends the process at once.
  static func noticing() -> Notice {
    let descriptor = noticeChannel.reading
    for number in signals {
      // An atomic, `write` and `_exit` are all that a signal handler may use.
      signal(number) { number in
        guard Interruption.noticed.exchange(number, ordering: .relaxed) == 0 else { _exit(128 + number) }
        var byte: UInt8 = 0
        _ = write(Interruption.noticeChannel.writing, &byte, 1)
      }
    }
    return Notice(descriptor: descriptor)
  }

  /// Runs `body`, and cancels it once there is something to notice.
  static func cancelling<Value: Sendable>(
    on notice: Notice, _ body: @escaping @Sendable () async throws -> Value
  ) async -> Result<Value, any Error> {
    let task = Task { try await body() }
    let source = DispatchSource.makeReadSource(fileDescriptor: notice.descriptor, queue: .global())
    source.setEventHandler {
      task.cancel()
      source.cancel()
    }
    source.activate()
    defer { source.cancel() }
    return await task.result
  }

  /// Ends the process by the signal that came, as it would have ended without a notice.
  static func end(by number: Int32) -> Never {
    signal(number, SIG_DFL)
    // Threads that run tasks keep signals from themselves.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
    _exit(128 + number)
  }

  private static let noticed = Atomic<Int32>(0)

  /// What the signal handler writes into, so that a read that waits is woken.
  private static let noticeChannel: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()
}
