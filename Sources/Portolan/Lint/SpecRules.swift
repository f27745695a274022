import JQ

/// The rules on what a `fetcher.yml` must agree with in the `spec.yml` beside it.
struct SpecRules {
  private let tree: FetcherTree
  private let spec: IntegrationSpec

  init(_ tree: FetcherTree, _ spec: IntegrationSpec) {
    self.tree = tree
    self.spec = spec
  }

  func findings() -> [Diagnostic] {
    FetcherExpressions(tree).all.map(\.lint).flatMap(configurations) + unlisted() + unfetched()
      + unnamedSecret()
  }

  /// The secret of events that nobody can set, where the file does not say which one it is.
  private func unnamedSecret() -> [Diagnostic] {
    let name = FetcherDefinition.Events.standardSecret
    guard let events = tree.root["events"], events.members != nil, events["secret"] == nil,
      !spec.configurations.contains(where: { $0.name == name })
    else { return [] }
    let key = events.key ?? events.yaml
    return [
      Diagnostic(
        .error, .unknownConfiguration,
        "spec.yml has no configuration `\(name)`, which holds the secret of events",
        help:
          "add it to `configurations:` in spec.yml, as `- {name: \(name), sensitive: true}`, or name another: `secret: config.…`",
        at: SourceLocation(key.start, in: tree.file), to: key.headEnd(in: tree.file), field: events.path)
    ]
  }

  /// Configurations that nobody can set.
  private func configurations(_ expression: LintExpression) -> [Diagnostic] {
    guard let program = expression.jq.program else { return [] }
    let names = spec.configurations.map(\.name)
    return ContextReads(.config, in: program).members.filter { !names.contains($0.name) }
      .prefix(ExpressionRules.limit).map { name, range in
        expression.finding(
          .error, .unknownConfiguration, "spec.yml has no configuration `\(name)`",
          help: Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
            ?? "add it to `configurations:` in spec.yml, as `- name: \(name)`", in: range)
      }
  }

  /// Kinds that nobody is told of.
  private func unlisted() -> [Diagnostic] {
    guard !spec.kinds.isEmpty else { return [] }
    return tree.listed.filter { !spec.kinds.contains($0.name ?? "") && !isParent($0) }.map { kind in
      let nearest = Spelling.nearest(to: kind.name ?? "", in: spec.kinds)
      return finding(
        .unknownKind, "the integration's spec.yml does not list the kind `\(kind.name ?? "")`",
        nearest.map { "did you mean `\($0)`?" } ?? "add `- kind: \(kind.name ?? "")` to spec.yml", kind)
    }
  }

  /// Whether another kind is asked for by it: it may be there for that alone.
  private func isParent(_ kind: DocumentNode) -> Bool {
    tree.kinds.contains { $0.parentKind?.text == kind.name }
  }

  /// Kinds that nobody can fetch.
  private func unfetched() -> [Diagnostic] {
    guard tree.root["otherKinds"] == nil, let kinds = tree.root["kinds"] else { return [] }
    let names = tree.listed.compactMap(\.name)
    let missing = spec.kinds.filter { !names.contains($0) }
    guard let first = missing.first else { return [] }
    let list = missing.map { "`\($0)`" }.joined(separator: ", ")
    return [
      finding(
        .unfetchedKind,
        "spec.yml lists kinds that this file does not say how to ask for: \(list)",
        "add them here, as `\(first): {get: …}`, or remove them from spec.yml", kinds)
    ]
  }

  /// A finding on a key.
  private func finding(
    _ rule: Diagnostic.Rule, _ message: String, _ help: String, _ node: DocumentNode
  ) -> Diagnostic {
    let key = node.key ?? node.yaml
    return Diagnostic(
      .warning, rule, message, help: help, at: SourceLocation(key.start, in: tree.file),
      to: key.headEnd(in: tree.file), field: node.path)
  }
}

extension Diagnostic.Rule {
  /// A configuration that the `spec.yml` does not list.
  public static let unknownConfiguration = Self("unknown-configuration")
  /// A kind of the `spec.yml` that the `fetcher.yml` does not have.
  public static let unfetchedKind = Self("unfetched-kind")
}
