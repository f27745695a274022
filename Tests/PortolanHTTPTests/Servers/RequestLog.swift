import Hummingbird
import Synchronization

/// What a server was asked, and what it does wrong on purpose.
final class RequestLog: Sendable {
  /// A fault that answers a request in the place of the server.
  struct Fault: Sendable {
    /// Part of the path, or of the query, of the requests that it meets.
    var path: String
    /// How many such requests are answered well before it.
    var after = 0
    /// How many times it happens.
    var times = 1
    var response: @Sendable () -> Response
  }

  private let lines = Mutex<[String]>([])
  private let faults: Mutex<[Fault]>

  init(_ faults: [Fault] = []) {
    self.faults = Mutex(faults)
  }

  /// Every request so far: `GET /path?query`.
  var requests: [String] { lines.withLock { $0 } }

  /// The requests whose line holds `text`.
  func requests(with text: String) -> [String] { requests.filter { $0.contains(text) } }

  fileprivate func answer(_ request: Request) -> Response? {
    let line = "\(request.method) \(request.uri.string)"
    lines.withLock { $0.append(line) }
    return faults.withLock { faults -> Response? in
      for place in faults.indices where line.contains(faults[place].path) && faults[place].times > 0 {
        if faults[place].after > 0 {
          faults[place].after -= 1
        } else {
          faults[place].times -= 1
          return faults[place].response()
        }
      }
      return nil
    }
  }
}

/// Keeps the log, and does what is wrong.
struct LogMiddleware: RouterMiddleware {
  let log: RequestLog

  func handle(
    _ request: Request, context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    if let response = log.answer(request) { return response }
    return try await next(request, context)
  }
}

extension HTTPFields {
  /// One header of that name, none where it has no value.
  static func one(_ name: String, _ value: String?) -> HTTPFields {
    var fields = HTTPFields()
    if let value, let name = Element.Name(name) { fields[name] = value }
    return fields
  }

  /// The header of that name.
  func text(_ name: String) -> String? { Element.Name(name).flatMap { self[$0] } }
}

extension Response {
  static func json(_ text: String, status: HTTPResponse.Status = .ok, _ headers: HTTPFields = [:]) -> Response
  {
    var headers = headers
    headers[.contentType] = "application/json"
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A body that breaks off: the connection is closed before the length that was promised.
  static func cut(_ text: String) -> Response {
    struct Broken: Error {}
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(contentLength: text.utf8.count + 100) { writer in
        try await writer.write(ByteBuffer(string: text))
        throw Broken()
      })
  }
}
