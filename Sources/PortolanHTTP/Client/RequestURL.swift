/// A URL of http or https, taken apart. It is put together again from its parts, so what is judged by them (which
/// host gets a credential) is what is asked.
struct RequestURL: Sendable, Hashable {
  /// Who answers: scheme, host and port. Credentials are for one origin.
  struct Origin: Sendable, Hashable {
    /// `http` or `https`.
    var scheme: String
    /// In small letters; an IPv6 address in its brackets.
    var host: String
    /// The port, even where the URL does not say it.
    var port: Int

    /// Whether what is sent is encrypted.
    var isEncrypted: Bool { scheme == "https" }
    /// Whether it is this machine.
    var isLoopback: Bool {
      let address = IPAddress(host.filter { !"[]".contains($0) })
      let networks = [("127.0.0.0", 8), ("::1", 128)]
      return host == "localhost"
        || networks.contains { network, bits in
          IPAddress(network).map { address?.isIn($0, bits: bits) == true } ?? false
        }
    }
    /// The host, and the port where it is not the scheme's own.
    var authority: String { port == (isEncrypted ? 443 : 80) ? host : "\(host):\(port)" }
  }

  /// Why a text is no URL that can be asked.
  struct Problem: Error {
    /// What is wrong, to follow the URL in a sentence.
    var message: String
  }

  /// Who answers.
  var origin: Origin
  /// The path, with a slash in front.
  var path: String
  /// What follows the question mark; nil where there is none.
  var query: String?

  /// The whole URL.
  var text: String {
    "\(origin.scheme)://\(origin.authority)\(path)\(query.map { "?\($0)" } ?? "")"
  }

  /// Reads a whole URL. User info and a fragment are left out: neither is sent.
  init(_ text: String) throws(Problem) {
    guard let (scheme, rest) = Self.split(text) else {
      throw Problem(message: "is no URL that begins with https:// or http://")
    }
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    origin = try Self.origin(scheme: scheme, authority: rest[..<end])
    (path, query) = Self.target(rest[end...])
  }

  /// Whether a text says which host it means, so that it is not below a base URL.
  static func isWhole(_ text: String) -> Bool {
    guard let end = text.firstRange(of: "://")?.lowerBound else { return false }
    return text[..<end].utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
  }

  /// What `path` means below this URL.
  func appending(_ path: String) -> RequestURL {
    var result = self
    let (below, query) = Self.target(path.drop { $0 == "/" })
    if below != "/" {
      result.path = (self.path.hasSuffix("/") ? String(self.path.dropLast()) : self.path) + below
    }
    result.query = query
    return result
  }

  /// What `reference` means in an answer of this URL (RFC 3986, section 5).
  func resolving(_ reference: String) throws(Problem) -> RequestURL {
    let reference = reference.trimmingBlanks
    if reference.hasPrefix("//") { return try RequestURL("\(origin.scheme):\(reference)") }
    if Self.hasScheme(reference) { return try RequestURL(reference) }
    var result = self
    let (path, query) = Self.target(reference[...])
    result.query = query
    if reference.hasPrefix("/") {
      result.path = Self.withoutDots(path)
    } else if let first = reference.first, first != "?", first != "#" {
      let folder = self.path.prefix(through: self.path.lastIndex(of: "/") ?? self.path.startIndex)
      result.path = Self.withoutDots(folder + path.dropFirst())
    } else if query == nil {
      result.query = self.query
    }
    return result
  }

  /// The query's parameters, as they are encoded.
  var parameters: [Substring] {
    query?.split(separator: "&") ?? []
  }

  /// Adds parameters, in place of those of the same name if `replacing`.
  mutating func add(_ fields: [APIField], replacing: Bool = false) {
    guard !fields.isEmpty else { return }
    if replacing { removeParameters { name, _ in fields.contains { $0.name == name } } }
    let added = PercentEncoding.query(fields)
    query = query.map { $0.isEmpty ? added : "\($0)&\(added)" } ?? added
  }

  /// Leaves out the parameters for which `condition` holds, which gets name and value decoded.
  mutating func removeParameters(where condition: (_ name: String, _ value: String) -> Bool) {
    guard query != nil else { return }
    let kept = parameters.filter { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return !condition(
        PercentEncoding.decode(parts[0]), parts.count > 1 ? PercentEncoding.decode(parts[1]) : "")
    }
    guard kept.count < parameters.count else { return }
    query = kept.isEmpty ? nil : kept.joined(separator: "&")
  }
}

extension RequestURL {
  private static func hasScheme(_ text: String) -> Bool {
    guard let end = text.firstIndex(where: { ":/?#".contains($0) }), text[end] == ":" else { return false }
    return text.utf8.first.map { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") } ?? false
  }

  private static func split(_ text: String) -> (scheme: String, rest: Substring)? {
    for scheme in ["https", "http"] {
      let start = text.prefix(scheme.count + 3)
      if start.lowercased() == "\(scheme)://" { return (scheme, text[start.endIndex...]) }
    }
    return nil
  }

  private static func origin(scheme: String, authority: Substring) throws(Problem) -> Origin {
    // Whether it ends the host is not agreed on, so there is no telling whom it means.
    guard !authority.contains("\\") else { throw Problem(message: "has a backslash in its host") }
    var rest = authority
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    let hostEnd = rest.first == "[" ? rest.firstIndex(of: "]").map { rest.index(after: $0) } : nil
    let colon = rest[(hostEnd ?? rest.startIndex)...].firstIndex(of: ":") ?? rest.endIndex
    let host = rest[..<colon].lowercased()
    guard !host.isEmpty else { throw Problem(message: "names no host") }
    guard isHost(host) else {
      throw Problem(message: "has a host that is none: write it in ASCII, without blanks")
    }
    var port = scheme == "https" ? 443 : 80
    let written = rest[colon...].dropFirst()
    if !written.isEmpty {
      guard let number = Int(written), (1...65535).contains(number), written.first?.isNumber == true else {
        throw Problem(message: "has a port that is no number from 1 to 65535")
      }
      port = number
    }
    return Origin(scheme: scheme, host: host, port: port)
  }

  private static func isHost(_ host: String) -> Bool {
    if host.hasPrefix("[") {
      return host.hasSuffix("]") && host.count > 2
        && host.dropFirst().dropLast().utf8.allSatisfy { "0123456789abcdef:.".utf8.contains($0) }
    }
    return host.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: ".-_".utf8.contains(byte)
      }
    }
  }

  private static func target(_ text: Substring) -> (path: String, query: String?) {
    let whole = text.prefix { $0 != "#" }
    let mark = whole.firstIndex(of: "?") ?? whole.endIndex
    let path = PercentEncoding.tidy(whole[..<mark])
    let query = mark < whole.endIndex ? PercentEncoding.tidy(whole[mark...].dropFirst()) : nil
    return (path.hasPrefix("/") ? path : "/\(path)", query)
  }

  private static func withoutDots(_ path: some StringProtocol) -> String {
    var kept: [Substring] = []
    let steps = String(path).dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (place, step) in steps.enumerated() {
      let isLast = place == steps.count - 1
      switch step {
      case ".": if isLast { kept.append("") }
      case "..":
        if !kept.isEmpty { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(step)
      }
    }
    return "/" + kept.joined(separator: "/")
  }
}

extension StringProtocol {
  /// The text without blanks and line ends around it.
  var trimmingBlanks: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
