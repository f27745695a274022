/// The rules on what a `fetcher.yml` says of events.
extension FetcherRules {
  /// What is only said of a request.
  static let requestParts = ["query", "headers", "body", "form", "items", "none", "error", "retry"]
  /// What is only said of a signature.
  static let signatureParts = [
    "prefix", "separator", "encoding", "sign", "id", "timestamp", "tolerance", "secretPrefix",
  ]

  func events() -> [Diagnostic] {
    let events = tree.root["events"]
    return (events?["verify"].map(verification) ?? []) + (events?.webhooks.flatMap(webhook) ?? [])
      + tree.listed.flatMap(event) + agreement(events)
      + unread(
        tree.root["otherKinds"]?["event"], "an event cannot say which other kind it is about",
        "list the kind under `kinds:` with its `event`")
  }

  /// `events` and the kinds' `event` need one another.
  private func agreement(_ events: DocumentNode?) -> [Diagnostic] {
    let own = tree.listed.compactMap { $0["event"] }
    if let first = own.first,
      tree.root.yaml.mapping?.entries.contains(where: { $0.keyText == "events" }) != true
    {
      return [
        onKey(
          first, .missingKey, "no event is taken: nothing says how it is seen who sent it",
          "add `events: {verify: …}` to the file, with the API's name or how it signs")
      ]
    }
    guard let events, own.isEmpty, events.members != nil else { return [] }
    return [
      onKey(
        events, .missingKey, "no kind says which of its objects an event is about",
        "add `event: {objects: .body.…, key: .id}` to the kinds that events are about")
    ]
  }

  // MARK: The objects of events

  private func event(_ kind: DocumentNode) -> [Diagnostic] {
    guard let event = kind["event"], event.members != nil else { return [] }
    let parent = event["parent"]
    return request(ofEvent: event) + (parent.flatMap { $0.members == nil ? nil : request($0) } ?? [])
      + (kind["parent"] == nil
        ? unread(
          parent, "the kind has no `parent`", "remove it, or say what the kind's list is asked once for")
        : parent == nil ? unknownParent(kind, event) : [])
  }

  /// The request of an event's object, which may be left out as a whole.
  private func request(ofEvent event: DocumentNode) -> [Diagnostic] {
    guard event.present(["get", "post"]).isEmpty else { return request(event) }
    guard let part = event.present(Self.requestParts).first else { return [] }
    return [
      missing(
        "`\(part.name ?? "")` is said of a request, and there is none",
        "add `get:` or `post:` with the path of one object, or remove it: without a request the event's object is taken as it is",
        part)
    ]
  }

  /// A parent that what is added to objects reads, and that an object that comes alone does not have.
  private func unknownParent(_ kind: DocumentNode, _ event: DocumentNode) -> [Diagnostic] {
    let readers = kind.present(["add", "join"]) + event.present(["keep"])
    guard readers.contains(where: \.readsParent) else { return [] }
    return [
      missing(
        "what is added to the kind's objects reads `parent`, and `event` does not say what it is",
        "add `parent:` to `event`, with jq on the object, as `parent: '{id: .boardId}'`, or with a request",
        event)
    ]
  }

  private func webhook(_ node: DocumentNode) -> [Diagnostic] {
    guard node.members != nil else { return [] }
    return request(node) + (node["find"].map(list) ?? []) + parent(node)
  }

  // MARK: Verification

  private func verification(_ node: DocumentNode) -> [Diagnostic] {
    guard node.members != nil else { return [] }
    let isBasic = node.flag("basic")
    let others = node.present(["hmac", "header"])
    if isBasic {
      return others.isEmpty ? [] : [conflict(others + node.present(["basic"]))]
    }
    if let hmac = node["hmac"] {
      guard node["header"] == nil else { return signature(node) }
      return [
        missing(
          "`hmac` needs the `header` with the signature", "name it, as `header: X-Signature-256`", hmac)
      ]
    }
    guard node["header"] != nil else {
      return [
        missing(
          "\(node.path) needs `hmac` and `header`, `header` or `basic`",
          "write how the API signs, as `verify: {hmac: sha256, header: X-Signature}`", node)
      ]
    }
    return node.present(Self.signatureParts).prefix(1).map { part in
      missing(
        "`\(part.name ?? "")` is said of a signature, and there is none",
        "add `hmac: sha256`, or remove it: without `hmac` the header holds the secret itself", part)
    }
  }

  private func signature(_ node: DocumentNode) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    let text = node["sign"]?.text ?? "{body}"
    let place = node["sign"] ?? node
    for match in text.matches(of: /\{(\w*)\}/) where !["id", "timestamp", "body"].contains(match.1) {
      findings.append(
        finding(
          .error, .wrongType, "`\(match.0)` is none of `{id}`, `{timestamp}` and `{body}`",
          "write what the API signs, as `{timestamp}.{body}`", place))
    }
    if !text.contains("{body}") {
      findings.append(
        finding(
          .error, .wrongType, "the `{body}` is not signed: anybody could send another one",
          "write what the API signs, as `{timestamp}.{body}`", place))
    }
    for (key, example) in [("id", "X-Event-Id"), ("timestamp", "X-Timestamp")] {
      let isSigned = text.contains("{\(key)}")
      if isSigned, node[key] == nil {
        findings.append(
          missing("`{\(key)}` is signed, and no header has it", "name it, as `\(key): \(example)`", place))
      } else if !isSigned, let header = node[key] {
        findings.append(
          missing(
            "the `\(key)` is not signed: anybody could send another one",
            "add `{\(key)}` to `sign`, or remove it", header))
      }
    }
    if let tolerance = node["tolerance"], node["timestamp"] == nil {
      findings.append(
        missing(
          "`tolerance` is said of a `timestamp`, and there is none",
          "name the header, as `timestamp: X-Timestamp`", tolerance))
    }
    return findings
  }

  // MARK: Findings

  private func unread(_ node: DocumentNode?, _ reason: String, _ help: String) -> [Diagnostic] {
    guard let node else { return [] }
    return [onKey(node, .unknownKey, "nothing reads this `\(node.name ?? "")`: \(reason)", help)]
  }

  /// A warning on a key.
  private func onKey(
    _ node: DocumentNode, _ rule: Diagnostic.Rule, _ message: String, _ help: String
  ) -> Diagnostic {
    let key = node.key ?? node.yaml
    return Diagnostic(
      .warning, rule, message, help: help, at: SourceLocation(key.start, in: tree.file),
      to: key.headEnd(in: tree.file), field: node.path)
  }
}

extension DocumentNode {
  /// Whether an expression in it reads `parent`. The YAML reader limits how deep nodes nest.
  fileprivate var readsParent: Bool {
    let expressions = [expression].compactMap { $0 } + (template?.expressions ?? [])
    let reads = expressions.contains { $0.expression.program != nil && $0.reads([.parent]) }
    return reads || (members ?? elements ?? []).contains(where: \.readsParent)
  }
}
