import JQ
import RawJSON

extension BlueprintJudge {
  /// How it is known that a field has a problem.
  enum Evidence {
    /// It is written so: by its key, or by this part of its expression.
    case literal(JQ.Expression? = nil)
    /// It came out so: for how many of the entities that the mapping made of the blueprint, for which one
    /// first, and what the first wrong value or element was, as JSON.
    case observed(value: String?, identifier: String, entities: Int, total: Int)
  }

  /// The problem as a diagnostic, at its place. Whatever the evidence, it is the same rule, severity and place.
  func diagnostic(
    _ problem: BlueprintProblem, _ blueprint: String, _ field: ConfigTree.Field, in file: String,
    _ evidence: Evidence
  ) -> Diagnostic {
    let expression = field.expression
    let message = message(problem, blueprint.shortened(to: 60), field.name, evidence)
    let help = help(problem, blueprint, field, evidence)
    guard !problem.isAtKey, let expression else {
      let node = field.node.key ?? field.node.yaml
      var finding = Diagnostic(
        problem.severity, problem.rule, message, help: help, at: SourceLocation(node.start, in: file),
        to: node.headEnd(in: file), field: field.path)
      finding.fix = onlyKey(problem, blueprint, field).flatMap {
        Diagnostic.Fix(renaming: node, to: $0, in: file)
      }
      return finding
    }
    var finding = expression.finding(
      problem.severity, problem.rule, message, help: help, in: evidence.literal?.range)
    finding.fix = onlyText(problem, blueprint, expression, evidence)
    return finding
  }

  /// The key that is meant, where only one is near.
  private func onlyKey(_ problem: BlueprintProblem, _ blueprint: String, _ field: ConfigTree.Field) -> String?
  {
    switch problem {
    case .unknownProperty:
      Spelling.onlyNearest(to: field.name, in: blueprints[blueprint]?.properties.map(\.name) ?? [])
    case .unknownRelation:
      Spelling.onlyNearest(to: field.name, in: blueprints[blueprint]?.relations.map(\.name) ?? [])
    default: nil
    }
  }

  /// The edit of a literal for which only one other is near.
  private func onlyText(
    _ problem: BlueprintProblem, _ blueprint: String, _ expression: LintExpression, _ evidence: Evidence
  ) -> Diagnostic.Fix? {
    guard case .literal(let value) = evidence, let value, let text = value.constantText else { return nil }
    let known: [String]
    switch problem {
    case .unknownBlueprint: known = blueprints.all.map(\.identifier)
    case .choice(let allowed, _):
      let json = JSONText.quoted(text)
      guard let nearest = Spelling.onlyNearest(to: json, in: allowed) else { return nil }
      return expression.fix([TextChange(range: value.range, text: nearest)])
    default: return nil
    }
    guard let nearest = Spelling.onlyNearest(to: text, in: known) else { return nil }
    return expression.fix([TextChange(range: value.range, text: JSONText.quoted(nearest))])
  }

  // MARK: What is wrong

  private func message(
    _ problem: BlueprintProblem, _ blueprint: String, _ name: String, _ evidence: Evidence
  ) -> String {
    switch problem {
    case .unknownBlueprint: "blueprints.json has no blueprint `\(blueprint)`"
    case .unknownProperty: "the blueprint `\(blueprint)` has no property `\(name)`"
    case .unknownRelation: "the blueprint `\(blueprint)` has no relation `\(name)`"
    case .misplacedRelation: "`\(name)` is a relation of `\(blueprint)`, not a property"
    case .misplacedProperty: "`\(name)` is a property of `\(blueprint)`, not a relation"
    case .computedProperty:
      "`\(name)` of `\(blueprint)` is computed by the catalog; a mapping cannot set it"
    case .unknownTarget(let target):
      "`\(name)` leads to the blueprint `\(target)`, which blueprints.json does not have"
    case .unmappedProperty(let name): "`\(blueprint)` requires the property `\(name)`, and no mapping sets it"
    case .unmappedRelation(let name): "`\(blueprint)` requires the relation `\(name)`, and no mapping sets it"
    case .requiredNull: "`\(blueprint)` requires `\(name)`; this \(evidence.verb) null\(evidence.example())"
    case .type(let type, let found):
      takes(name, type.kind.phrase, evidence, found.phrase)
    case .elementType(let type, let found):
      takes(name, "an array of \(type.kind.plural)", evidence, "an array with \(found.phrase) in it")
    case .format(let format, inArray: false):
      takes(name, "a string of the format `\(format.rawValue)`", evidence, "another string")
    case .format(let format, inArray: true):
      takes(
        name, "an array of strings of the format `\(format.rawValue)`", evidence,
        "an array with another string in it")
    case .choice(_, let inArray):
      "`\(name)` does not take the \(inArray ? "element" : "value")"
        + (evidence.json.map { " " + $0.shortened(to: 60) } ?? "") + evidence.example(withValue: false)
    case .noIdentifier(let found): takes(name, "an identifier, a string", evidence, found.phrase)
    case .noIdentifiers(let found): takes(name, "an array of identifiers", evidence, found.phrase)
    case .noIdentifierInArray(let found):
      takes(name, "an array of identifiers, strings", evidence, "an array with \(found.phrase) in it")
    case .missingTarget(let target):
      "`\(name)` leads to an entity of `\(target)` that no fixture makes\(evidence.example())"
    }
  }

