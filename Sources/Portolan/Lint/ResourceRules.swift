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
      [unknownKind(resource), resource.queryExpression.flatMap { SelectorFindings($0).finding() }].compactMap
      { $0 }
        + resource.mappings.flatMap { IdentifierFindings($0).findings() }
    } + duplicates()
  }

  /// A kind that is nearly one of the `spec.yml`, which lists kinds for people: not all, and not always by the names
  /// that mappings use. Where raw objects of the kind are there, it is one.
  private func unknownKind(_ resource: ConfigTree.Resource) -> Diagnostic? {
    guard let node = resource.kind, let kind = node.text else { return nil }
    if kind.count > 2, kind.hasPrefix("\""), kind.hasSuffix("\"") {
      return finding(
        .unknownKind, "a kind is no jq expression: the quotes in `\(kind)` are part of its name",
        help: "write `kind: \(kind.dropFirst().dropLast())`", node)
    }
    guard let spec,
      let meant = KindSpelling.meant(by: kind, in: spec.kinds), fixtures?.files(ofKind: kind).isEmpty != false
    else { return nil }
    return finding(
      .unknownKind, "the integration's \(spec.fileName) does not list the kind `\(kind)`",
      help: "did you mean `\(meant)`?", node)
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
}
