import CProcess
import RawJSON

/// The child's side: takes requests until its parent closes the channel.
struct SandboxChild {
  private let programs: [Int: JQMachine]
  private let limits: JQLimits
  private let channel: Channel

  init(_ programs: [Int: JQMachine], _ limits: JQLimits, _ channel: Channel) {
    self.programs = programs
    self.limits = limits
    self.channel = channel
  }

  /// Serves, and ends the process.
  func serve() -> Never {
    while let head = channel.read(4, until: nil), head.count == 4,
      let message = channel.read(SandboxMessage.count(head), until: nil), message.count >= 4
    {
      let answer = run(SandboxMessage.count(message), on: Array(message[4...]))
      guard channel.write(SandboxMessage.bytes(answer.count) + answer, until: nil) == .done else { break }
    }
    portolan_exit(0)
  }

  private func run(_ place: Int, on json: [UInt8]) -> [UInt8] {
    guard let machine = programs[place] else { return [SandboxMessage.nothing] }
    let (seconds, attoseconds) = limits.timeout.components
    portolan_limit_time(Int(seconds), Int(attoseconds / 1_000_000_000_000))
    defer { portolan_limit_time(0, 0) }
    return json.withScanner { scanner in
      let input = JQValue(scanner, scanner.skipWhitespace(0)..<scanner.count)
      switch JQBatch.outcome(ofLoner: machine, input) {
      case .nothing: return [SandboxMessage.nothing]
      case .failure(let message): return [SandboxMessage.failure] + Array(message.utf8)
      case .value(let value):
        var answer = [SandboxMessage.value]
        guard value.write(into: &answer) else {
          return [SandboxMessage.failure] + Array("the result is nested too deeply".utf8)
        }
        guard answer.count <= SandboxMessage.limit else {
          return [SandboxMessage.failure]
            + Array("the result is larger than \(SandboxMessage.limit >> 20) MB".utf8)
        }
        return answer
      }
    }
  }
}
