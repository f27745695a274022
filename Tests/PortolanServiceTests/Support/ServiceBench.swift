import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Portolan
import PortolanEvents
import RawJSON
import Synchronization
import Testing

@testable import PortolanService

/// The lines that a log wrote.
final class LogLines: Sendable {
  private let kept = Mutex<[String]>([])

  var all: [String] { kept.withLock { $0 } }

  /// A logger that writes here, without times.
  var logger: Logger {
    var logger = Logger(label: "test") { _ in
      ServiceLogHandler(.text, mask: { $0 }) { line in
        self.kept.withLock { $0.append(String(line.dropFirst(9).dropLast())) }
      }
    }
    logger.logLevel = .debug
    return logger
  }
}

/// Waits until something holds; a failed test where that takes too long.
func wait(
  for what: String, until holds: () async -> Bool, location: Testing.SourceLocation = #_sourceLocation
) async {
  for _ in 0..<2000 {
    if await holds() { return }
    try? await Task.sleep(for: .milliseconds(5))
  }
  Issue.record("never: \(what)", sourceLocation: location)
}

/// An API whose events are about the issue in their body, and which is never asked.
struct IssueEvents: EventFetcher {
  struct NoIssue: Error {}

  func objects(of event: RawEvent) throws -> [EventObject] {
    let body = try JSONView(validating: event.body)
    guard let issue = body["issue"] else { return [] }
    guard let key = issue["key"]?.text else { throw NoIssue() }
    return [EventObject(kind: "issue", key: key, json: Array(issue.json.utf8))]
  }

  func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage? { nil }

  func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
    AsyncThrowingStream { $0.finish() }
  }
}

/// A queue that keeps events in memory, or fails as it is told.
final class MemoryQueue: EventQueue {
  private let kept = Mutex<(events: [QueuedEvent], problem: EventQueueError?)>(([], nil))

  var events: [QueuedEvent] { kept.withLock { $0.events } }
  var state: InboxCounts { .none }
  var deadLetters: Int? { 0 }

  func fail(_ problem: EventQueueError) { kept.withLock { $0.problem = problem } }

  func close() {}

  func add(_ event: QueuedEvent) async throws(EventQueueError) -> Admission {
    let result = kept.withLock { state -> Result<Admission, EventQueueError> in
      if let problem = state.problem { return .failure(problem) }
      let isKnown = event.delivery != nil && state.events.contains { $0.delivery == event.delivery }
      if !isKnown { state.events.append(event) }
      return .success(isKnown ? .duplicate : .kept)
    }
    return try result.get()
  }

  func take(_ limit: Int) async throws(EventQueueError) -> [EventWork] { [] }
  func finish(_ work: EventWork) async throws(EventQueueError) {}
  func retry(_ work: EventWork, after seconds: Double, because error: String) async throws(EventQueueError) {}
  func bury(_ work: EventWork, because error: String) async throws(EventQueueError) {}
}

/// A service's HTTP side.
final class ServiceBench: Sendable {
  static let secret = "a-webhook-s3cret"

  let queue = MemoryQueue()
  let lines = LogLines()
  let health = HealthState()
  let metrics = MetricRegistry(ServiceMetrics.all)

  /// Serves while `body` runs; `prepare` changes how.
  func run(
    _ prepare: (inout IntegrationServer) throws -> Void = { _ in },
    _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    var server = IntegrationServer(health: health, metrics: metrics, log: lines.logger)
    server.door = EventDoor(
      source: "jira", verifier: try EventVerifier(.header("x-secret"), secrets: [Self.secret]),
      fetcher: IssueEvents(), kinds: ["issue"], queue: queue
    ) { $0.headers["x-delivery"] }
    try prepare(&server)
    try await server.application(refresh: {}, onReady: { _ in }).test(.router, body)
  }
}

extension TestClientProtocol {
  /// Sends a request.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", _ headers: [String: String] = [:]
  ) async throws -> (status: Int, body: String, headers: HTTPFields) {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    return try await execute(
      uri: path, method: method, headers: fields, body: body.isEmpty ? nil : ByteBuffer(string: body)
    ) { ($0.status.code, String(buffer: $0.body), $0.headers) }
  }
}
