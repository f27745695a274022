import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Asks Port's API: what is asked as JSON, what goes wrong as ``CatalogError``.
struct PortAPI: Sendable {
  /// What helps where Port cannot be reached or gives up.
  static let again = "run again later: what was done stays done, and the next run does the rest"

  /// As many requests at the same time as writes, and some that read; a minute for each, as with Ocean. An answer is at
  /// most so large that several of them are in memory.
  static let limits = APILimits(
    concurrency: 8, timeout: .seconds(60), responseSize: 32 << 20, longestWait: .seconds(900))

  /// How often an answer is asked for that is no JSON.
  static let attempts = 4

  /// What people know the catalog by.
  let name: String
  /// Who writes.
  let owner: Datasource
  let client: APIClient
  private let token: PortToken

  /// Prepares to ask. Throws `APIError` and ``CatalogError`` for what cannot be used.
  init(
    _ credentials: PortCredentials, owner: Datasource, limits: APILimits, environment: [String: String],
    clock: ClientClock
  ) throws {
    let base = Self.base(credentials.baseURL)
    let plain = try APIClient(baseURL: base, environment: environment)
    let name = "Port at \(plain.authority)"
    guard plain.isPrivate else {
      throw CatalogError(
        .refused, "the base URL of \(name) is not encrypted: anybody on the way could read the secret",
        advice: "write it with https://; http:// is for this machine alone")
    }
    let token = PortToken(credentials, name: name)
    client = try APIClient(
      baseURL: base, authentication: token.signing(),
      headers: [APIField("User-Agent", "\(owner.prefix)\(owner.version)/\(owner.identifier)")],
      limits: limits, environment: environment, secrets: PortToken.secrets(credentials), clock: clock)
    self.name = name
    self.owner = owner
    self.token = token
  }

  /// The headers of a write that makes `owner` the owner: Port keeps the user agent as the datasource.
  func owning(_ owner: Datasource) -> [APIField] { [APIField("User-Agent", "\(owner)")] }

  /// Sends a request, and again where its answer was lost.
  ///
  /// - Returns: the answer, whatever its status, but 401.
  /// - Throws: ``CatalogError`` where there is none, or none that can be read.
  func send(_ request: APIRequest) async throws -> PortAnswer {
    var attempt = 1
    while true {
      let answer = try await answer(to: request)
      if answer.status == 401 {
        token.refuse(answer.problem)
        throw answer.problem
      }
      if answer.isWhole { return answer }
      guard request.repeats == .always, attempt < Self.attempts else { throw lost(answer, request) }
      try await client.pause(after: attempt)
      attempt += 1
    }
  }

  /// Sends a request that is to be done. Throws ``CatalogError`` for any answer but that it was.
  @discardableResult
  func done(_ request: APIRequest) async throws -> PortAnswer {
    let answer = try await send(request)
    guard answer.isDone else { throw answer.problem }
    return answer
  }

  /// A thing that a path names, nil where there is none.
  func thing(_ path: String, _ member: String) async throws -> JSONView? {
    let answer = try await send(APIRequest(.get, path))
    if answer.status == 404 { return nil }
    guard answer.isDone else { throw answer.problem }
    guard let thing = answer.document?[member], thing.kind == .object else {
      throw answer.unreadable("there is no object in `\(member)`")
    }
    return thing
  }
}

extension PortAPI {
  /// The URL below which the paths are: Ocean's base URLs are those without the version.
  private static func base(_ url: String) -> String {
    var url = url
    while let last = url.last, last == "/" || last.isWhitespace { url.removeLast() }
    return url.hasSuffix("/v1") ? url : "\(url)/v1"
  }

  private func answer(to request: APIRequest) async throws -> PortAnswer {
    do {
      let response = try await client.send(request)
      return PortAnswer(response, client.mask)
    } catch {
      guard let failure = error as? APIError else { throw error }
      if case .tooLarge = failure.reason { return PortAnswer(tooLarge: failure, client.mask) }
      throw problem(failure)
    }
  }

  private func problem(_ failure: APIError) -> CatalogError {
    switch failure.reason {
    case .credentials(let text):
      // The same words, whether it was refused just now or to somebody else before.
      token.refusal ?? token.failure ?? CatalogError(.unavailable, text, advice: failure.advice ?? Self.again)
    case .invalidRequest: CatalogError(.refused, failure.message, advice: failure.advice)
    case .redirect:
      CatalogError(
        .refused, failure.message, advice: "is the base URL the one that Port's documentation names?")
    case .status, .timeout, .connection, .tooLarge, .wait, .invalidAnswer, .incompleteList:
      CatalogError(.unavailable, failure.message, advice: failure.advice ?? Self.again)
    }
  }

  private func lost(_ answer: PortAnswer, _ request: APIRequest) -> CatalogError {
    guard request.writes else { return answer.problem }
    let problem = answer.problem
    return CatalogError(.unavailable, problem.message, advice: problem.advice)
  }
}

extension APIRequest {
  /// A request that changes something, with a JSON document.
  static func write(
    _ method: Method, _ path: String, query: [APIField] = [], headers: [APIField] = [], _ json: [UInt8],
    repeats: Repeats = .always
  ) -> APIRequest {
    APIRequest(
      method, path, query: query, headers: headers, body: .json(json), writes: true, repeats: repeats)
  }

  /// A request that reads, with a JSON document.
  static func search(_ path: String, query: [APIField] = [], _ json: [UInt8]) -> APIRequest {
    APIRequest(.post, path, query: query, body: .json(json))
  }
}
