/// Asks an API, politely: signed, within its limits, and again where that helps.
///
/// - It is signed only for the origin of the base URL: its scheme, host and port. A link or a redirect to another one
///   is followed without credentials, without cookies and without a body, and never from https to http.
/// - A request is sent again, after a wait that grows and is drawn by lot, on 408, 429, 502, 503 and 504, when the
///   connection was cut and when nothing came for too long; one that does harm when it is done twice only where it
///   certainly was not done, as ``APIRequest/repeats`` says.
/// - A redirect never makes a GET of what ``APIRequest/writes``, nor leads it to another origin.
/// - `Retry-After` and the headers of rate limits are obeyed, by all requests to that host and before the limit is hit.
/// - An answer that takes ten times ``APILimits/timeout``, and besides comes more slowly than 16 KiB a second, ends.
///
/// ```swift
/// let client = try APIClient(baseURL: "https://api.example.org", authentication: .bearer(token))
/// let answer = try await client.send(APIRequest(.get, "/projects"))
/// print(answer.status, answer.body.count)
/// ```
public final class APIClient: Sendable {
  let core: ClientCore
  let base: RequestURL
  let headers: [APIField]
  let signer: Signer
  /// The lists that were asked for.
  let lists = ListPlans()

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
  public convenience init(
    baseURL: String, authentication: Authentication = .none, headers: [APIField] = [],
    limits: APILimits = APILimits(), environment: [String: String] = [:], secrets: [String] = []
  ) throws(APIError) {
    try self.init(
      baseURL: baseURL, authentication: authentication, headers: headers, limits: limits,
      environment: environment, secrets: secrets, clock: .system, onWait: nil)
  }

  /// Creates a client that goes by a clock and tells when it waits: `onWait` is called when requests to a host begin to
  /// wait for a second or longer, because of a limit. It throws what the public initializer throws.
  package init(
    baseURL: String, authentication: Authentication = .none, headers: [APIField] = [],
    limits: APILimits = APILimits(), environment: [String: String] = [:], secrets: [String] = [],
    clock: ClientClock = .system, onWait: (@Sendable (_ host: String, _ seconds: Double) -> Void)? = nil
  ) throws(APIError) {
    let proxies = try ProxySettings(environment: environment)
    let secrets = secrets + authentication.secrets + proxies.secrets
    base = try Self.base(baseURL, SecretMask(secrets))
    core = ClientCore(
      limits, clock: clock,
      transport: Transport(
        limits, clock: clock, proxies: proxies, tls: try TrustRoots.configuration(environment: environment)),
      secrets: secrets, onWait: onWait)
    self.headers = headers
    signer = Signer(authentication, core: core, base: base, headers: headers)
  }

  /// The client that an authentication asks with, which nothing signs.
  init(unsigned core: ClientCore, base: RequestURL, headers: [APIField]) {
    self.core = core
    self.base = base
    self.headers = headers
    signer = .nothing
  }

  /// Sends a request, and again where the answer was lost or the API asks for it.
  ///
  /// - Returns: the answer, whatever its status, but for those that were in vain to the last attempt.
  /// - Throws: ``APIError``, and `CancellationError`.
  public func send(_ request: APIRequest) async throws -> APIResponse {
    try await Attempts(self, try hop(of: request)).answer()
  }

  /// Ends all connections. Requests that are under way and later ones fail.
  ///
  /// A client that nobody holds any more does so by itself.
  public func shutdown() async {
    await core.transport.shutdown()
  }

  /// How many bytes of bodies have come, and how many requests were sent.
  public var statistics: (requests: Int, bytes: Int) { core.transport.statistics }

  /// How much is asked at once, and how long for.
  var limits: APILimits { core.limits }

  /// Who is asked, as `api.example.org:8443`.
  package var authority: String { base.origin.authority }

  /// Whether what is sent can be read by nobody on the way: it is encrypted, or does not leave this machine.
  package var isPrivate: Bool { base.origin.isEncrypted || base.origin.isLoopback }

  /// Time and chance, as the client sees them.
  package var clock: ClientClock { core.clock }

