import CProcess
import RawJSON

/// The child's side: answers requests until its parent closes the channel.
struct SandboxServer {
  private let channel: Channel
  private var texts: [Int: String] = [:]
  /// The programs that have been compiled, each when it was first needed.
  private var programs: [Int: JQMachine] = [:]
  private var microseconds: Int64 = 1

  init(_ channel: Channel) {
    self.channel = channel
  }

  mutating func serve() {
    let greeting = SandboxMessage(.greeting, 0, Array(SandboxMessage.greeting.utf8))
    guard greeting.send(to: channel, until: nil) == .done else { return }
    while case .message(let message) = receive() {
      switch message.kind {
      case .limits:
        microseconds = Int64(clamping: SandboxMessage.value(message.body.prefix(8)))
        portolan_confine(SandboxMessage.value(message.body.dropFirst(8)))
      case .program: texts[message.number] = String(decoding: message.body, as: UTF8.self)
      case .run:
        guard run(message).send(to: channel, until: nil) == .done else { return }
      case .compile:
        guard compile(message).send(to: channel, until: nil) == .done else { return }
      default: return
      }
    }
  }

  private func receive() -> SandboxMessage.Received {
    SandboxMessage.receive(from: channel, limit: SandboxMessage.inputLimit, until: nil)
  }

  private mutating func compile(_ request: SandboxMessage) -> SandboxMessage {
    do throws(JQCompileError) {
      _ = try program(request.number)
      return SandboxMessage(.nothing)
    } catch {
      return failure(error.message)
    }
  }

  private mutating func run(_ request: SandboxMessage) -> SandboxMessage {
    let machine: JQMachine
    do throws(JQCompileError) {
      machine = try program(request.number)
    } catch {
      return failure(error.message)
    }
    portolan_begin_work(Int(microseconds / 1_000_000), Int(microseconds % 1_000_000))
    defer { portolan_end_work() }
    return request.body.withScanner { scanner in
      let input = JQValue(scanner, scanner.skipWhitespace(0)..<scanner.count)
      switch machine.outcome(on: input) {
      case .nothing: return SandboxMessage(.nothing)
      case .failure(let message): return failure(message)
      case .value(let value):
        var answer = SandboxMessage(.value)
        guard value.write(into: &answer.body) else { return failure("the result is nested too deeply") }
        guard answer.body.count <= SandboxMessage.resultLimit else {
          return failure("the result is larger than \(SandboxMessage.resultLimit >> 20) MB")
        }
        return answer
      }
    }
  }

  private func failure(_ message: String) -> SandboxMessage {
    SandboxMessage(.failure, 0, Array(message.utf8.prefix(SandboxMessage.resultLimit)))
  }

  private mutating func program(_ number: Int) throws(JQCompileError) -> JQMachine {
    if let program = programs[number] { return program }
    let program = try JQMachine(texts[number] ?? "empty")
    programs[number] = program
    return program
  }
}
