extension ConfigSchema {
  /// Collects what the files of several integrations say of their configs.
  struct Collector {
    private(set) var kinds: [Kind] = []
    private(set) var blueprints: [Blueprint] = []
    /// Whether there may be kinds that no file lists.
    private(set) var hasOthers = false
    /// Whether every integration has its blueprints in a file.
    private(set) var hasAllBlueprints = true
    /// The families of the integrations; nil where that of one is not known.
    private(set) var families: Set<String>? = []

    /// Adds an integration; `fetcher` asks for its kinds where it has no `fetcher.yml`.
    ///
    /// - Throws: ``DiagnosticsError`` for a file that cannot be read, but for the config.
    mutating func add(_ integration: Integration, fetcher: FetcherDefinition?) throws(DiagnosticsError) {
      let known = kinds.count
      let spec = try Self.load(integration.specPath, IntegrationSpec.load)
      let definition = try Self.load(integration.fetcherPath, FetcherDefinition.load) ?? fetcher
      let listed = (spec?.kinds ?? []) + (definition.map { $0.kinds.map(\.name) + $0.brokenKinds } ?? [])
      // A spec.yml lists kinds for people: what asks for them knows all that there are.
      if listed.isEmpty || definition == nil || definition?.otherKinds != nil { hasOthers = true }
      let family = IntegrationType(spec?.type ?? integration.typeName)?.family
      families = family.flatMap { families?.union([$0]) }
      for name in listed {
        add(name, definition?.kind(named: name))
      }
      for blueprint in try Self.load(integration.blueprintsPath, Blueprints.load(contentsOf:))?.all ?? [] {
        add(blueprint)
      }
      if integration.blueprintsPath == nil { hasAllBlueprints = false }
      guard definition == nil else { return }
      for resource in (try? ConfigTree(contentsOf: integration.configPath))?.resources ?? [] {
        guard let place = kinds[known...].firstIndex(where: { $0.name == resource.kind?.text }) else {
          continue
        }
        for setting in resource.settings(in: integration.configPath)
        where !kinds[place].settings.contains(where: { $0.name == setting.name }) {
          kinds[place].settings.append(setting)
        }
      }
    }

    /// Several integrations may have a kind of this name, each with settings of its own.
    private mutating func add(_ name: String, _ kind: FetcherDefinition.Kind?) {
      let settings = kind?.settings ?? []
      guard let place = kinds.firstIndex(where: { $0.name == name }) else {
        kinds.append(Kind(name: name, settings: settings, isClosed: kind != nil))
        return
      }
      if kinds[place].settings.map(\.name) != settings.map(\.name) { kinds[place].isClosed = false }
    }

    /// A blueprint of several files has what any of them says.
    private mutating func add(_ blueprint: Blueprint) {
      guard let place = blueprints.firstIndex(where: { $0.identifier == blueprint.identifier }) else {
        blueprints.append(blueprint)
        return
      }
      blueprints[place].properties += blueprint.properties.filter {
        blueprints[place].property($0.name) == nil
      }
      blueprints[place].relations += blueprint.relations.filter { blueprints[place].relation($0.name) == nil }
    }

    private static func load<Value>(
      _ path: String?, _ load: (String) throws(DiagnosticsError) -> Value
    ) throws(DiagnosticsError) -> Value? {
      guard let path else { return nil }
      return try load(path)
    }
  }
}

extension ConfigTree.Resource {
  /// The keys of its selector that are for the integration, in the file's order: of each, the name is known.
  fileprivate func settings(in file: String) -> [SelectorSetting] {
    (selector?.yaml.mapping?.entries ?? []).filter { $0.keyText != "query" }.map { entry in
      SelectorSetting(
        name: entry.keyText, kind: .any, defaultJSON: nil, description: nil, values: [], isRequired: false,
        location: SourceLocation(entry.key.start, in: file))
    }
  }
}

extension ConfigSchema.Kind {
  /// What a resource of the kind must be besides.
  var schema: SchemaValue {
    let required = settings.filter(\.isRequired).map(\.name)
    let known: SchemaValue = .object(settings.map { (key: $0.name, value: $0.schema(ofKind: name)) })
    let selector: SchemaValue =
      isClosed
      ? ["properties": known.adding([(key: "query", value: [:])]), "additionalProperties": .boolean(false)]
      : ["properties": known]
    let resource: SchemaValue = [
      "properties": [
        "selector": selector.adding(required.isEmpty ? [] : [(key: "required", value: .texts(required))])
      ]
    ]
    return GrammarSchema.when(
      "kind", name, then: resource.adding(required.isEmpty ? [] : [(key: "required", value: ["selector"])]))
  }
}

extension SelectorSetting {
  /// What its value can be.
  fileprivate func schema(ofKind name: String) -> SchemaValue {
    let meaning = description ?? "What the integration is told for \(name)."
    let text = SchemaValue.text(meaning + (defaultJSON.map { " Default: `\($0)`." } ?? ""))
    let described: SchemaValue = ["description": text]
    return described.adding(type.members).adding(
      defaultJSON.map { [(key: "default", value: .json($0))] } ?? [])
  }

  private var type: SchemaValue {
    let allowed: SchemaValue = ["enum": .texts(values)]
    switch kind {
    case .any: return values.isEmpty ? [:] : allowed
    case .boolean: return ["allOf": [["$ref": "#/definitions/flag"]]]
    case .string where !values.isEmpty:
      return ["anyOf": .array([allowed] + (isRequired ? [] : [["type": "null"]]))]
    case .list:
      return typed("array").adding(values.isEmpty ? [] : [(key: "items", value: allowed)])
    case .string, .integer, .number, .object: return typed(kind.rawValue)
    }
  }

  private func typed(_ name: String) -> SchemaValue {
    ["type": isRequired ? .text(name) : .texts([name, "null"])]
  }
}
