import RawJSON

/// Checks entities against their blueprints.
struct BlueprintCheck {
  private let blueprints: Blueprints
  private let config: PortAppConfig
  private let targets: RelationTargets?
  private(set) var tally = FindingTally()
  /// The fields that any mapping of the config sets, by the blueprint.
  private var mappedFields: [String: Set<String>] = [:]

  /// Creates a check; without `targets`, where relations lead is not looked at.
  init(_ blueprints: Blueprints, _ config: PortAppConfig, targets: RelationTargets?) {
    self.blueprints = blueprints
    self.config = config
    self.targets = targets
  }

  /// Checks an entity that the config's resource number `resource` made.
  mutating func check(_ entity: Entity, resource: Int) {
    let name = entity.blueprint
    guard let blueprint = blueprints[name] else {
      // A blueprint such as `_user` is Port's own and stands in no file.
      guard !name.hasPrefix("_") else { return }
      let nearest = Spelling.nearest(to: name, in: blueprints.all.map(\.identifier))
      let finding = finding(.unknownBlueprint(nearest: nearest), "blueprint", entity, resource)
      tally.add(finding, entity, value: nil)
      return
    }
    let mapped = mappedFields[name] ?? config.mappedFields(ofBlueprint: name)
    mappedFields[name] = mapped
    entity.withParts { scanner, parts in
      for part in parts {
        for problem in problems(part, blueprint, scanner) {
          let finding = finding(problem, part.path, entity, resource)
          let value = tally.has(finding) ? nil : example(problem, part.value, scanner)
          tally.add(finding, entity, value: value)
        }
      }
      for path in absent(blueprint, parts, mapped) {
        tally.add(finding(.requiredAbsent, path, entity, resource), entity, value: nil)
      }
    }
  }

  private func problems(
    _ part: EntityPart, _ blueprint: Blueprint, _ scanner: JSONScanner
  ) -> [Finding.Problem] {
    switch part.group {
    case .top: return []
    case .properties:
      guard let property = blueprint.property(part.name) else { return [unknown(part.name, blueprint)] }
      if scanner.kind(part.value) == .null {
        return blueprint.required.contains(part.name) ? [.requiredNull] : []
      }
      return ValueCheck(scanner: scanner).problem(part.value, property).map { [$0] } ?? []
    case .relations:
      guard let relation = blueprint.relation(part.name) else {
        let nearest = Spelling.nearest(to: part.name, in: blueprint.relations.map(\.name))
        return [.unknownRelation(nearest: nearest)]
      }
      if scanner.kind(part.value) == .null { return relation.required ? [.requiredNull] : [] }
      if let problem = ValueCheck(scanner: scanner).problem(part.value, relation) { return [problem] }
      let isMissing = targets?.isMissing(part.value, scanner, relation.target) ?? false
      return isMissing ? [.missingTarget(relation.target)] : []
    }
  }

  private func unknown(_ name: String, _ blueprint: Blueprint) -> Finding.Problem {
    let computed =
      blueprint.mirrorProperties + blueprint.calculationProperties + blueprint.aggregationProperties
    guard !computed.contains(name) else { return .computedProperty }
    return .unknownProperty(nearest: Spelling.nearest(to: name, in: blueprint.properties.map(\.name)))
  }

  /// What the blueprint requires and neither this entity's mapping nor any other of the config has for it:
  /// the catalog merges what several mappings make of an entity.
  private func absent(_ blueprint: Blueprint, _ parts: [EntityPart], _ mapped: Set<String>) -> [String] {
    let required =
      blueprint.required.map { "properties.\($0)" }
      + blueprint.relations.filter(\.relation.required).map { "relations.\($0.name)" }
    return required.filter { path in !mapped.contains(path) && !parts.contains { $0.path == path } }
  }

  private func example(_ problem: Finding.Problem, _ value: Range<Int>, _ scanner: JSONScanner) -> String? {
    switch problem {
    case .requiredNull, .requiredAbsent: nil
    case .missingTarget(let target): targets?.firstMissing(value, scanner, target)
    default: scanner.json(value)
    }
  }

  private func finding(
    _ problem: Finding.Problem, _ field: String, _ entity: Entity, _ resource: Int
  ) -> Finding {
    Finding(
      resource: resource, mapping: entity.mapping, blueprint: entity.blueprint, field: field,
      problem: problem)
  }
}
