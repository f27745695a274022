/// The hosts of `NO_PROXY`: `example.org` and what is below it, `.example.org`, `example.org:8443`, `10.0.0.0/8`, `*`.
struct ProxyExceptions: Sendable {
  private enum Rule {
    case all
    case name(String, port: Int?)
    case network(IPAddress, bits: Int)
  }

  private var rules: [Rule]

  /// Reads a list with commas or blanks between. What makes no sense is a name that no host has.
  init(_ text: String) {
    rules = text.split { $0 == "," || $0.isWhitespace }.map { Self.rule($0.lowercased()) }
  }

  /// Whether requests to that host go there without a proxy.
  func contain(host: String, port: Int) -> Bool {
    let host = host.filter { !"[]".contains($0) }
    let address = IPAddress(host)
    return rules.contains { rule in
      switch rule {
      case .all: true
      case .name(let name, let only):
        (only == nil || only == port) && (host == name || (address == nil && host.hasSuffix(".\(name)")))
      case .network(let network, let bits): address?.isIn(network, bits: bits) ?? false
      }
    }
  }

  private static func rule(_ text: String) -> Rule {
    if text == "*" { return .all }
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    if halves.count == 2, let network = IPAddress(halves[0]), let bits = Int(halves[1]),
      (0...network.bytes.count * 8).contains(bits)
    {
      return .network(network, bits: bits)
    }
    if IPAddress(text) != nil { return .name(text, port: nil) }
    var name = text[...]
    var port: Int?
    if let colon = name.lastIndex(of: ":"), let number = Int(name[colon...].dropFirst()) {
      port = number
      name = name[..<colon]
    }
    if name.hasPrefix("*.") { name = name.dropFirst(2) }
    if name.hasPrefix(".") { name = name.dropFirst() }
    return .name(name.filter { !"[]".contains($0) }, port: port)
  }
}
