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
        ? judge.unmapped(blueprint, mapped: config.mappedFields(ofBlueprint: name)) : []
      return unmapped.map { finding($0, name, field) } + mapping.fields.flatMap { findings($0, blueprint) }
    }
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
