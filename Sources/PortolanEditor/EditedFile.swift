import Portolan

/// A file that is open in the editor, and what lies around it.
struct EditedFile {
  let path: String
  let integration: Integration?
  /// The config that it is, or that it belongs to.
  let target: LintTarget
  private let role: Role

  /// What the file is for.
  private enum Role {
    case config
    case fetcher
    /// A file that a config is compared with: its findings are found there.
    case companion
  }

  init(_ path: String) {
    self.path = path
    let folder = PathText.parent(path)
    let name = PathText.baseName(path)
    if Integration.fetcherNames.contains(name) {
      role = .fetcher
    } else {
      role = Self.companions.contains(name) ? .companion : .config
    }
    let found = Integration.find(in: role == .config ? PathText.parent(folder) : folder)
    integration = found.first { $0.configPath == path } ?? found.first
    if role == .config, integration?.configPath != path {
      target = .config(at: path)
    } else {
      target = integration.map(LintTarget.init) ?? .config(at: path)
    }
  }

  private static let companions: Set = ["spec.yml", "spec.yaml", ".portolan.yml"]

  var isFetcher: Bool { role == .fetcher }

  /// What is found in the document, and through it in other files; nil for a file that no config belongs to.
  func lint(_ document: OpenDocument, _ linter: EditorLinter) -> LintReport? {
    let text = Array(document.text.utf8)
    switch role {
    case .fetcher:
      return linter.linter.lintFetcher(
        at: path, spec: integration?.specPath, project: ProjectFile.path(from: PathText.parent(path)),
        text: text)
    case .config: return lint(text, linter)
    case .companion:
      return integration == nil ? nil : lint(nil, linter)
    }
  }

  private func lint(_ text: [UInt8]?, _ linter: EditorLinter) -> LintReport {
    linter.linter.lint(target, fetcher: integration.flatMap { linter.fetcher($0.name) }, text: text)
  }
}
