extension FetcherDefinition {
  /// How the API says that something has changed.
  package struct Events: Sendable {
    /// How it is seen that an event is from the API.
    package var verification: EventVerification
    /// jq: the secret that both sides know.
    package var secret: ConfigExpression
    /// jq on an event: its own name; nil where it has none.
    package var id: ConfigExpression?
    /// How the API is asked to send its events to the service.
    package var webhooks: [Webhook]
    /// Where they are declared.
    package var location: SourceLocation

    /// The secret where the file does not say which one.
    package static let standardSecret = "webhookSecret"
  }

  /// How the API is asked to send its events to the service.
  package struct Webhook: Sendable {
    /// What it is asked once for; nil where it is asked once.
    package var parent: Parent?
    /// What the API sends events to already.
    package var existing: List
    /// jq on one of those: whether it is the service.
    package var same: ConfigExpression
    /// The request that creates one.
    package var list: List
  }

  /// Which objects of a kind an event is about, and how one of them is asked for as it is now.
  package struct Event: Sendable {
    /// jq on an event: whether it is about objects of the kind; nil for always.
    package var condition: ConfigExpression?
    /// jq on an event: the object, or a list of objects, as far as the event has them.
    package var objects: ConfigExpression
    /// jq on an object: what tells it from others of the kind.
    package var key: ConfigExpression
    /// jq on an object: whether the event says that it is gone; nil for never.
    package var deleted: ConfigExpression?
    /// The object as it is now, as a list of one; nil where the event has all of it.
    package var request: List?
    /// What `parent` is for the object; nil where nothing needs it.
    package var parent: Parent?
    /// jq on an object: whether the settings of the selector ask for it; nil for always.
    package var keep: ConfigExpression?
    /// Where it is declared.
    package var location: SourceLocation

    /// The parent of an object that came alone.
    package enum Parent: Sendable {
      /// jq on the object.
      case value(ConfigExpression)
      /// A list of one.
      case request(List)
    }
  }
}

extension FetcherDefinition.Events {
  init?(_ node: DocumentNode, in file: String) {
    guard let verification = node["verify"].flatMap(EventVerification.init) else { return nil }
    let location = SourceLocation(node.key?.start ?? node.yaml.start, in: file)
    self.init(
      verification: verification,
      secret: node["secret"]?.expression
        ?? ConfigExpression(
          text: "\(FetcherContext.config.rawValue).\(Self.standardSecret)", at: location),
      id: node["id"]?.expression,
      webhooks: node.webhooks.compactMap { FetcherDefinition.Webhook($0, in: file) }, location: location)
  }
}

extension FetcherDefinition.Webhook {
  fileprivate init?(_ node: DocumentNode, in file: String) {
    guard let list = FetcherDefinition.List(node), let same = node["same"]?.expression,
      let existing = node["find"].flatMap(FetcherDefinition.List.init)
    else { return nil }
    self.init(
      parent: node["parent"].flatMap { FetcherDefinition.Parent($0, in: file) }, existing: existing,
      same: same, list: list)
  }
}

extension FetcherDefinition.Event {
  init?(_ node: DocumentNode, in file: String) {
    guard let objects = node["objects"]?.expression, let key = node["key"]?.expression else { return nil }
    self.init(
      condition: node["when"]?.expression, objects: objects, key: key, deleted: node["deleted"]?.expression,
      request: FetcherDefinition.List(node), parent: node["parent"].flatMap(Parent.init),
      keep: node["keep"]?.expression,
      location: SourceLocation(node.key?.start ?? node.yaml.start, in: file))
  }
}

extension FetcherDefinition.Event.Parent {
  fileprivate init?(_ node: DocumentNode) {
    if let expression = node.expression {
      self = .value(expression)
    } else if let list = FetcherDefinition.List(node) {
      self = .request(list)
    } else {
      return nil
    }
  }
}

// MARK: Verification

extension EventVerification {
  /// What a `verify` says; nil where it is wrong.
  init?(_ node: DocumentNode) {
    if let name = node.text {
      guard let preset = Self.presets[name] else { return nil }
      self = preset
    } else if node.flag("basic") {
      self = .basic
    } else if let header = node["header"]?.text?.lowercased() {
      guard let hash = node["hmac"]?.text.flatMap(Hash.init) else {
        self = .header(header)
        return
      }
      self = .signature(Signature(hash, header: header, node))
    } else {
      return nil
    }
  }
}

extension EventVerification.Signature {
  fileprivate init(_ hash: EventVerification.Hash, header: String, _ node: DocumentNode) {
    let encoding = node.text("encoding").flatMap(EventVerification.Encoding.init)
    self.init(hash, header: header, prefix: node["prefix"]?.text ?? "", encoding: encoding ?? .hex)
    separator = node["separator"]?.text
    secretPrefix = node["secretPrefix"]?.text
    idHeader = node["id"]?.text?.lowercased()
    timestamp = node["timestamp"]?.text.map {
      EventVerification.Timestamp(header: $0.lowercased(), tolerance: node.number("tolerance"))
    }
    if let text = node["sign"]?.text { signed = EventVerification.Part.parts(of: text) }
  }
}

extension EventVerification.Part {
  /// What a text says that is signed: `{id}`, `{timestamp}` and `{body}` are values, everything else is itself.
  static func parts(of text: String) -> [EventVerification.Part] {
    let values: [(String, EventVerification.Part)] = [
      ("{id}", .id), ("{timestamp}", .timestamp), ("{body}", .body),
    ]
    var parts: [EventVerification.Part] = []
    var plain = ""
    var rest = text[...]
    while let first = rest.first {
      if let (name, part) = values.first(where: { rest.hasPrefix($0.0) }) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(part)
        rest = rest.dropFirst(name.count)
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    return plain.isEmpty ? parts : parts + [.text(plain)]
  }
}

extension DocumentNode {
  /// The ways to ask an API for events, of the node that declares them.
  var webhooks: [DocumentNode] { self["create"].map { $0.elements ?? [$0] } ?? [] }
}
