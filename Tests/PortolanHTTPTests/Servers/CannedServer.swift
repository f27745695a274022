import Hummingbird
import Synchronization
import TestServer

/// A server that gives the same answer to the same request, and 404 to any other.
struct CannedServer: Sendable {
  /// An answer, and what it is given to.
  struct Answer: Sendable {
    /// How the request's line begins: `GET /rest/api/3/user?accountId=`.
    var request: String
    /// What the request's body holds, nil for anything.
    var body: String?
    var json: String
    var status: HTTPResponse.Status

    init(
      _ request: String, body: String? = nil, _ json: String, status: HTTPResponse.Status = .ok
    ) {
      self.request = request
      self.body = body
      self.json = json
      self.status = status
    }
  }

  /// What it was asked.
  final class Log: Sendable {
    private let lines = Mutex<[String]>([])

    /// Every request so far, its body after a blank: `POST /search {"jql":"…"}`.
    var requests: [String] { lines.withLock { $0 } }

    fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  let answers: [Answer]
  let log = Log()

  init(_ answers: Answer...) {
    self.init(answers)
  }

  init(_ answers: [Answer]) {
    self.answers = answers
  }

  /// Serves while `body` runs, and gives the server's URL.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    router.add(middleware: Canned(server: self))
    try await TestServer.run(router) { try await body($0.url) }
  }

  private struct Canned: RouterMiddleware {
    let server: CannedServer

    func handle(
      _ request: Request, context: BasicRequestContext,
      next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
      var request = request
      let body = String(buffer: try await request.collectBody(upTo: 1 << 20))
      let line = "\(request.method) \(request.uri.string)"
      server.log.add(body.isEmpty ? line : "\(line) \(body)")
      let answer = server.answers.first { answer in
        line.hasPrefix(answer.request) && answer.body.map { body.contains($0) } ?? true
      }
      guard let answer else { return .json(#"{"errorMessages": ["It is not there."]}"#, status: .notFound) }
      return .json(answer.json, status: answer.status)
    }
  }
}
