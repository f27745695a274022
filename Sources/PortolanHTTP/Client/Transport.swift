import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL
import Synchronization

/// Sends one request and takes its answer: connections, TLS, proxies, decompression, time and size.
///
/// It does not follow redirects, sign or try again.
final class Transport: Sendable {
  /// A request as it goes out.
  struct Request: Sendable {
    var method: APIRequest.Method
    var url: RequestURL
    var headers: [APIField]
    var body: [UInt8]?
  }

  /// An answer as it came in.
  struct Answer: Sendable {
    var status: Int
    var headers: [APIField]
    var body: [UInt8]
  }

  /// An answer may take so many times the timeout, besides the time in which its bytes come at `slowest`. So one that
  /// trickles for ever ends.
  private static let patience = 10.0
  /// Bytes a second.
  private static let slowest = 16384.0

  private let limits: APILimits
  private let clock: ClientClock
  private let proxies: ProxySettings
  /// One for each proxy, made when it is first needed; nil after the end.
  private let clients = Mutex<[ProxySettings.Proxy?: HTTPClient]?>([:])
  private let configuration: HTTPClient.Configuration
  private let received = Atomic<Int>(0)
  private let sent = Atomic<Int>(0)

  init(_ limits: APILimits, clock: ClientClock, proxies: ProxySettings, tls: TLSConfiguration?) {
    self.limits = limits
    self.clock = clock
    self.proxies = proxies
    configuration = Self.configuration(limits, tls)
  }

  deinit {
    // A client that goes away must have been shut down, which no deinitializer can wait for.
    let all = clients.withLock { Array(($0 ?? [:]).values) }
    guard !all.isEmpty else { return }
    Task.detached { for client in all { try? await client.shutdown() } }
  }

  /// Ends all connections. Requests fail from now on.
  func shutdown() async {
    let all = clients.withLock { clients in
      defer { clients = nil }
      return Array((clients ?? [:]).values)
    }
    for client in all { try? await client.shutdown() }
  }

  /// Bytes of bodies that came, and requests that were sent.
  var statistics: (requests: Int, bytes: Int) {
    (sent.load(ordering: .relaxed), received.load(ordering: .relaxed))
  }

  /// Sends a request. Throws ``TransportFailure`` and `CancellationError`.
  func exchange(_ request: Request) async throws -> Answer {
    do {
      let client = try client(for: request.url.origin)
      sent.add(1, ordering: .relaxed)
      let start = clock.now()
      let patience = Self.patience * Self.timeout(limits)
      let response = try await client.execute(
        try Self.outgoing(request), deadline: .now() + TimeAmount(.seconds(patience)))
      let body = try await body(of: response) {
        self.clock.now() - start > patience + Double($0) / Self.slowest
      }
      try Self.checkDecompressed(response.headers)
      return Answer(
        status: Int(response.status.code), headers: response.headers.map { APIField($0.name, $0.value) },
        body: body)
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      throw failure(error, request.url.origin)
    }
  }
}

extension Transport {
  /// What an error means, and whether it is the proxy's.
  private func failure(_ cause: any Error, _ origin: RequestURL.Origin) -> TransportFailure {
    let failure = TransportFailure(cause: cause)
    guard case .unreachable(let text, _) = failure, let proxy = proxies.proxy(for: origin) else {
      return failure
    }
    return .unreachable("\(text), by way of the proxy \(proxy.host):\(proxy.port)", .proxy)
  }

  /// Seconds, of which there is at least a thousandth and at most a day.
  private static func timeout(_ limits: APILimits) -> Double {
    min(86_400, max(0.001, limits.timeout.inSeconds))
  }

  private static func configuration(_ limits: APILimits, _ tls: TLSConfiguration?) -> HTTPClient.Configuration
  {
    let timeout = TimeAmount(.seconds(timeout(limits)))
    var pool = HTTPClient.Configuration.ConnectionPool()
    pool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, limits.concurrency)
    // There is one law of retries, and it is not here.
    pool.retryConnectionEstablishment = false
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: timeout, read: timeout, write: timeout), connectionPool: pool,
      decompression: .enabled(limit: .size(limits.responseSize)))
    // With HTTP/2 all answers share a connection, and all are lost with it.
    configuration.httpVersion = .http1Only
    configuration.networkFrameworkWaitForConnectivity = false
    return configuration
  }

  private func client(for origin: RequestURL.Origin) throws(TransportFailure) -> HTTPClient {
    let proxy = proxies.proxy(for: origin)
    let client: HTTPClient? = clients.withLock { clients in
      guard let client = clients?[proxy] else {
        guard clients != nil else { return nil }
        var configuration = configuration
        configuration.proxy = proxy?.configuration
        let client = HTTPClient(configuration: configuration)
        clients?[proxy] = client
        return client
      }
      return client
    }
    guard let client else { throw .impossible("the client was shut down") }
    return client
  }

  private static func outgoing(_ request: Request) throws(TransportFailure) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: request.url.text)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    for header in request.headers {
      guard isHeaderName(header.name) else {
        throw .impossible("no header can be called \"\(header.name)\"")
      }
      // The value may be a secret, so it is not shown.
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw .impossible(
          "the value of its header \(header.name) has a line break or another control character")
      }
      outgoing.headers.add(name: header.name, value: header.value)
    }
    outgoing.body = request.body.map { .bytes(ByteBuffer(bytes: $0)) }
    return outgoing
  }

  private static func isHeaderName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  private func body(
    of response: HTTPClientResponse, isTooLate: (_ bytes: Int) -> Bool
  ) async throws -> [UInt8] {
    var body: [UInt8] = []
    if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }) {
      guard length <= limits.responseSize else { throw TransportFailure.tooLarge }
      body.reserveCapacity(max(0, length))
    }
    for try await piece in response.body {
      guard body.count + piece.readableBytes <= limits.responseSize else { throw TransportFailure.tooLarge }
      body.append(contentsOf: piece.readableBytesView)
      received.add(piece.readableBytes, ordering: .relaxed)
      guard !isTooLate(body.count) else { throw TransportFailure.timeout }
    }
    return body
  }

  /// Only gzip and deflate are asked for. Bytes that are something else are not what the API says.
  private static func checkDecompressed(_ headers: HTTPHeaders) throws(TransportFailure) {
    let encodings = headers[canonicalForm: "content-encoding"].map { $0.lowercased() }
    guard encodings.allSatisfy({ ["gzip", "deflate", "identity", ""].contains($0) }), encodings.count <= 1
    else {
      throw .unreadable("it is compressed with \(encodings.joined(separator: ", ")), which was not asked for")
    }
  }
}
