import RawJSON

/// Decides by a specification which of the things that are set hold, and says what is wrong.
struct ConfigurationJudge {
  private let spec: IntegrationSpec
  private let sources: ConfigurationSources
  private var settings: [IntegrationConfiguration.Setting] = []
  private var diagnostics: [Diagnostic]
  private var secrets: [String] = []

  init(_ spec: IntegrationSpec, _ sources: ConfigurationSources) {
    self.spec = spec
    self.sources = sources
    diagnostics = sources.diagnostics
  }

  /// What holds.
  consuming func judge() -> IntegrationConfiguration {
    let byName = Dictionary(grouping: sources.entries, by: \.name)
    for configuration in spec.configurations {
      let entries = (byName[SettingName.snake(configuration.name)] ?? []).filter { takes($0, configuration) }
      settings.append(setting(configuration, entries))
    }
    for (index, configuration) in spec.configurations.enumerated() {
      settings[index].isRequired = configuration.required || isRequired(configuration)
      if settings[index].isRequired, settings[index].origin == .missing {
        reportMissing(configuration, byName)
      }
    }
    reportUnknown()
    return IntegrationConfiguration(settings: settings, diagnostics: diagnostics, secrets: secrets.uniqued)
  }

  /// Whether an entry is for this setting: a path into it is, where it is an object.
  private func takes(_ entry: SettingEntry, _ configuration: IntegrationSpec.Configuration) -> Bool {
    entry.path.count == 1 || configuration.type == "object"
  }

  // MARK: One setting

  private mutating func setting(
    _ configuration: IntegrationSpec.Configuration, _ entries: [SettingEntry]
  ) -> IntegrationConfiguration.Setting {
    if configuration.sensitive { keepSecret(entries, configuration) }
    var setting = IntegrationConfiguration.Setting(
      name: configuration.name, json: nil, origin: .missing, isSensitive: configuration.sensitive,
      isRequired: configuration.required)
    let set = entries.filter { !$0.value.isEmpty }
    let whole = set.firstIndex { $0.path.count == 1 }
    let members = set[..<(whole ?? set.endIndex)]
    if let whole {
      setting.origin = set[whole].origin
      setting.json = checked(set[whole], configuration)
    } else if let standard = configuration.defaultJSON {
      setting.origin = .standard
      setting.json = normal(standard, configuration)
    }
    if let first = members.first {
      setting.origin = first.origin
      setting.json = SettingMembers.merged(members.reversed(), into: setting.json)
    }
    return setting
  }

  /// A default or an allowed value as JSON of the setting's type; as it is written where it is not of that type.
  private func normal(_ json: String, _ configuration: IntegrationSpec.Configuration) -> String? {
    guard let value = SettingValue(JSONView(valid: Array(json.utf8))) else { return nil }
    return (try? value.json(as: configuration.type)) ?? json
  }

  /// The value as JSON; nil where it is not right, which is said.
  private mutating func checked(
    _ entry: SettingEntry, _ configuration: IntegrationSpec.Configuration
  ) -> String? {
    let json: String
    do throws(SettingValue.TypeProblem) {
      json = try entry.value.json(as: configuration.type)
    } catch {
      report(.error, .wrongConfiguration, "`\(entry.spelling)` is \(error.message)", error.help, entry)
      return nil
    }
    let allowed = configuration.allowedValues.compactMap { normal($0, configuration) }
    guard allowed.isEmpty || allowed.contains(json) else {
      report(
        .error, .wrongConfiguration,
        "`\(entry.spelling)` is \(configuration.sensitive ? "none of the allowed values" : "\(json), which is not allowed")",
        "write one of \(allowed.joined(separator: ", "))", entry)
      return nil
    }
    return json
  }

  private mutating func keepSecret(_ entries: [SettingEntry], _ configuration: IntegrationSpec.Configuration)
  {
    for entry in entries {
      secrets += entry.value.leaves.filter { !$0.isEmpty }
      if entry.isCommitted, !entry.value.isEmpty {
        report(
          .warning, .exposedSecret,
          "the secret `\(entry.spelling)` stands in a file that is easily committed",
          "put it into .env as \(sources.section.variable(for: configuration.name)), "
            + "or write \"{{ from env NAME }}\" here", entry)
      }
    }
  }

  // MARK: What is missing

  /// Whether another setting's value makes this one necessary.
  private func isRequired(_ configuration: IntegrationSpec.Configuration) -> Bool {
    configuration.dependencies.contains { dependency in
      guard let other = spec.configurations.first(where: { $0.name == dependency.on }),
        let json = settings.first(where: { $0.name == dependency.on })?.json
      else { return false }
      return dependency.values.contains { normal($0, other) == json }
    }
  }

  private mutating func reportMissing(
    _ configuration: IntegrationSpec.Configuration, _ byName: [String: [SettingEntry]]
  ) {
    let variable = sources.section.variable(for: configuration.name)
    let empty = byName[SettingName.snake(configuration.name)]?.first { $0.path.count == 1 }
    let what =
      empty.map { "`\($0.spelling)` is empty, and \(configuration.name) must be set" }
      ?? "\(configuration.name) is not set"
    let why = configuration.description.map { ": \($0)" } ?? ""
    let file =
      configuration.sensitive ? "" : ", or `integration: {config: {\(configuration.name): …}}` in config.yaml"
    diagnostics.append(
      Diagnostic(
        .error, .missingConfiguration, what + why,
        help: "set \(variable) in the environment or in \(PathText.join(sources.folder, ".env"))\(file)",
        at: empty?.location))
    diagnostics[diagnostics.count - 1].isLineSecret = true
  }

  // MARK: What is not known

  private mutating func reportUnknown() {
    // Elsewhere Ocean has settings of its own.
    guard sources.section == .config else { return }
    let names = Dictionary(
      spec.configurations.map { (SettingName.snake($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    let unknown = sources.entries.filter { entry in
      names[entry.name].map { !takes(entry, $0) } ?? true
    }
    guard !unknown.isEmpty else { return }
    let elsewhere = ConfigurationJudge.names(inSpecsOf: sources.folder).subtracting(names.keys)
    for entry in unknown {
      let nearest = Spelling.nearest(to: entry.name, in: names.keys.sorted()).flatMap { names[$0] }
      // What is meant for an integration beside this one is told there, also where it is misspelt.
      if elsewhere.contains(entry.name)
        || nearest == nil && Spelling.nearest(to: entry.name, in: elsewhere.sorted()) != nil
      {
        continue
      }
      let isVariable = entry.spelling.uppercased().hasPrefix(sources.section.prefix)
      report(
        .warning, .unknownConfiguration, "`\(entry.spelling)` sets nothing: there is no such setting",
        nearest.map {
          "did you mean `\(isVariable ? sources.section.variable(for: $0.name) : $0.name)`?"
        } ?? "the settings are \(spec.configurations.map(\.name).joined(separator: ", "))", entry)
    }
  }

  /// What the integrations beside this one can be told, by the names that variables have: they share the files.
  private static func names(inSpecsOf folder: String) -> Set<String> {
    let specs = Integration.find(in: folder).compactMap(\.specPath).compactMap {
      try? IntegrationSpec.load(contentsOf: $0)
    }
    return Set(specs.flatMap(\.configurations).map { SettingName.snake($0.name) })
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, _ help: String,
    _ entry: SettingEntry
  ) {
    var diagnostic = Diagnostic(severity, rule, message, help: help, at: entry.location)
    diagnostic.isLineSecret = true
    diagnostics.append(diagnostic)
  }
}

extension [String] {
  /// Each text once, in the order of their first places.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
