import Portolan
import RawJSON

/// What a service must know to take the events of an integration's API.
package struct IntegrationEvents: Sendable {
  /// How it is seen that an event is from the API.
  package let verification: EventVerification
  /// The secret that both sides know; nil where the user has set none.
  package let secret: String?
  /// What sets the secret, for messages: an environment variable where it is one configuration, else an expression.
  package let secretName: String
  /// The kinds that events are about, in the file's order.
  package let kinds: [String]
  /// Whether the API can be asked to send its events.
  package let canCreateWebhooks: Bool
  /// Where the API sends them, below `/integration`.
  package let path = "/webhook"
  private let id: SingleExpression?
  private let config: [UInt8]

  init(_ events: FetcherDefinition.Events, of definition: FetcherDefinition, config: [UInt8]) throws {
    verification = events.verification
    let scope = FetchScope(config: config)
    let secret = try SingleExpression(events.secret).value(on: scope.document)
    self.secret = secret.flatMap { $0.text ?? $0.json }.flatMap { $0.isEmpty ? nil : $0 }
    secretName = events.secretName
    kinds = definition.kinds.filter { $0.event != nil }.map(\.name)
    canCreateWebhooks = !events.webhooks.isEmpty
    id = events.id.map(SingleExpression.init)
    self.config = config
  }

  /// What names a delivery, the same when it is sent again; nil where it has no name.
  ///
  /// - Throws: `Diagnostic` for a body that is no JSON, and where the file's expression fails.
  package func id(of event: RawEvent) throws -> String? {
    guard let id else { return nil }
    let value = try id.value(on: FetchScope(config: config).document(try event.document))
    return value.map { $0.text ?? $0.json }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension FetcherDefinition.Events {
  fileprivate var secretName: String {
    let path = "\(FetcherContext.config.rawValue)."
    let name = secret.text.dropFirst(path.count)
    guard secret.text.hasPrefix(path), name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return secret.text
    }
    return IntegrationConfiguration.variable(for: String(name))
  }
}
