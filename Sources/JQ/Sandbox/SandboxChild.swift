import CProcess
import RawJSON

/// The child's side: takes requests until its parent closes the channel.
struct SandboxChild {
  private let expressions: [JQExpression]
  private let environment: JQEnvironment
  private let channel: Channel

  init(_ expressions: [JQExpression], _ environment: JQEnvironment, _ channel: Channel) {
    self.expressions = expressions
    self.environment = environment
    self.channel = channel
  }

  /// Serves, and ends the process.
  func serve() -> Never {
    var programs: [Int: BatchCompiler.Compiled] = [:]
    while let head = channel.read(4, until: nil), head.count == 4,
      let message = channel.read(SandboxMessage.count(head), until: nil), message.count >= 5
    {
      let place = SandboxMessage.count(message[1...])
      let compiled = programs[place] ?? compile(place)
      programs[place] = compiled
      let answer =
        if let rejection = compiled.rejections[0] {
          [SandboxMessage.failure] + Array(rejection.message.utf8)
        } else if message[0] == UInt8(ascii: "c") {
          [SandboxMessage.compiled]
        } else {
          run(compiled, on: Array(message[5...]))
        }
      guard channel.write(SandboxMessage.bytes(answer.count) + answer, until: nil) == .done else { break }
    }
    portolan_exit(0)
  }

  private func compile(_ place: Int) -> BatchCompiler.Compiled {
    guard expressions.indices.contains(place) else { return BatchCompiler.Compiled() }
    return BatchCompiler(environment: environment).compile(alone: expressions[place])
  }

  private func run(_ compiled: BatchCompiler.Compiled, on json: [UInt8]) -> [UInt8] {
    guard let machine = compiled.loners[0] else { return [SandboxMessage.nothing] }
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
        return answer
      }
    }
  }
}
