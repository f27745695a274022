import Portolan

/// A session with an editor, from its first message to `exit`: reads on at once, whatever is being worked at, lints
/// when typing rests, and runs configs on their fixtures meanwhile.
package struct EditorSession {
  /// How long typing must rest before the text is linted.
  private static let rest = Duration.milliseconds(50)

  private var server: LanguageServer
  private var framing = MessageFraming()
  private let send: ([UInt8]) -> Void
  private let events: AsyncStream<Event>
  private let happen: AsyncStream<Event>.Continuation
  /// What is being answered, by the requests' ids.
  private var requests: [String: Task<Void, Never>] = [:]
  private var runs: [String: Task<Void, Never>] = [:]
  /// The newest run of each document for which another one has not ended yet.
  private var waiting: [String: DataRun] = [:]
  private var resting: Task<Void, Never>?

  private enum Event: Sendable {
    case input([UInt8])
    case end
    case rested
    case answered(String, [UInt8])
    case linted(LintedDocument)
    case ran(DataRun, [Diagnostic]?)
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
      for task in requests.values { task.cancel() }
      for task in runs.values { task.cancel() }
    }
    for await event in events {
      switch event {
      case .input(let bytes):
        if let status = try receive(bytes) { return status }
      case .end: return 1
      case .rested:
        resting = nil
        startChecks()
      case .answered(let id, let result):
        requests[id] = nil
        write(server.finish(id, result))
      case .linted(let linted):
        write(server.publish(linted))
        if let run = server.run(of: linted) { start(run) }
        if resting == nil { startChecks() }
      case .ran(let run, let found): end(run, found)
      }
    }
    return 1
  }

  /// Takes what has come.
  ///
  /// - Returns: the status that the process ends with, nil where it goes on.
  private mutating func receive(_ bytes: [UInt8]) throws(MessageFraming.Broken) -> Int32? {
    framing.append(bytes)
    while let message = try framing.next() {
      write(server.receive(message))
      for id in server.takeCancelled() { requests.removeValue(forKey: id)?.cancel() }
      for request in server.takeRequests() { start(request) }
      if let status = server.exitStatus { return status }
    }
    if server.takeChange() { restart() }
    return nil
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

  private mutating func start(_ request: EditorRequest) {
    requests[request.id] = Task(executorPreference: OwnThreads.shared) { [happen] in
      happen.yield(.answered(request.id, request.result()))
    }
  }

  private mutating func startChecks() {
    for check in server.takeChecks() {
      Task(executorPreference: OwnThreads.shared) { [happen] in happen.yield(.linted(check.lint())) }
    }
  }

  /// Runs what has changed, in place of what it was before, as soon as that has ended.
  private mutating func start(_ run: DataRun) {
    if let older = runs[run.uri] {
      older.cancel()
      waiting[run.uri] = run
      return
    }
    runs[run.uri] = Task(executorPreference: OwnThreads.shared, priority: .utility) { [happen] in
      happen.yield(.ran(run, await run.findings()))
    }
  }

  private mutating func end(_ run: DataRun, _ found: [Diagnostic]?) {
    runs[run.uri] = nil
    if let found { write(server.publish(found, of: run)) }
    if let next = waiting.removeValue(forKey: run.uri) { start(next) }
  }
}
