import JQ
import YAMLTree

/// The rules on mappings whose blueprint is a literal: what it must agree with in `blueprints.json`.
struct BlueprintRules {
  private let document: LintDocument
  private let blueprints: Blueprints

  init(_ document: LintDocument, _ blueprints: Blueprints) {
    self.document = document
    self.blueprints = blueprints
  }

  func findings() -> [Diagnostic] {
    var found: [Diagnostic] = []
    var mapped: [String: (first: LintExpression, names: Set<String>)] = [:]
    for mapping in document.resources.flatMap(\.mappings) {
      guard let expression = mapping.blueprint?.expression, let name = expression.body?.constantText else {
        continue
      }
      guard let blueprint = blueprints[name] else {
        found += unknownBlueprint(name, expression).map { [$0] } ?? []
        continue
      }
      found += mapping.properties.flatMap { property($0, of: blueprint) }
      found += mapping.relations.compactMap { relation($0, of: blueprint) }
      mapped[name, default: (expression, [])].names
        .formUnion(
          mapping.properties.map { "properties." + $0.name }
            + mapping.relations.map { "relations." + $0.name })
    }
    for (name, (expression, names)) in mapped {
      guard let blueprint = blueprints[name] else { continue }
      found += missing(from: names, blueprint, expression)
    }
    return found
  }

  /// Port's own blueprints begin with an underscore and stand in no file.
  private func unknownBlueprint(_ name: String, _ expression: LintExpression) -> Diagnostic? {
    if name.hasPrefix("_") { return nil }
    let nearest = Spelling.nearest(to: name, in: blueprints.all.map(\.identifier))
    return expression.finding(
      .error, .unknownBlueprint, "blueprints.json has no blueprint `\(name)`",
      help: nearest.map { "did you mean `\(expression.inYAML("\"\($0)\""))`?" } ?? "add it to blueprints.json"
    )
  }

  private func property(_ field: LintField, of blueprint: Blueprint) -> [Diagnostic] {
    if let property = blueprint.property(field.name) {
      return field.expression.map { ValueRules($0, field.name, property).findings() } ?? []
    }
    return [unknownProperty(field, of: blueprint)]
  }

  private func unknownProperty(_ field: LintField, of blueprint: Blueprint) -> Diagnostic {
    if blueprint.relation(field.name) != nil {
      return finding(
        .error, .misplacedField, "`\(field.name)` is a relation of `\(blueprint.identifier)`, not a property",
        help: "move it under `relations:`", field)
    }
    let computed =
      blueprint.mirrorProperties + blueprint.calculationProperties + blueprint.aggregationProperties
    if computed.contains(field.name) {
      return finding(
        .error, .computedProperty,
        "`\(field.name)` of `\(blueprint.identifier)` is computed by the catalog; a mapping cannot set it",
        help: "remove it here", field)
    }
    return finding(
      .error, .unknownProperty, "the blueprint `\(blueprint.identifier)` has no property `\(field.name)`",
      help: help(field.name, blueprint.properties.map(\.name)), field)
  }

  private func relation(_ field: LintField, of blueprint: Blueprint) -> Diagnostic? {
    if let relation = blueprint.relation(field.name) { return target(of: relation, field) }
    if blueprint.property(field.name) != nil {
      return finding(
        .error, .misplacedField, "`\(field.name)` is a property of `\(blueprint.identifier)`, not a relation",
        help: "move it under `properties:`", field)
    }
    return finding(
      .error, .unknownRelation, "the blueprint `\(blueprint.identifier)` has no relation `\(field.name)`",
      help: help(field.name, blueprint.relations.map(\.name)), field)
  }

  private func target(of relation: BlueprintRelation, _ field: LintField) -> Diagnostic? {
    guard blueprints[relation.target] == nil, !relation.target.hasPrefix("_") else { return nil }
    let nearest = Spelling.nearest(to: relation.target, in: blueprints.all.map(\.identifier))
    return finding(
      .warning, .unknownTarget,
      "`\(field.name)` leads to the blueprint `\(relation.target)`, which blueprints.json does not have",
      help: nearest.map { "did the blueprint's relation mean `\($0)`?" }
        ?? "add the blueprint, or make sure that the catalog has it already", field)
  }

  private func missing(
    from names: Set<String>, _ blueprint: Blueprint, _ expression: LintExpression
  ) -> [Diagnostic] {
    let properties = blueprint.required.map { (word: "property", group: "properties", name: $0) }
    let relations = blueprint.relations.filter(\.relation.required)
      .map { (word: "relation", group: "relations", name: $0.name) }
    return (properties + relations).filter { !names.contains("\($0.group).\($0.name)") }.map { field in
      expression.finding(
        .warning, .missingRequired,
        "`\(blueprint.identifier)` requires the \(field.word) `\(field.name)`, and no mapping sets it",
        help: "add `\(field.name):` under `\(field.group):`, or make it optional in blueprints.json")
    }
  }

  private func help(_ name: String, _ known: [String]) -> String {
    Spelling.nearest(to: name, in: known).map { "did you mean `\($0)`?" }
      ?? "add it to blueprints.json, or remove it here"
  }

  private func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, help: String,
    _ field: LintField
  ) -> Diagnostic {
    Diagnostic(
      severity, rule, message, help: help, at: SourceLocation(field.key.start, in: document.file),
      to: field.key.headEnd(in: document.file), field: field.path)
  }
}

extension Diagnostic.Rule {
  /// A blueprint that `blueprints.json` does not have.
  public static let unknownBlueprint = Self("unknown-blueprint")
  /// A property that the blueprint does not have.
  public static let unknownProperty = Self("unknown-property")
  /// A relation that the blueprint does not have.
  public static let unknownRelation = Self("unknown-relation")
  /// A relation to a blueprint that `blueprints.json` does not have.
  public static let unknownTarget = Self("unknown-target")
  /// A relation under `properties`, or a property under `relations`.
  public static let misplacedField = Self("misplaced-field")
  /// A property that the catalog computes itself.
  public static let computedProperty = Self("computed-property")
  /// A property or relation that the blueprint requires and no mapping sets.
  public static let missingRequired = Self("missing-required")
  /// A value that the blueprint does not allow.
  public static let wrongValue = Self("wrong-value")
}
