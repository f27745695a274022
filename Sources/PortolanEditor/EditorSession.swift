import Portolan

/// A session with an editor, from its first message to `exit`: answers at once, lints when typing rests, and runs
/// configs on their fixtures meanwhile.
package struct EditorSession {
  /// How long typing must rest before the text is linted.
  private static let rest = Duration.milliseconds(50)

  private var server: LanguageServer
  private var framing = MessageFraming()
  private let send: ([UInt8]) -> Void
  private let events: AsyncStream<Event>
  private let happen: AsyncStream<Event>.Continuation
  private var runs: [String: Task<Void, Never>] = [:]
  private var resting: Task<Void, Never>?

  private enum Event: Sendable {
    case input([UInt8])
    case end
    case rested
    case ran(DataRun, [Diagnostic])
  }

  /// A session of `server`, which writes what it sends with `send`.
  package init(_ server: LanguageServer, send: @escaping ([UInt8]) -> Void) {
    self.server = server
    self.send = send
    (events, happen) = AsyncStream.makeStream()
  }

  /// Reads `input` until `exit` or its end.
  ///
  /// - Returns: the status that the process ends with.
  /// - Throws: `MessageFraming.Broken` where it is not known where the next message begins.
  package mutating func run(_ input: AsyncStream<[UInt8]>) async throws(MessageFraming.Broken) -> Int32 {
    let reading = Task { [happen] in
      for await bytes in input { happen.yield(.input(bytes)) }
      happen.yield(.end)
    }
    defer {
      reading.cancel()
      resting?.cancel()
      for run in runs.values { run.cancel() }
    }
    for await event in events {
      switch event {
      case .input(let bytes):
        framing.append(bytes)
        while let message = try framing.next() {
          write(await server.receive(message))
          if let status = server.exitStatus { return status }
        }
        restart()
      case .end: return 1
      case .rested:
        write(server.publish())
        start(server.takeRuns())
      case .ran(let run, let found): write(server.publish(found, of: run))
      }
    }
    return 1
  }

  private func write(_ messages: [[UInt8]]) {
    for message in messages { send(MessageFraming.framed(message)) }
  }

  private mutating func restart() {
    resting?.cancel()
    resting = Task { [happen] in
      guard (try? await Task.sleep(for: Self.rest)) != nil else { return }
      happen.yield(.rested)
    }
  }

  /// Runs what has changed, in place of what it was before.
  private mutating func start(_ started: [DataRun]) {
    for run in started {
      runs[run.uri]?.cancel()
      runs[run.uri] = Task.detached(priority: .utility) { [happen] in
        if let found = await run.findings() { happen.yield(.ran(run, found)) }
      }
    }
  }
}
