import JQ
import RawJSON

/// Says what blueprints have against a mapping: the one judge of what is written, for `lint`, and of what came
/// out, for a dry run.
package struct BlueprintJudge: Sendable {
  package let blueprints: Blueprints

  package init(_ blueprints: Blueprints) {
    self.blueprints = blueprints
  }

  /// Whether there is no blueprint of that name. Port's own begin with an underscore and are in no file.
  func isUnknown(_ blueprint: String) -> Bool {
    blueprints[blueprint] == nil && !blueprint.hasPrefix("_")
  }

  /// Why the blueprint does not have the field at all, nil where it does.
  package func problem(_ group: FieldGroup, _ name: String, of blueprint: Blueprint) -> BlueprintProblem? {
    let isProperty = blueprint.property(name) != nil
    let isRelation = blueprint.relation(name) != nil
    switch group {
    case .top: return nil
    case .properties:
      if isProperty { return nil }
      if isRelation { return .misplacedRelation }
      return blueprint.computedProperties.contains(name) ? .computedProperty : .unknownProperty
    case .relations:
      if isRelation { return nil }
      return isProperty ? .misplacedProperty : .unknownRelation
    }
  }

  /// Why the relation can lead nowhere, nil where it can or there is none.
  func targetProblem(_ name: String, of blueprint: Blueprint) -> BlueprintProblem? {
    guard let target = blueprint.relation(name)?.target, isUnknown(target) else { return nil }
    return .unknownTarget(target)
  }

  /// What the blueprint requires and is not among the fields that are `mapped`, each by its place in an
  /// entity: the catalog merges what several mappings make of one.
  func unmapped(_ blueprint: Blueprint, mapped: Set<String>) -> [BlueprintProblem] {
    blueprint.required.filter { !mapped.contains(FieldGroup.properties.path($0)) }
      .map { .unmappedProperty($0) }
      + blueprint.relations.filter {
        $0.relation.required && !mapped.contains(FieldGroup.relations.path($0.name))
      }
      .map { .unmappedRelation($0.name) }
  }

  /// Whether the blueprint requires a value for the field.
  package func isRequired(_ group: FieldGroup, _ name: String, of blueprint: Blueprint) -> Bool {
    group == .relations
      ? blueprint.relation(name)?.required ?? false : blueprint.required.contains(name)
  }

  // MARK: Values

  /// Why the field does not take any value of that kind, nil where it takes some. Null is no value.
  package func problem(
    _ kind: JSONKind, for group: FieldGroup, _ name: String, of blueprint: Blueprint
  ) -> BlueprintProblem? {
    guard kind != .null else { return nil }
    if group == .relations {
      guard let relation = blueprint.relation(name), kind != .object else { return nil }
      // An object is a search query, which is not looked into.
      if relation.many { return kind == .array ? nil : .noIdentifiers(found: kind) }
      return kind == .string ? nil : .noIdentifier(found: kind)
    }
    guard let type = blueprint.property(name)?.type, type.kind != kind else { return nil }
    return .type(type, found: kind)
  }

  /// Why the field does not take the value, and the part of the value that is meant; nil where it does.
  package func problem(
    _ value: JSONView, for group: FieldGroup, _ name: String, of blueprint: Blueprint
  ) -> (problem: BlueprintProblem, part: JSONView)? {
    let kind = value.kind
    if let problem = problem(kind, for: group, name, of: blueprint) { return (problem, value) }
    let elements = value.elements ?? []
    if group == .relations {
      return elements.first { $0.kind != .string }.map { (.noIdentifierInArray(found: $0.kind), $0) }
    }
    guard kind != .null, let property = blueprint.property(name) else { return nil }
    if let problem = content(value, property.format, property.enumValues, inArray: false) {
      return (problem, value)
    }
    for element in elements {
      if let problem = elementProblem(element, property) { return (problem, element) }
    }
    return nil
  }

  private func elementProblem(_ element: JSONView, _ property: BlueprintProperty) -> BlueprintProblem? {
    if let type = property.itemsType, type.kind != element.kind {
      return .elementType(type, found: element.kind)
    }
    return content(element, property.itemsFormat, property.itemsEnumValues, inArray: true)
  }

  private func content(
    _ value: JSONView, _ format: String?, _ allowed: [String]?, inArray: Bool
  ) -> BlueprintProblem? {
    if let format = format.flatMap(ValueFormat.init), let text = value.text, !format.matches(text) {
      return .format(format, inArray: inArray)
    }
    guard let allowed, !isAmong(allowed, value) else { return nil }
    return .choice(allowed, inArray: inArray)
  }

  /// Whether the value is one of `allowed`, each of them JSON.
  func isAmong(_ allowed: [String], _ value: JSONView) -> Bool {
    allowed.contains { JSONComparison.areEqual(JSONView(valid: Array($0.utf8)), value) }
  }
}

extension Blueprint {
  /// The properties that the catalog sets itself.
  fileprivate var computedProperties: [String] {
    mirrorProperties + calculationProperties + aggregationProperties
  }
}

extension BlueprintProperty.ValueType {
  /// The type as the values' own.
  package var kind: JSONKind {
    switch self {
    case .string: .string
    case .number: .number
    case .boolean: .boolean
    case .array: .array
    case .object: .object
    }
  }
}