  private func takes(_ name: String, _ expected: String, _ evidence: Evidence, _ found: String) -> String {
    "`\(name)` takes \(expected); this \(evidence.verb) \(found)\(evidence.example())"
  }

  // MARK: What to do

  private func help(
    _ problem: BlueprintProblem, _ blueprint: String, _ field: ConfigTree.Field, _ evidence: Evidence
  ) -> String {
    switch problem {
    case .unknownBlueprint:
      nearest(blueprint, blueprints.all.map(\.identifier)).map { nearest in
        let isWritten = evidence.literal != nil
        let written = isWritten ? field.expression?.inYAML("\"\(nearest)\"") : nil
        return "did you mean `\(written ?? nearest)`?"
      } ?? "add it to blueprints.json"
    case .unknownProperty where field.name == "relations" || field.name == "properties":
      "it is a key of the mapping: write `\(field.name):` in the column of `properties:`"
    case .unknownProperty: didYouMean(field.name, blueprints[blueprint]?.properties.map(\.name))
    case .unknownRelation: didYouMean(field.name, blueprints[blueprint]?.relations.map(\.name))
    case .misplacedRelation: "move it under `relations:`"
    case .misplacedProperty: "move it under `properties:`"
    case .computedProperty: "remove it here"
    case .unknownTarget(let target):
      nearest(target, blueprints.all.map(\.identifier))
        .map { "did the blueprint's relation mean `\($0)`?" }
        ?? "add the blueprint, or make sure that the catalog has it already"
    case .unmappedProperty(let name):
      if let known = blueprints[blueprint]?.properties.map(\.name), !known.contains(name) {
        nearest(name, known).map { "the blueprint has no such property: did its `required` mean `\($0)`?" }
          ?? "the blueprint has no such property: take it out of its `required`"
      } else {
        "add `\(name):` under `properties:`, or make it optional in blueprints.json"
      }
    case .unmappedRelation(let name):
      "add `\(name):` under `relations:`, or make it optional in blueprints.json"
    case .requiredNull:
      (evidence.isOfAll ? "name a key that the objects have, or " : "")
        + "give it a value for every object, as `… // \"none\"`, or filter such objects"
    case .type(let type, let found):
      reconsidered(type, field) ?? part(found, blueprints[blueprint]?.property(field.name), field, evidence)
        ?? date(type, found, blueprint, field)
        ?? conversion(type, found, evidence)
    case .elementType(let type, .array) where type != .array: flattened(field)
    case .elementType(let type, _): "make each element \(type.kind.phrase), as with `map(…)`"
    case .format(let format, _): "it takes a string such as `\(format.example)`"
    case .choice(let allowed, _):
      evidence.json.flatMap { nearest($0, allowed) }.map { "did you mean `\($0)`?" }
        ?? "it takes \(allowed.joined(separator: ", ").shortened(to: 160))"
    case .noIdentifier(.array): "take one of them, as `….[0]`, or make the relation's `many` true"
    case .noIdentifier, .noIdentifierInArray: "turn it into a string with `| tostring`"
    case .noIdentifiers: "put it in brackets: `[…]`, or make the relation's `many` false"
    case .missingTarget(let target):
      "check that it is the identifier as the mapping to `\(target)` makes it, or add a fixture"
    }
  }

  /// What helps where the elements are lists: no brackets within `map`, or all lists made one.
  private func flattened(_ field: ConfigTree.Field) -> String {
    guard let source = field.expression, let body = source.body?.core, case .pipe(_, let last) = body.node,
      case .call("map", let arguments) = last.node, let argument = arguments.first,
      case .array(let inner?) = argument.core.node,
      let whole = source.changed(by: [
        TextChange(range: argument.range, text: source.part(inner.range) ?? "")
      ])
    else { return "make one list of them with `| flatten`" }
    return "leave out the brackets within `map(…)`: `\(source.inYAML(whole.trimmed.shortened(to: 80)))`"
  }

  /// The part of an object that is most likely meant, as the whole expression, and what else of it the property takes;
  /// nil where that is not known.
  private func part(
    _ found: JSONKind, _ property: BlueprintProperty?, _ field: ConfigTree.Field, _ evidence: Evidence
  ) -> String? {
    guard found == .object, let property, let source = field.node.expression, let json = evidence.json,
      let object = try? JSONView(validating: Array(json.utf8))
    else { return nil }
    let fitting = (object.members ?? []).filter { takes($0.value, property) }.map(\.key)
    guard let key = LikelyKey.text(among: fitting) else { return nil }
    let others = fitting.filter { $0 != key }.prefix(3).map { "`\(KeyStep.text($0))`" }
    return "take the part that is meant, as `\(LikelyKey.path(source, key))`"
      + (others.isEmpty ? "" : "; it has \(others.joined(separator: ", ")) too")
  }

