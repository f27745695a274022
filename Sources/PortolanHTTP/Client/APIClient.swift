import AsyncHTTPClient

/// Asks an API, politely: signed, within its limits, and again where that helps.
///
/// ```swift
/// let client = try APIClient(baseURL: "https://api.example.org", authentication: .bearer(token))
/// let answer = try await client.send(APIRequest(.get, "/projects"))
/// print(answer.status, answer.body.count)
/// ```
public final class APIClient: Sendable {
  /// Creates a client.
  ///
  /// - Parameters:
  ///   - baseURL: what relative paths begin with.
  ///   - authentication: how requests say who asks. It goes to the host of the base URL only.
  ///   - headers: what every request says besides.
  ///   - limits: how much is asked at once, and how long for.
  ///   - environment: where proxies and certificates are named: `HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`, ….
  ///   - secrets: what no message may show, besides what `authentication` holds.
  /// - Throws: ``APIError`` for a base URL, a proxy or certificates that cannot be used.
  public init(
    baseURL: String, authentication: Authentication = .none, headers: [APIField] = [],
    limits: APILimits = APILimits(), environment: [String: String] = [:], secrets: [String] = []
  ) throws(APIError) {
    fatalError()
  }

  /// Sends a request, and again where the answer was lost or the API asks for it.
  ///
  /// - Returns: the answer, whatever its status, but for those that were in vain to the last attempt.
  /// - Throws: ``APIError``, and `CancellationError`.
  public func send(_ request: APIRequest) async throws -> APIResponse {
    fatalError()
  }

  /// How many bytes of bodies have come, and how many requests were sent.
  public var statistics: (requests: Int, bytes: Int) { (0, 0) }
}
