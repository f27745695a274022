import YAMLTree

/// The rules on what a config tells the fetcher: kinds and selectors, as the fetcher's definition has them.
struct SelectorRules {
  private let config: ConfigTree
  private let fetcher: FetcherDefinition

  init(_ config: ConfigTree, _ fetcher: FetcherDefinition) {
    self.config = config
    self.fetcher = fetcher
  }

  func findings() -> [Diagnostic] {
    config.resources.flatMap { resource -> [Diagnostic] in
      guard let node = resource.kind, let name = node.text else { return [] }
      guard let kind = fetcher.kind(named: name) else { return [unknownKind(name, node)].compactMap { $0 } }
      return keys(resource, kind) + missing(resource, kind)
    }
  }

  private func unknownKind(_ name: String, _ node: DocumentNode) -> Diagnostic? {
    guard !fetcher.brokenKinds.contains(name) else { return nil }
    let names = fetcher.kinds.map(\.name)
    return finding(
      .warning, .unknownKind, "what fetches for this integration does not know the kind `\(name)`",
      Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
        ?? "it knows \(names.map { "`\($0)`" }.joined(separator: ", "))", node.yaml, node.path)
  }

  private func keys(_ resource: ConfigTree.Resource, _ kind: FetcherDefinition.Kind) -> [Diagnostic] {
    guard let selector = resource.selector else { return [] }
    // Said with the grammar.
    let slips = Spelling.slips(of: "query")
    let entries =
      selector.yaml.mapping?.entries.filter { $0.keyText != "query" && !slips.contains($0.keyText) } ?? []
    return entries.compactMap { entry in
      let path = "\(selector.path).\(entry.keyText)"
      guard let setting = kind.settings.first(where: { $0.name == entry.keyText }) else {
        if Grammar.Part.selector.misplacedKeys.contains(entry.keyText) { return nil }
        return unknown(entry, kind, path)
      }
      return setting.problem(with: entry.value).map { problem in
        finding(
          .error, .wrongType, "`\(setting.name)` is \(problem)", "write \(setting.example)", entry.value, path
        )
      }
    }
  }

  private func unknown(
    _ entry: YAMLMapping.Entry, _ kind: FetcherDefinition.Kind, _ path: String
  ) -> Diagnostic {
    let names = kind.settings.map(\.name)
    let known =
      names.isEmpty ? "it reads none" : "it reads \(names.map { "`\($0)`" }.joined(separator: ", "))"
    let isPart = Grammar.portAppConfig.rows(of: .port).contains { $0.key == entry.keyText }
    let elsewhere = isPart ? "move it under `port:`" : nil
    let candidates = names + ["query"]
    var finding = finding(
      .warning, .unknownSetting, "the fetcher reads no `\(entry.keyText)` for the kind `\(kind.name)`",
      elsewhere ?? Spelling.nearest(to: entry.keyText, in: candidates).map { "did you mean `\($0)`?" }
        ?? known,
      entry.key, path)
    if !isPart, let nearest = Spelling.onlyNearest(to: entry.keyText, in: candidates) {
      finding.fix = Diagnostic.Fix(renaming: entry.key, to: nearest, in: config.file)
    }
    return finding
  }

  private func missing(_ resource: ConfigTree.Resource, _ kind: FetcherDefinition.Kind) -> [Diagnostic] {
    let place = resource.selector ?? resource.node
    let keys = resource.selector?.yaml.mapping
    return kind.settings.filter { $0.isRequired && (keys?[$0.name]?.isNull ?? true) }.map { setting in
      finding(
        .error, .missingKey, "the kind `\(kind.name)` needs `\(setting.name)` in its selector",
        "add `\(setting.name):` with \(setting.example)", place.yaml, place.path)
    }
  }

  private func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, _ help: String,
    _ yaml: YAMLNode, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      severity, rule, message, help: help, at: SourceLocation(yaml.start, in: config.file),
      to: yaml.headEnd(in: config.file), field: path)
  }
}

extension SelectorSetting {
  /// What to write, for a message.
  fileprivate var example: String {
    guard values.isEmpty else { return "one of \(values.map { "`\($0)`" }.joined(separator: ", "))" }
    return kind.phrase + (defaultJSON.map { ", as `\($0)`" } ?? "")
  }
}
