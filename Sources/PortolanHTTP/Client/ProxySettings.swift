import AsyncHTTPClient

/// Which proxy a request goes through, as the environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in capitals or
/// in small letters.
struct ProxySettings: Sendable {
  /// A proxy.
  struct Proxy: Sendable, Hashable {
    /// Where it is.
    var host: String
    var port: Int
    /// What it is told, if it asks who it is for.
    var user: String?
    var password: String?
    /// Whether it speaks SOCKS 5.
    var isSOCKS: Bool

    /// It as the HTTP client knows it.
    var configuration: HTTPClient.Configuration.Proxy {
      if isSOCKS { return .socksServer(host: host, port: port) }
      let authorization = user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "") }
      return .server(host: host, port: port, authorization: authorization)
    }
  }

  private var http: Proxy?
  private var https: Proxy?
  private var exceptions: ProxyExceptions

  /// Reads an environment. Throws for a proxy that is no URL of one.
  init(environment: [String: String]) throws(APIError) {
    http = try Self.proxy("HTTP_PROXY", environment)
    https = try Self.proxy("HTTPS_PROXY", environment)
    exceptions = ProxyExceptions(Self.value("NO_PROXY", environment)?.value ?? "")
  }

  /// The proxy for requests to a host; nil where there is none between.
  func proxy(for origin: RequestURL.Origin) -> Proxy? {
    guard let proxy = origin.isEncrypted ? https : http else { return nil }
    return exceptions.contain(host: origin.host, port: origin.port) ? nil : proxy
  }

  /// What no text may show.
  var secrets: [String] {
    [http, https].compactMap(\.self).flatMap { proxy in
      [proxy.password, proxy.user.map { "\($0):\(proxy.password ?? "")".inBase64 }].compactMap(\.self)
    }
  }

  private static func value(
    _ name: String, _ environment: [String: String]
  ) -> (name: String, value: String)? {
    for name in [name.lowercased(), name] {
      if let value = environment[name]?.trimmingBlanks, !value.isEmpty { return (name, value) }
    }
    return nil
  }

  private static func proxy(_ name: String, _ environment: [String: String]) throws(APIError) -> Proxy? {
    guard let (name, text) = value(name, environment) else { return nil }
    var rest = text[...]
    var isSOCKS = false
    if let end = text.firstRange(of: "://") {
      let scheme = text[..<end.lowerBound].lowercased()
      guard ["http", "socks5", "socks5h"].contains(scheme) else {
        throw problem(name, "a proxy is reached by http:// or socks5://, and this one by \(scheme)://")
      }
      isSOCKS = scheme != "http"
      rest = text[end.upperBound...]
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let origin = try? RequestURL("http://\(authority)").origin else {
      throw problem(name, "it is no host and port")
    }
    let hasPort = authority.last?.isNumber == true && authority.contains(":") && !authority.hasSuffix("]")
    let info = authority.lastIndex(of: "@").map { authority[..<$0] }
    let parts = info?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false) ?? []
    guard !(isSOCKS && info != nil) else {
      throw problem(
        name, "a SOCKS proxy that wants a user name is not supported; name one without, or an http:// one")
    }
    return Proxy(
      host: origin.host.filter { !"[]".contains($0) },
      port: hasPort ? origin.port : isSOCKS ? 1080 : 80, user: parts.first.map { PercentEncoding.decode($0) },
      password: parts.count > 1 ? PercentEncoding.decode(parts[1]) : nil, isSOCKS: isSOCKS)
  }

  private static func problem(_ name: String, _ message: String) -> APIError {
    APIError(
      setup: "the proxy in \(name) cannot be used: \(message)",
      advice: "write it as http://proxy.example.org:3128")
  }
}
