import RawJSON

/// Checks entities against their blueprints.
struct BlueprintCheck {
  private let judge: BlueprintJudge
  private let config: ConfigTree
  private(set) var tally = FindingTally()
  /// The fields that any mapping of the config sets, by the blueprint.
  private var mappedFields: [String: Set<String>] = [:]

  init(_ blueprints: Blueprints, _ config: ConfigTree) {
    judge = BlueprintJudge(blueprints)
    self.config = config
  }

  /// Checks an entity that the config's resource number `resource` made.
  mutating func check(_ entity: Entity, resource: Int) {
    let maker = Maker(resource: resource, mapping: entity.mapping, blueprint: entity.blueprint)
    guard let blueprint = judge.blueprints[maker.blueprint] else {
      if judge.isUnknown(maker.blueprint) { add(.unknownBlueprint, maker, .top, "blueprint", entity) }
      return
    }
    for part in entity.parts where part.group != .top { check(part, blueprint, maker, entity) }
    let mapped = mappedFields[maker.blueprint] ?? config.mappedFields(ofBlueprint: maker.blueprint)
    mappedFields[maker.blueprint] = mapped
    for problem in judge.unmapped(blueprint, mapped: mapped) {
      add(problem, config.firstMaker(of: maker.blueprint) ?? maker, .top, "blueprint", entity)
    }
  }

  private mutating func check(
    _ part: EntityPart, _ blueprint: Blueprint, _ maker: Maker, _ entity: Entity
  ) {
    if let problem = judge.problem(part.group, part.name, of: blueprint) {
      return add(problem, maker, part.group, part.name, entity)
    }
    if part.value.kind == .null {
      guard judge.isRequired(part.group, part.name, of: blueprint) else { return }
      return add(.requiredNull, maker, part.group, part.name, entity)
    }
    guard let wrong = judge.problem(part.value, for: part.group, part.name, of: blueprint) else { return }
    add(wrong.problem, maker, part.group, part.name, entity, value: wrong.part.json)
  }

  private mutating func add(
    _ problem: BlueprintProblem, _ maker: Maker, _ group: FieldGroup, _ name: String, _ entity: Entity,
    value: String? = nil
  ) {
    let finding = Finding(
      maker: maker, group: group, name: name, problem: problem,
      literal: literal(problem, maker, group, name, value))
    tally.add(finding, entity, value: value)
  }

  /// The number of the literal in the field's expression that gives the wrong value.
  private func literal(
    _ problem: BlueprintProblem, _ maker: Maker, _ group: FieldGroup, _ name: String, _ value: String?
  ) -> Int? {
    guard let value, let blueprint = judge.blueprints[maker.blueprint],
      let field = config.mapping(maker.mapping, ofResource: maker.resource)?.field(group, name)
    else { return nil }
    return judge.literalProblems(field, of: blueprint).firstIndex { literal in
      literal.problem == problem && literal.value.literalJSON.map { $0 == value } ?? true
    }
  }

  /// What was found, as a sentence; `totals` says how many entities of its blueprint each mapping has made.
  func diagnostics(_ totals: [Maker: Int]) -> [Diagnostic] {
    tally.counts.compactMap { count in
      let finding = count.finding
      let maker = finding.maker
      guard let mapping = config.mapping(maker.mapping, ofResource: maker.resource),
        let field = mapping.field(finding.group, finding.name)
      else { return nil }
      return judge.diagnostic(
        finding.problem, maker.blueprint, field, in: config.file,
        evidence(count, mapping, field, total: totals[maker] ?? 0))
    }
  }

  /// What the text tells is said as `lint` says it, so that both say it once.
  private func evidence(
    _ count: FindingTally.Count, _ mapping: ConfigTree.Mapping, _ field: ConfigTree.Field, total: Int
  ) -> BlueprintJudge.Evidence {
    let finding = count.finding
    let observed = BlueprintJudge.Evidence.observed(
      value: count.value, identifier: count.identifier, entities: count.entities, total: total)
    switch finding.problem {
    case .unmappedProperty, .unmappedRelation: return .literal()
    case .unknownBlueprint:
      let isLiteral = mapping.constantBlueprint == finding.maker.blueprint
      return isLiteral ? .literal(field.expression?.body) : observed
    default:
      guard let literal = finding.literal, let blueprint = judge.blueprints[finding.maker.blueprint] else {
        return observed
      }
      return .literal(judge.literalProblems(field, of: blueprint)[literal].value)
    }
  }
}

/// A mapping, and one of the blueprints that it makes entities of.
struct Maker: Hashable {
  /// The number of the resource in the config.
  let resource: Int
  /// The number of the mapping in the resource.
  let mapping: Int
  /// The entities' blueprint.
  let blueprint: String
}

extension ConfigTree {
  /// The first mapping that always makes entities of `blueprint`.
  fileprivate func firstMaker(of blueprint: String) -> Maker? {
    for resource in resources {
      if let mapping = resource.mappings.firstIndex(where: { $0.constantBlueprint == blueprint }) {
        return Maker(resource: resource.index, mapping: mapping, blueprint: blueprint)
      }
    }
    return nil
  }
}
