import JQ
import YAMLTree

/// The rules on whole resources: their kinds, selectors and identifiers, and whether one is there twice.
struct ResourceRules {
  private let config: ConfigTree
  private let spec: IntegrationSpec?
  private let fixtures: FixtureFolder?

  init(_ config: ConfigTree, spec: IntegrationSpec?, fixtures: FixtureFolder?) {
    self.config = config
    self.spec = spec
    self.fixtures = fixtures
  }

  func findings() -> [Diagnostic] {
    config.resources.flatMap { resource in
      [unknownKind(resource), selector(resource)].compactMap { $0 }
        + resource.mappings.compactMap(constantIdentifier)
    } + duplicates()
  }

  /// A kind that is nearly one of the `spec.yml`, which lists kinds for people: not all, and not always by the names
  /// that mappings use. Where raw objects of the kind are there, it is one.
  private func unknownKind(_ resource: ConfigTree.Resource) -> Diagnostic? {
    guard let spec, let node = resource.kind, let kind = node.text,
      let meant = KindSpelling.meant(by: kind, in: spec.kinds), fixtures?.files(ofKind: kind).isEmpty != false
    else { return nil }
    return finding(
      .unknownKind, "the integration's \(spec.fileName) does not list the kind `\(kind)`",
      help: "did you mean `\(meant)`?", node)
  }

  private func selector(_ resource: ConfigTree.Resource) -> Diagnostic? {
    guard let query = resource.queryExpression, let kind = query.body?.constantKind, kind != .boolean else {
      return nil
    }
    let asText = query.body.flatMap(\.constantText)
    let isQuoted = asText == "true" || asText == "false"
    return query.finding(
      .error, .selectorNotBoolean,
      "the selector is always \(kind.phrase), never true or false: every item fails",
      help: isQuoted
        ? "write `\(query.inYAML(asText ?? ""))`: inside jq's own quotes it is a string"
        : "write a condition, as `.state == \"open\"`, or `true` to keep every item")
  }

  private func constantIdentifier(_ mapping: ConfigTree.Mapping) -> Diagnostic? {
    guard let identifier = mapping.identifier?.expression, let text = identifier.body?.constantText else {
      return nil
    }
    let isKey = !text.isEmpty && text.utf8.allSatisfy { $0.continuesName } && !text.hasPrefix("-")
    return identifier.finding(
      .warning, .constantIdentifier, "the identifier is always \"\(text)\": every item makes the same entity",
      help: isKey
        ? "without quotes, `.\(text)` is the object's own \(text)"
        : "take the identifier from the object, as `.id | tostring`")
  }

  private func duplicates() -> [Diagnostic] {
    var first: [String: ConfigTree.Resource] = [:]
    return config.resources.compactMap { resource in
      let json = resource.node.yaml.json()
      guard let earlier = first[json] else {
        first[json] = resource
        return nil
      }
      return finding(
        .duplicateResource, "this resource is the same as the one on line \(earlier.node.yaml.start.line)",
        help: "remove one of the two: the same entities would be made twice", resource.node)
    }
  }

  private func finding(
    _ rule: Diagnostic.Rule, _ message: String, help: String, _ node: DocumentNode
  ) -> Diagnostic {
    Diagnostic(
      .warning, rule, message, help: help, at: SourceLocation(node.yaml.start, in: config.file),
      to: node.yaml.headEnd(in: config.file), field: node.path)
  }
}

extension Diagnostic.Rule {
  /// A kind that the integration's `spec.yml` does not list.
  public static let unknownKind = Self("unknown-kind")
  /// A resource that is in the config a second time.
  public static let duplicateResource = Self("duplicate-resource")
  /// A selector that can never be true or false.
  public static let selectorNotBoolean = Self("selector-not-boolean")
  /// An identifier that is the same for every object.
  public static let constantIdentifier = Self("constant-identifier")
}
