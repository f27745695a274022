import CProcess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A child process that runs programs, and the channel to it.
final class SandboxWorker {
  /// What came of a request.
  enum Reply {
    case answer([UInt8])
    /// The child has died.
    case death(SandboxDeath)
    /// The child neither answers nor uses its time.
    case silence
    case unavailable
  }

  /// The child.
  let process: pid_t
  private let channel: Channel
  private let limits: JQLimits
  private var isAlive = true

  /// Forks. The child has the compiled programs, because it has this process's memory.
  init?(_ programs: [Int: JQMachine], limits: JQLimits) {
    guard let (own, childs) = Channel.pair() else { return nil }
    let process = portolan_fork()
    if process == 0 {
      portolan_confine(childs.descriptor, UInt64(limits.memory))
      SandboxChild(programs, limits, childs).serve()
    }
    guard process > 0 else { return nil }
    self.process = process
    self.limits = limits
    channel = own
  }

  deinit {
    if isAlive { _ = end() }
  }

  /// Sends a request and waits for the answer. After anything but an answer the worker is gone.
  ///
  /// The child counts its own processor time, so that a busy machine takes nothing from an expression;
  /// the wait here is for a child that does not even run.
  func ask(_ message: [UInt8]) -> Reply {
    let deadline = ContinuousClock.now + limits.timeout * 5 + .seconds(2)
    // A child that has died closes its end: writing then fails, and says no more than reading will.
    guard channel.write(SandboxMessage.bytes(message.count) + message, until: deadline) != .timeout,
      let head = channel.read(4, until: deadline)
    else { return silence() }
    guard head.count == 4, SandboxMessage.count(head) <= SandboxMessage.limit + 1024 else {
      return .death(end())
    }
    guard let body = channel.read(SandboxMessage.count(head), until: deadline) else { return silence() }
    return body.count == SandboxMessage.count(head) ? .answer(body) : .death(end())
  }

  private func silence() -> Reply {
    _ = end()
    return .silence
  }

  /// Kills the child, unless it has died by itself, and waits for it.
  private func end() -> SandboxDeath {
    isAlive = false
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == 0 {
      // It may be about to die: its closed end comes before the end of the process.
      usleep(20_000)
      if waitpid(process, &status, WNOHANG) == 0 {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
      }
    }
    return SandboxDeath(status: status)
  }
}

/// How a child process ended.
struct SandboxDeath {
  /// As `waitpid` gives it.
  var status: Int32

  /// Whether somebody killed the process: its own limits end it otherwise.
  var isFromOutside: Bool { status & 0x7F == SIGKILL }

  /// The cause, for the person who wrote the expression.
  func words(_ limits: JQLimits) -> String {
    let megabytes = limits.memory >> 20
    switch status & 0x7F {
    case SIGPROF: return "ended: it took longer than \(seconds(limits.timeout)) (--timeout)"
    case SIGSEGV, SIGBUS: return "ended: it recursed too deeply, or took more than \(megabytes) MB of memory"
    default: return "ended: it took more than \(megabytes) MB of memory, or libjq could not go on"
    }
  }

  private func seconds(_ timeout: Duration) -> String {
    let (whole, attoseconds) = timeout.components
    let tenths = attoseconds / 100_000_000_000_000_000
    return tenths == 0 ? "\(whole) s" : "\(whole).\(tenths) s"
  }
}
