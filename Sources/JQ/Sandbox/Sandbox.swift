import CLibJQ
import RawJSON

/// Runs programs that might not end, or might take all memory, in a process of their own.
///
/// libjq cannot be interrupted, and at the end of memory it ends the process. So an expression that is
/// not seen to be bounded (see ``JQExpression/isBounded``) runs in a child, a fork of this process, which
/// ends when its time is over; the next expression gets a new one. Most expressions are bounded and
/// never come here.
///
/// A sandbox belongs to one thread.
final class Sandbox {
  private let programs: [Int: JQMachine]
  private let limits: JQLimits
  private var worker: SandboxWorker?
  /// How often each program had to be ended.
  private var casualties: [Int: Int] = [:]

  /// After so many ends a program is not tried again: a million items would take as many seconds.
  private static let patience = 3

  /// A sandbox for compiled programs, by their places.
  init(_ programs: [Int: JQMachine], limits: JQLimits) {
    self.programs = programs
    self.limits = limits
  }

  /// The child that runs programs at present, nil where there is none.
  var process: Int32? { worker?.process }

  /// Runs the program at `place` on `json`.
  func run(_ place: Int, on json: [UInt8]) -> JQOutcome {
    if casualties[place, default: 0] >= Self.patience {
      return .failure("not run: it had to be ended \(Self.patience) times before")
    }
    let request = SandboxMessage.run(place, json)
    var reply = ask(request)
    // A child that has stood still has not been at the expression: a fork can find a lock held for ever
    // by a thread that it has not got. Another one is asked.
    // One that was killed from outside has not been at fault either.
    switch reply {
    case .silence: reply = ask(request)
    case .death(let cause) where cause.isFromOutside: reply = ask(request)
    default: break
    }
    switch reply {
    case .answer(let answer): return outcome(answer)
    case .death(let cause):
      casualties[place, default: 0] += 1
      return .failure(cause.words(limits))
    case .silence:
      casualties[place, default: 0] += 1
      return .failure("ended: its process stood still")
    case .unavailable:
      return .failure("not run: no process could be started for it")
    }
  }

  private func ask(_ request: [UInt8]) -> SandboxWorker.Reply {
    if worker == nil { worker = SandboxWorker(programs, limits: limits) }
    guard let current = worker else { return .unavailable }
    let reply = current.ask(request)
    if case .answer = reply { return reply }
    worker = nil
    return reply
  }

  private func outcome(_ answer: [UInt8]) -> JQOutcome {
    let body = Array(answer.dropFirst())
    switch answer.first {
    case SandboxMessage.value:
      guard let value = JQValue(json: body) else { return .failure("the result is nested too deeply") }
      return .value(value)
    case SandboxMessage.nothing: return .nothing
    default: return .failure(String(decoding: body, as: UTF8.self))
    }
  }
}

/// What goes over the channel: a request names a program and gives its input, an answer begins with its kind.
enum SandboxMessage {
  /// How large a result may be, in bytes: what it takes here is outside of the child's limits.
  static let limit = 64 << 20

  static let value = UInt8(ascii: "v")
  static let nothing = UInt8(ascii: "n")
  static let failure = UInt8(ascii: "f")

  static func run(_ place: Int, _ json: [UInt8]) -> [UInt8] { bytes(place) + json }

  /// The four bytes of a count.
  static func bytes(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
  }

  /// The count in the first four of `bytes`.
  static func count(_ bytes: some Collection<UInt8>) -> Int {
    bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
