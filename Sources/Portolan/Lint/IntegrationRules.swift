/// The rules on what one of Port's integrations reads beside the grammar: its own keys, and files.
struct IntegrationRules {
  private let config: ConfigTree
  private let integration: IntegrationType

  init(_ config: ConfigTree, _ integration: IntegrationType) {
    self.config = config
    self.integration = integration
  }

  func findings() -> [Diagnostic] { keys() + files() }

  /// Keys that only other integrations read.
  private func keys() -> [Diagnostic] {
    let rows = Grammar.portAppConfig.rows(of: .config)
    return (config.root.yaml.mapping?.entries ?? []).compactMap { entry in
      guard let row = rows.first(where: { $0.key == entry.keyText }), !row.readers.isEmpty,
        !row.readers.contains(integration.family)
      else { return nil }
      let readers = row.readers.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        .warning, .unknownKey, "`\(integration.name)` reads no key `\(row.key)`; it is ignored",
        help: "remove it: it is for \(readers)", at: SourceLocation(entry.key.start, in: config.file),
        to: entry.key.headEnd(in: config.file))
    }
  }

  /// Values that name a file where no file is read.
  private func files() -> [Diagnostic] {
    guard !integration.readsFiles else { return [] }
    return config.resources.flatMap(\.expressions).filter { $0.role == .value && $0.source.namesFile }.map {
      $0.finding(
        .warning, .invalidExpression,
        "`\($0.path)` names a file, which only Git integrations read: it is null",
        help: "write a jq expression")
    }
  }
}
