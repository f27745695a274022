import RawJSON

extension FindingTally.Count {
  /// The finding in words; `total` is how many entities its mapping has made of the blueprint.
  func diagnostic(_ config: ResourceConfig, of total: Int) -> Diagnostic? {
    guard config.mappings.indices.contains(finding.mapping) else { return nil }
    let field = config.fieldPath(finding.field, mapping: finding.mapping)
    let message = "`\(field)` of kind `\(config.kind)` \(finding.problem.words(finding))"
    return Diagnostic(
      .warning, finding.problem.rule, message + counted(of: total), help: finding.problem.help(finding),
      at: config.mappings[finding.mapping].location(ofField: finding.field), field: field)
  }

  /// How many entities it concerns, and one of them.
  private func counted(of total: Int) -> String {
    let share = "\(entities) of \(total) \(total == 1 ? "entity" : "entities")"
    let name = "`\(identifier.shortened(to: 60))`"
    switch finding.problem {
    case .unknownBlueprint, .unknownProperty, .unknownRelation, .computedProperty, .requiredAbsent: return ""
    case .requiredNull: return ": \(name) (\(share))"
    default: return value.map { ": \($0.shortened(to: 60)) in \(name) (\(share))" } ?? " (\(share))"
    }
  }
}

extension Finding.Problem {
  fileprivate var rule: Diagnostic.Rule {
    switch self {
    case .unknownBlueprint: .unknownBlueprint
    case .unknownProperty: .unknownProperty
    case .unknownRelation: .unknownRelation
    case .computedProperty: .computedProperty
    case .requiredNull, .requiredAbsent: .missingRequired
    case .missingTarget: .missingTarget
    case .type, .elementType, .format, .choice, .oneForMany, .manyForOne: .wrongValue
    }
  }

  /// What is doubtful, as the rest of a sentence that begins with the field.
  fileprivate func words(_ finding: Finding) -> String {
    let blueprint = "blueprint `\(finding.blueprint)`"
    switch self {
    case .unknownBlueprint: return "gives `\(finding.blueprint)`, which is none of the blueprints"
    case .unknownProperty: return "is no property of the \(blueprint)"
    case .unknownRelation: return "is no relation of the \(blueprint)"
    case .computedProperty: return "is a property that the catalog computes for the \(blueprint) itself"
    case .requiredNull: return "is null where the \(blueprint) requires a value"
    case .requiredAbsent: return "is not mapped, and the \(blueprint) requires it"
    case .type(let expected, let found):
      return "gives \(found.words) where the \(blueprint) takes \(expected.words)"
    case .elementType(let expected, let found):
      return "gives a list with \(found.words) in it where the \(blueprint) takes \(expected.words)"
    case .format(let format, let inList):
      return "gives \(inList ? "a list with a text in it" : "a text") that is no `\(format.rawValue)`"
    case .choice(_, let inList):
      return "gives a \(inList ? "list with a value in it" : "value") that the \(blueprint) does not list"
    case .oneForMany: return "gives one identifier where the relation of the \(blueprint) is to many"
    case .manyForOne: return "gives a list where the relation of the \(blueprint) is to one"
    case .missingTarget(let target): return "leads to an entity of `\(target)` that no fixture makes"
    }
  }

  /// What to do about it.
  fileprivate func help(_ finding: Finding) -> String {
    switch self {
    case .unknownBlueprint(let nearest), .unknownProperty(let nearest), .unknownRelation(let nearest):
      return nearest.map { "did you mean `\($0)`?" } ?? "add it to the blueprints, or leave it out"
    case .computedProperty: return "leave it out of the mapping"
    case .requiredNull: return "give it a value for every object, as `… // \"none\"`, or filter such objects"
    case .requiredAbsent: return "map it, or take it off the blueprint's `required`"
    case .type(let expected, let found): return Self.conversion(expected, found)
    case .elementType(let expected, _):
      return "make each element \(expected.words), as with `map(…)`, or change the blueprint"
    case .format(let format, _): return "the blueprint takes a text such as `\(format.example)`"
    case .choice(let allowed, _):
      return "it lists \(allowed.joined(separator: ", ").shortened(to: 160))"
    case .oneForMany: return "make it a list, as `[…]`, or the relation's `many` false"
    case .manyForOne: return "take one of them, as `….[0]`, or make the relation's `many` true"
    case .missingTarget(let target):
      return "check that it is the identifier as the mapping to `\(target)` makes it, or add a fixture"
    }
  }

  private static func conversion(_ expected: BlueprintProperty.ValueType, _ found: JSONKind) -> String {
    let way =
      switch (expected, found) {
      case (.number, .string): "make a number of it: `… | tonumber`"
      case (.string, .number), (.string, .boolean): "make text of it: `… | tostring`"
      case (.string, .array): #"join the texts: `… | join(", ")`, or take one: `….[0]`"#
      case (.array, _): "put it into a list: `[…]`"
      case (.boolean, .string): #"compare it: `… == "true"`"#
      case (_, .object): "take the part that is meant, as `….name`"
      default: "change the expression"
      }
    return way + "; or change the blueprint"
  }
}

extension BlueprintProperty.ValueType {
  /// The type with its article, in the words of ``JSONKind``.
  fileprivate var words: String { (JSONKind(rawValue: rawValue) ?? .null).words }
}