  /// Whether the property takes the value; where it is a user, whether that is an address.
  private func takes(_ value: JSONView, _ property: BlueprintProperty) -> Bool {
    guard property.type?.kind == value.kind else { return false }
    let format = property.format == "user" ? .email : property.format.flatMap(ValueFormat.init)
    if let format, let text = value.text, !format.matches(text) { return false }
    return property.enumValues.map { isAmong($0, value) } ?? true
  }

  /// A number in the place of a date.
  private func date(
    _ type: BlueprintProperty.ValueType, _ found: JSONKind, _ blueprint: String, _ field: ConfigTree.Field
  ) -> String? {
    guard type == .string, found == .number,
      blueprints[blueprint]?.property(field.name)?.format == ValueFormat.dateTime.rawValue
    else { return nil }
    return "make a date of seconds with `| todate`, and of milliseconds with `/ 1000 | todate`"
  }

  /// Where what comes last in the expression makes the wrong type: what to do with that.
  private func reconsidered(_ type: BlueprintProperty.ValueType, _ field: ConfigTree.Field) -> String? {
    guard let source = field.expression, let body = source.body?.core else { return nil }
    switch (body.node, type) {
    case (.binary(.or, let left, let right), let type) where type != .boolean:
      guard let left = source.part(left.range), let right = source.part(right.range) else { return nil }
      return
        "`or` gives true or false; for a value that may be absent, write `\(source.inYAML("\(left) // \(right)"))`"
    case (.pipe(let value, let last), .number), (.pipe(let value, let last), .object):
      guard case .call(let name, let arguments) = last.node, arguments.isEmpty,
        name == (type == .number ? "tostring" : "to_entries"), let text = source.part(value.range)
      else { return nil }
      return "leave out `| \(name)`: `\(source.inYAML(text))`"
        + (type == .object ? ", or turn the pairs back with `| from_entries`" : "")
    default: return nil
    }
  }

  private func conversion(
    _ type: BlueprintProperty.ValueType, _ found: JSONKind, _ evidence: Evidence
  ) -> String {
    let text = evidence.literal?.constantText
    return switch (type, found) {
    case (.boolean, .string) where text == "true" || text == "false",
      (.number, .string) where text.flatMap(Double.init) != nil:
      "write `\(text ?? "")` without jq's quotes"
    case (.boolean, .string):
      "compare it: `… == \(evidence.json.flatMap { $0.count < 20 ? $0 : nil } ?? "\"true\"")`"
    case (.number, .string): "turn it into one with `| tonumber`"
    case (.string, .array): "join the elements with `| join(\", \")`, or take the first with `| first`"
    case (.array, _): "put it in brackets: `[…]`"
    case (_, .object): "take the part that is meant, as `….name`"
    case (.string, _): "turn it into one with `| tostring`"
    default: "change the expression, or the property's type in blueprints.json"
    }
  }

  private func nearest(_ name: String, _ known: [String]) -> String? { Spelling.nearest(to: name, in: known) }

  private func didYouMean(_ name: String, _ known: [String]?) -> String {
    nearest(name, known ?? []).map { "did you mean `\($0)`?" }
      ?? "add it to blueprints.json, or remove it here"
  }
}

extension BlueprintJudge.Evidence {
  /// What the text gives is said to be; what came out is said to be given.
  fileprivate var verb: String {
    switch self {
    case .literal: "is"
    case .observed: "gives"
    }
  }

  /// The part of the expression that is wrong as it is written.
  fileprivate var literal: JQ.Expression? {
    if case .literal(let value) = self { value } else { nil }
  }

  /// Whether several entities came out so, and none otherwise.
  fileprivate var isOfAll: Bool {
    if case .observed(_, _, let entities, let total) = self { entities == total && total > 1 } else { false }
  }

  /// The wrong value, as JSON.
  fileprivate var json: String? {
    switch self {
    case .literal(let value): value?.literalJSON
    case .observed(let value, _, _, _): value
    }
  }

  /// Where it came out so: `: "3" in `n3` (3 of 9 entities)`
  fileprivate func example(withValue: Bool = true) -> String {
    guard case .observed(let value, let identifier, let entities, let total) = self else { return "" }
    let shown = withValue ? value.map { "\($0.shortened(to: 60)) in " } ?? "" : ""
    return ": \(shown)`\(identifier.shortened(to: 60))` "
      + "(\(entities) of \(total) \(total == 1 ? "entity" : "entities"))"
  }
}
