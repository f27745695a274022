import JQ

/// The rules on mappings whose blueprint is a literal: what it must agree with in `blueprints.json`, as far as
/// the text tells.
struct BlueprintRules {
  private let config: ConfigTree
  private let judge: BlueprintJudge

  init(_ config: ConfigTree, _ blueprints: Blueprints) {
    self.config = config
    judge = BlueprintJudge(blueprints)
  }

  func findings() -> [Diagnostic] {
    var seen: Set<String> = []
    return config.resources.flatMap(\.mappings).flatMap { mapping -> [Diagnostic] in
      guard let field = mapping.blueprint, let name = mapping.constantBlueprint else { return [] }
      guard let blueprint = judge.blueprints[name] else {
        return judge.isUnknown(name) ? [finding(.unknownBlueprint, name, field, field.expression?.body)] : []
      }
      let unmapped =
        seen.insert(name).inserted && !config.hasUnreadFields(ofBlueprint: name)
        ? judge.unmapped(
          blueprint, mapped: config.mappedFields(ofBlueprint: name).union(meantFields(blueprint)))
        : []
      return unmapped.map { finding($0, name, field) } + mapping.fields.flatMap { findings($0, blueprint) }
    }
  }

  /// What fields that are misspelt or elsewhere are meant for: that it is missing would follow from what is said of
  /// them.
  private func meantFields(_ blueprint: Blueprint) -> Set<String> {
    let names = blueprint.properties.map(\.name) + blueprint.relations.map(\.name)
    let mappings = config.resources.flatMap(\.mappings).filter {
      ($0.constantBlueprint ?? blueprint.identifier) == blueprint.identifier
    }
    let wrong = mappings.flatMap(\.fields).filter { judge.problem($0.group, $0.name, of: blueprint) != nil }
    let beside = mappings.flatMap { mapping in
      (mapping.node.yaml.mapping?.entries ?? []).map(\.keyText).filter { mapping.node[$0] == nil }
    }
    let meant =
      wrong.flatMap { [$0.name, Spelling.nearest(to: $0.name, in: names)].compactMap { $0 } } + beside
    return Set(meant.flatMap { [FieldGroup.properties.path($0), FieldGroup.relations.path($0)] })
  }

  private func findings(_ field: ConfigTree.Field, _ blueprint: Blueprint) -> [Diagnostic] {
    if let problem = judge.problem(field.group, field.name, of: blueprint) {
      return [finding(problem, blueprint.identifier, field)]
    }
    let target = field.group == .relations ? judge.targetProblem(field.name, of: blueprint) : nil
    let values = judge.literalProblems(field, of: blueprint)
    return (target.map { [finding($0, blueprint.identifier, field)] } ?? [])
      + values.map { finding($0.problem, blueprint.identifier, field, $0.value) }
  }

  private func finding(
    _ problem: BlueprintProblem, _ blueprint: String, _ field: ConfigTree.Field, _ value: JQ.Expression? = nil
  ) -> Diagnostic {
    judge.diagnostic(problem, blueprint, field, in: config.file, .literal(value))
  }
}
