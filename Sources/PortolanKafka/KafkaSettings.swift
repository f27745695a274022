import RawJSON

/// Which brokers there are, and how a client proves who it is.
package struct KafkaSettings: Sendable {
  /// How the connection to a broker is secured.
  package enum SecurityProtocol: String, Sendable, CaseIterable {
    /// Not at all.
    case plaintext = "PLAINTEXT"
    /// TLS.
    case ssl = "SSL"
    /// A user and a password without TLS.
    case saslPlaintext = "SASL_PLAINTEXT"
    /// A user and a password over TLS.
    case saslSSL = "SASL_SSL"

    var hasUser: Bool { self == .saslPlaintext || self == .saslSSL }
  }

  /// The brokers that are asked first, as `host:port`; they know the others.
  package var brokers: [String]
  /// How the connection is secured.
  package var securityProtocol: SecurityProtocol
  /// How the password is proved, as `SCRAM-SHA-512`.
  package var saslMechanism: String?
  /// The user.
  package var user: String?
  /// The password.
  package var password: String?
  /// More properties of librdkafka, by its names.
  package var properties: [String: String]

  /// Creates settings.
  package init(
    brokers: [String], securityProtocol: SecurityProtocol = .plaintext, saslMechanism: String? = nil,
    user: String? = nil, password: String? = nil, properties: [String: String] = [:]
  ) {
    self.brokers = brokers
    self.securityProtocol = securityProtocol
    self.saslMechanism = saslMechanism
    self.user = user
    self.password = password
    self.properties = properties
  }

  /// The brokers in a text: between commas, or a JSON array of strings.
  ///
  /// - Throws: `KafkaError` for a text that names none, or is no such array.
  package static func brokers(in text: String) throws(KafkaError) -> [String] {
    let text = text.trimmed
    let names = text.hasPrefix("[") ? try array(text) : text.split(separator: ",").map(\.trimmed)
    let brokers = names.filter { !$0.isEmpty }
    guard !brokers.isEmpty else {
      throw .settings("no broker is named; name one as host:port, several between commas")
    }
    return brokers
  }

  private static func array(_ text: String) throws(KafkaError) -> [String] {
    let elements = (try? JSONView(validating: Array(text.utf8)))?.elements
    let names = elements?.map(\.text)
    guard let names, names.allSatisfy({ $0 != nil }) else {
      throw .settings(#"the brokers begin with [ but are no JSON array of strings, as ["host:9092"]"#)
    }
    return names.compactMap { $0?.trimmed }
  }
}

extension KafkaSettings {
  /// The settings as properties of librdkafka, those that name secrets among them.
  ///
  /// - Throws: `KafkaError` for settings that contradict each other.
  func allProperties() throws(KafkaError) -> [String: String] {
    try check()
    var all: [String: String] = [:]
    for (name, value) in properties { try Self.add(Self.aliases[name] ?? name, value, to: &all) }
    try Self.add("bootstrap.servers", brokers.joined(separator: ","), to: &all)
    if securityProtocol != .plaintext {
      try Self.add("security.protocol", securityProtocol.rawValue, to: &all)
    }
    if let saslMechanism { try Self.add("sasl.mechanisms", saslMechanism, to: &all) }
    if let user { try Self.add("sasl.username", user, to: &all) }
    if let password { try Self.add("sasl.password", password, to: &all) }
    return all
  }

  /// What some properties are called besides: by either name they are the same one.
  private static let aliases = [
    "metadata.broker.list": "bootstrap.servers", "request.required.acks": "acks",
    "delivery.timeout.ms": "message.timeout.ms", "sasl.mechanism": "sasl.mechanisms",
  ]

  static func add(
    _ name: String, _ value: String, to properties: inout [String: String]
  ) throws(KafkaError) {
    guard properties[name] == nil else {
      throw .settings("the property \(name) is set by another setting; take it out of the properties")
    }
    properties[name] = value
  }

  /// Says what is wrong with the settings, before anybody is asked.
  ///
  /// - Throws: `KafkaError` for settings that contradict each other.
  package func check() throws(KafkaError) {
    guard !brokers.isEmpty else { throw .settings("no broker is named") }
    guard securityProtocol.hasUser else {
      guard saslMechanism == nil, user == nil, password == nil else {
        throw .settings(
          "a user, a password or a SASL mechanism needs the security protocol SASL_SSL or SASL_PLAINTEXT, "
            + "and it is \(securityProtocol.rawValue)")
      }
      return
    }
    guard let saslMechanism = saslMechanism ?? properties["sasl.mechanisms"] ?? properties["sasl.mechanism"]
    else {
      throw .settings(
        "the security protocol \(securityProtocol.rawValue) needs a SASL mechanism, as SCRAM-SHA-512")
    }
    let needsUser = saslMechanism == "PLAIN" || saslMechanism.hasPrefix("SCRAM-")
    guard !needsUser || (user != nil && password != nil) else {
      throw .settings("the SASL mechanism \(saslMechanism) needs a user and a password")
    }
  }

  /// The text without any secret of these settings.
  func masked(_ text: String) -> String {
    let secrets = [password] + properties.filter { Self.isSecret($0.key) }.map(\.value)
    return secrets.compactMap(\.self).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
      .reduce(text) { $0.replacing($1, with: "***") }
  }

  /// Whether a property of librdkafka holds a secret.
  static func isSecret(_ name: String) -> Bool {
    let parts = ["password", "secret", "key.pem", "ssl.keystore", "oauthbearer.config"]
    return parts.contains { name.contains($0) }
  }
}

extension KafkaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    let user = user.map { ", user \($0)" } ?? ""
    return "\(brokers.joined(separator: ",")), \(securityProtocol.rawValue)\(user)"
  }
  package var debugDescription: String { description }
  /// Nothing that a dump could show.
  package var customMirror: Mirror { Mirror(self, children: ["settings": description]) }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
