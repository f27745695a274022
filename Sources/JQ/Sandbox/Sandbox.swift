import CLibJQ
import RawJSON

/// Runs expressions that might not end, or might take all memory, in a process of their own.
///
/// libjq cannot be interrupted, and at the end of memory it ends the process. So an expression that is
/// not seen to be bounded (see ``Expression/isBounded``) runs in a child, a fork of this process, which is
/// killed when its time is over; the next expression gets a new one. Most expressions are bounded and
/// never come here.
///
/// A sandbox belongs to one thread.
final class Sandbox {
  private let expressions: [JQExpression]
  private let environment: JQEnvironment
  private var worker: SandboxWorker?
  /// How often each expression had to be ended.
  private var casualties: [Int: Int] = [:]

  /// After so many ends an expression is not tried again: a million items would take as many seconds.
  private static let patience = 3

  init(_ expressions: [JQExpression], environment: JQEnvironment) {
    self.expressions = expressions
    self.environment = environment
  }

  /// Why the expression at `place` does not compile, nil if it does.
  func rejection(_ place: Int) -> JQCompileError? {
    guard case .answer(let answer) = ask(SandboxMessage.compile(place)),
      answer.first == SandboxMessage.failure
    else { return nil }
    return JQCompileError(message: String(decoding: answer.dropFirst(), as: UTF8.self))
  }

  /// Runs the expression at `place` on `json`.
  func run(_ place: Int, on json: [UInt8]) -> JQOutcome {
    if casualties[place, default: 0] >= Self.patience {
      return .failure("not run: it had to be ended \(Self.patience) times before")
    }
    switch ask(SandboxMessage.run(place, json)) {
    case .answer(let answer): return outcome(answer)
    case .timeout:
      casualties[place, default: 0] += 1
      return .failure("ended: it took longer than \(seconds) (--timeout)")
    case .death(let cause):
      casualties[place, default: 0] += 1
      return .failure(cause.words(environment.limits))
    case .unavailable:
      return .failure("not run: no process could be started for it")
    }
  }

  private var seconds: String {
    let (whole, atto) = environment.limits.timeout.components
    let tenths = atto / 100_000_000_000_000_000
    return tenths == 0 ? "\(whole) s" : "\(whole).\(tenths) s"
  }

  private func ask(_ request: [UInt8]) -> SandboxWorker.Reply {
    if worker == nil { worker = SandboxWorker(expressions, environment: environment) }
    guard let current = worker else { return .unavailable }
    let reply = current.ask(request, within: environment.limits.timeout)
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

/// What goes over the channel: a request names an expression and an action, an answer begins with its kind.
enum SandboxMessage {
  static let value = UInt8(ascii: "v")
  static let nothing = UInt8(ascii: "n")
  static let failure = UInt8(ascii: "f")
  static let compiled = UInt8(ascii: "c")

  static func compile(_ place: Int) -> [UInt8] { [UInt8(ascii: "c")] + bytes(place) }
  static func run(_ place: Int, _ json: [UInt8]) -> [UInt8] { [UInt8(ascii: "r")] + bytes(place) + json }

  /// The four bytes of a count.
  static func bytes(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
  }

  /// The count in the first four of `bytes`.
  static func count(_ bytes: some Collection<UInt8>) -> Int {
    bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
