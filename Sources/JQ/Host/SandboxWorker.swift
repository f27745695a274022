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
    case answer(SandboxMessage)
    /// The child has died.
    case death(SandboxDeath)
    /// The child neither answers nor uses its time.
    case silence
    /// There is no child.
    case unavailable(SandboxRefusal)
  }

  /// The child.
  let process: pid_t
  private let channel: Channel
  private let limits: JQLimits
  private var isAlive = true

  /// Starts a child with jq programs, by their numbers: the first of `candidates` that serves.
  ///
  /// - Throws: ``SandboxRefusal`` where none does.
  static func start(
    _ programs: [Int: String], limits: JQLimits, on candidates: [SandboxProgram] = SandboxProgram.candidates
  ) throws(SandboxRefusal) -> SandboxWorker {
    var first: SandboxRefusal?
    for program in candidates {
      do throws(SandboxRefusal) {
        return try SandboxWorker(program, programs, limits: limits)
      } catch {
        first = first ?? error
      }
    }
    throw first ?? .noProgram
  }

  private init(
    _ program: SandboxProgram, _ programs: [Int: String], limits: JQLimits
  ) throws(SandboxRefusal) {
    guard let (own, childs) = Channel.pair() else { throw .system(errno) }
    process = try Self.spawn(program, childs)
    channel = own
    self.limits = limits
    // From here on the instance is complete: where the following fails, `deinit` ends the child.
    childs.close()
    try expectGreeting(program)
    try prepare(programs)
  }

  deinit {
    if isAlive { _ = end(isDying: false) }
  }

  private static func spawn(_ program: SandboxProgram, _ channel: Channel) throws(SandboxRefusal) -> pid_t {
    // Its own name, for those who look at the list of processes.
    let arguments = ["portolan", SandboxProgram.request]
    var process: pid_t = 0
    let error = withCStrings(arguments) { arguments in
      withCStrings(SandboxProgram.variables) { variables in
        portolan_spawn(&process, program.path, arguments, variables, channel.descriptor)
      }
    }
    guard error == 0 else { throw .system(error) }
    return process
  }

  private func expectGreeting(_ program: SandboxProgram) throws(SandboxRefusal) {
    // A machine with much to do takes its time to start a program.
    switch SandboxMessage.receive(from: channel, limit: 1024, until: .now + .seconds(20)) {
    case .message(let message) where message.kind == .greeting:
      let greeting = String(decoding: message.body, as: UTF8.self)
      guard greeting == SandboxMessage.greeting else { throw .otherVersion(program.path, greeting) }
    case .closed where end(isDying: true) == .fromOutside: throw .silence
    case .message, .closed: throw .noGreeting(program.path)
    case .timeout: throw .silence
    }
  }

  /// Sends what a child must have before requests.
  private func prepare(_ programs: [Int: String]) throws(SandboxRefusal) {
    let deadline = ContinuousClock.now + limits.patience
    var body: [UInt8] = []
    SandboxMessage.append(UInt64(limits.microseconds), 8, to: &body)
    SandboxMessage.append(limits.bytes, 8, to: &body)
    var messages = [SandboxMessage(.limits, 0, body)]
    messages += programs.map { SandboxMessage(.program, $0.key, Array($0.value.utf8)) }
    // A child that dies now closes its end, and the first request finds it so.
    for message in messages {
      guard message.send(to: channel, until: deadline) != .timeout else { throw .silence }
    }
  }

  /// Sends a request and waits for the answer. After anything but an answer the worker is gone.
  ///
  /// The child counts its own processor time, so that a busy machine takes nothing from an expression;
  /// the wait here is for a child that does not even run.
  func ask(_ request: SandboxMessage) -> Reply {
    let deadline = ContinuousClock.now + limits.patience
    // A child that has died closes its end: writing then fails, and says no more than reading will.
    guard request.send(to: channel, until: deadline) != .timeout else { return silence() }
    switch SandboxMessage.receive(from: channel, limit: SandboxMessage.resultLimit, until: deadline) {
    case .message(let answer): return .answer(answer)
    case .closed: return .death(end(isDying: true))
    case .timeout: return silence()
    }
  }

  private func silence() -> Reply {
    _ = end(isDying: false)
    return .silence
  }

  /// Kills the child, unless it dies by itself, and waits for it. One that has closed its end is dying: the
  /// process ends a moment later.
  private func end(isDying: Bool) -> SandboxDeath {
    isAlive = false
    for attempt in 0..<(isDying ? 100 : 1) {
      if attempt > 0 { usleep(1000) }
      if let death = reap(WNOHANG) { return death }
    }
    // No other process has this number: the child has not been waited for.
    kill(process, SIGKILL)
    _ = reap(0)
    return .killed
  }

  /// How the child ended, nil where it has not.
  private func reap(_ options: Int32) -> SandboxDeath? {
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, options)
      if found == process { return SandboxDeath(status: status) }
      if found == 0 { return nil }
      // Somebody else has waited for it, or the program wants no word of its children.
      if errno != EINTR { return .unknown }
    }
  }
}

/// How a child process ended.
enum SandboxDeath: Equatable {
  /// Its time was over.
  case time
  /// It used memory that there was not.
  case crash
  /// It gave up.
  case other
  /// Somebody killed it, or the system did, for want of memory.
  case fromOutside
  /// It was killed here, because it did not keep to the protocol.
  case killed
  /// Somebody else has been told, and not this.
  case unknown

  /// - Parameter status: as `waitpid` has it.
  init(status: Int32) {
    switch status & 0x7F {
    case SIGPROF: self = .time
    case SIGSEGV, SIGBUS: self = .crash
    case SIGKILL: self = .fromOutside
    default: self = .other
    }
  }

  /// The cause, for the person who wrote the expression.
  func message(_ limits: JQLimits) -> String {
    switch self {
    case .time: "\(EvaluationOutcome.endedPrefix)it took longer than its time limit of \(limits.timeText)"
    case .crash:
      "\(EvaluationOutcome.endedPrefix)it recursed too deeply, or took more than \(limits.memoryText) of memory"
    case .other, .fromOutside, .killed:
      "\(EvaluationOutcome.endedPrefix)it took more than \(limits.memoryText) of memory, or libjq could not go on"
    case .unknown:
      "\(EvaluationOutcome.endedPrefix)it took longer than its time limit of \(limits.timeText), or more than \(limits.memoryText) of memory"
    }
  }
}

/// Null-terminated copies of `strings`, and a null pointer after them, for the time of `body`.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
  let copies = strings.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  // Safe: the array and what it points to live until `body` returns.
  return copies.withUnsafeBufferPointer { body($0.baseAddress) }
}
