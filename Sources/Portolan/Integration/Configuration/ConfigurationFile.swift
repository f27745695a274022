import YAMLTree

extension Grammar.Part {
  // The file says much more to Ocean, all of which is somebody else's: its parts are open.
  fileprivate static let configurationFile = Grammar.Part(
    name: "file", phrase: "a config.yaml", description: "What an integration is told.", isOpen: true)
  fileprivate static let configuredIntegration = Grammar.Part(
    name: "integration", phrase: "`integration`", description: "The integration.", isOpen: true)
}

extension Grammar {
  /// The grammar of a `config.yaml`, as far as it concerns what an integration is told.
  fileprivate static let configurationFile = Grammar(
    root: .configurationFile,
    [
      Row(.configurationFile, "integration", .mapping(.configuredIntegration), "The integration."),
      Row(.configurationFile, "port", .members(.anything), "What Port is asked with."),
      Row(
        .configurationFile, "eventListener", .members(.anything), "What asks the integration to resync."),
    ]
      + ServiceConfiguration.names.map { name in
        Row(.configurationFile, name, .anything, "How the integration runs as a service.")
      } + [
        Row(.configuredIntegration, "type", .text(default: nil), "What kind of integration it is."),
        Row(.configuredIntegration, "identifier", .text(default: nil), "Which of that kind it is."),
        Row(.configuredIntegration, "config", .members(.anything), "What `spec.yml` lets a user set."),
      ])
}

/// The settings in a `config.yaml`.
struct ConfigurationFile {
  private(set) var entries: [SettingEntry] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let file: String
  /// What `{{ from env NAME }}` is looked for in.
  private let environment: [String: String]

  /// Reads the file at `path`.
  init(_ path: String, environment: [String: String], _ section: ConfigurationSection) {
    file = path
    self.environment = environment
    do throws(DiagnosticsError) {
      let document = try DocumentReader.read(contentsOf: path, by: .configurationFile)
      diagnostics = document.problems
      var part: DocumentNode? = document.root
      for key in section.keys { part = part?[key] }
      for member in part?.members ?? [] where section.takes(SettingName.snake(member.name ?? "")) {
        add(member)
      }
    } catch {
      diagnostics = error.diagnostics.map { $0.rule == .yamlSyntax ? notYAML($0) : $0 }
    }
  }

  /// What the parser says may quote a secret.
  private func notYAML(_ diagnostic: Diagnostic) -> Diagnostic {
    Diagnostic(
      .error, .yamlSyntax, "this is not YAML, and nothing of the file is used",
      help: "look at this line and the ones before it; a value that begins with a sign belongs in quotes",
      at: diagnostic.location)
  }

  private mutating func add(_ member: DocumentNode) {
    guard let name = member.name, !member.yaml.isNull else { return }
    let start = member.key?.start ?? member.yaml.start
    var value: SettingValue
    var isReference = false
    if let text = member.yaml.string {
      value = .text(text)
      if let variable = Self.reference(text) {
        guard let known = environment[variable] else { return }
        value = .text(known)
        isReference = true
      }
    } else {
      value = .json(member.yaml.json())
    }
    entries.append(
      SettingEntry(
        path: [name], value: value, origin: .file(SourceLocation(start, in: file)), spelling: name,
        isCommitted: !isReference))
  }

  /// The variable that `{{ from env NAME }}` names.
  private static func reference(_ text: String) -> String? {
    guard let match = text.wholeMatch(of: /\{\{ *from +env +(\w+) *\}\}/) else { return nil }
    return String(match.1)
  }
}
