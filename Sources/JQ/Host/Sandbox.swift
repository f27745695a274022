import RawJSON

/// Runs programs that might not end, or might take all memory, in a process of their own.
///
/// libjq cannot be interrupted, and at the end of memory it ends the process. So an expression that is
/// not seen to be bounded (see ``JQExpression/isBounded``) runs in a child, which is started when it is first
/// needed and ends when its time is over; the next expression gets a new one. Most expressions are bounded
/// and never come here.
///
/// A sandbox belongs to one thread.
final class Sandbox {
  private let programs: [Int: String]
  private let limits: JQLimits
  private var worker: SandboxWorker?
  /// Why there is no child, and will be none.
  private var refusal: SandboxRefusal?
  /// How often each program had to be ended.
  private var casualties: [Int: Int] = [:]

  /// After so many ends a program is not tried again: a million items would take as many seconds.
  private static let patience = 3

  /// A sandbox for the texts of programs, by numbers.
  init(programs: [Int: String], limits: JQLimits) {
    self.programs = programs
    self.limits = limits
  }

  /// The child that runs programs at present, nil where there is none.
  var process: Int32? { worker?.process }

  /// Runs the program of that number on `json`.
  func run(_ number: Int, on json: [UInt8]) -> JQOutcome {
    if casualties[number, default: 0] >= Self.patience {
      return .failure("not run: it had to be ended \(Self.patience) times before")
    }
    guard json.count <= SandboxMessage.inputLimit else {
      return .failure("not run: its input is larger than \(SandboxMessage.inputLimit >> 20) MB")
    }
    switch askTwice(SandboxMessage(.run, number, json)) {
    case .answer(let answer): return outcome(answer)
    case .death(let cause):
      casualties[number, default: 0] += 1
      return .failure(cause.message(limits))
    case .silence:
      casualties[number, default: 0] += 1
      return .failure("ended: its process stood still")
    case .unavailable(let refusal):
      if refusal == .silence { casualties[number, default: 0] += 1 }
      return .failure(refusal.message)
    }
  }

  /// Why libjq does not compile the program of that number, nil where it does, or where nothing can be said.
  func compileError(of number: Int) -> JQCompileError? {
    guard case .answer(let answer) = askTwice(SandboxMessage(.compile, number)), answer.kind == .failure
    else {
      return nil
    }
    return JQCompileError(message: String(decoding: answer.body, as: UTF8.self))
  }

  /// A child that stood still, or was killed from outside, has not been at fault: another one is asked.
  private func askTwice(_ request: SandboxMessage) -> SandboxWorker.Reply {
    let reply = ask(request)
    switch reply {
    case .silence, .death(.fromOutside): return ask(request)
    default: return reply
    }
  }

  private func ask(_ request: SandboxMessage) -> SandboxWorker.Reply {
    if let refusal { return .unavailable(refusal) }
    do throws(SandboxRefusal) {
      let current = try startedWorker()
      let reply = current.ask(request)
      if case .answer = reply { worker = current } else { worker = nil }
      return reply
    } catch {
      if error.isFinal { refusal = error }
      return .unavailable(error)
    }
  }

  private func startedWorker() throws(SandboxRefusal) -> SandboxWorker {
    if let worker { return worker }
    return try SandboxWorker.start(programs, limits: limits)
  }

  private func outcome(_ answer: SandboxMessage) -> JQOutcome {
    switch answer.kind {
    case .value:
      guard let value = JQValue(json: answer.body) else { return .failure("the result is nested too deeply") }
      return .value(value)
    case .nothing: return .nothing
    default: return .failure(String(decoding: answer.body, as: UTF8.self))
    }
  }
}