  /// Waits before a request is sent once more, whose answer was none: as long as after any other attempt in vain.
  package func pause(after attempt: Int) async throws {
    try await core.clock.sleep(RetryPolicy.backoff(after: attempt, random: core.clock.random()))
  }

  /// What hides every secret that the client knows, also those that it was given since, in a text for people.
  package var mask: SecretMask { core.mask }
}

extension APIClient {
  private static func base(_ text: String, _ mask: SecretMask) throws(APIError) -> RequestURL {
    let url: RequestURL
    do {
      url = try RequestURL(text.trimmingBlanks)
    } catch {
      throw problem("the base URL \"\(mask.mask(text))\" \(error.message)")
    }
    guard url.query == nil else {
      throw problem("the base URL \"\(mask.mask(text))\" has a query, which belongs in the requests")
    }
    guard !text.prefix(while: { $0 != "?" }).contains("@") else {
      throw problem(
        "the base URL of \(url.origin.authority) has a user name in it, which belongs in the authentication")
    }
    return url
  }

  private static func problem(_ message: String) -> APIError {
    APIError(setup: message, advice: "write it as https://api.example.org/v2")
  }

  /// The request as it goes out first.
  private func hop(of request: APIRequest) throws(APIError) -> Hop {
    var url: RequestURL
    do {
      url =
        RequestURL.isWhole(request.url) ? try RequestURL(request.url) : base.appending(request.url)
    } catch {
      let text = mask.mask("\(request.method.rawValue) \(request.url)")
      throw APIError(request: text, .invalidRequest("it \(error.message)"), attempts: 0)
    }
    if base.origin.isEncrypted, !url.origin.isEncrypted {
      // An API behind a proxy that ends TLS may write its links so.
      guard url.origin.host == base.origin.host, url.origin.port == 80 else {
        throw APIError(
          request: mask.mask("\(request.method.rawValue) \(url.text)"),
          .invalidRequest("it leads from https to http, where anybody on the way can read it"), attempts: 0)
      }
      url.origin = base.origin
    }
    let isOwn = url.origin == base.origin
    let rule = RedirectRule(mask: mask)
    url.removeParameters { name, _ in signer.queryNames.contains(name) }
    url.add(request.query)
    var headers = request.headers
    func add(_ field: APIField) {
      if !headers.contains(where: { $0.name.lowercased() == field.name.lowercased() }) {
        headers.append(field)
      }
    }
    if let body = request.body { add(APIField("Content-Type", body.type)) }
    self.headers.filter { isOwn || !rule.isSecret($0.name, $0.value) }.forEach(add)
    add(APIField("Accept", "application/json, */*;q=0.8"))
    add(APIField("User-Agent", "Portolan"))
    let hop = Hop(
      method: request.method, url: url, headers: headers, body: request.body?.bytes, isSigned: isOwn,
      writes: request.writes, repeats: request.repeats)
    guard !hop.isSigned, !signer.isNothing else { return hop }
    // A link that the API gave: nobody promised to its host what the base URL's is told.
    let left = rule.leaving(hop)
    let name = mask.mask("\(request.method.rawValue) \(url.text)")
    guard !mask.finds(in: left.url.text) else {
      throw APIError(
        request: name,
        .invalidRequest(
          "it has a credential in its URL, and another host than the base URL (\(base.origin.authority))"),
        attempts: 0)
    }
    guard left.body == nil else {
      throw APIError(
        request: name,
        .invalidRequest(
          "it has a body, and another host than the base URL (\(base.origin.authority)): none is sent there"),
        attempts: 0)
    }
    guard !left.writes else {
      throw APIError(
        request: name,
        .invalidRequest(
          "it changes something, and has another host than the base URL (\(base.origin.authority))"),
        attempts: 0)
    }
    return left
  }
}

extension APIRequest.Body {
  /// What is sent.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .json(let bytes): bytes
    case .form(let fields): Array(PercentEncoding.query(fields).utf8)
    }
  }

  /// What it is, as a header says it.
  fileprivate var type: String {
    switch self {
    case .json: "application/json"
    case .form: "application/x-www-form-urlencoded"
    }
  }
}
