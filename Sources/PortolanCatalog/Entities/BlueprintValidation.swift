import Portolan
import RawJSON

extension EntityValidation {
  /// Why the catalog does not take a blueprint, nil where it does.
  ///
  /// - Parameter json: the blueprint as it would be after the write.
  /// - Returns: Port's status and code, with a message that says where, what was found, and what is allowed.
  package static func refusal(ofBlueprint json: [UInt8]) -> WriteOutcome.Refusal? {
    guard let blueprint = try? JSONView(validating: json), blueprint.kind == .object else {
      return .invalid("this is no blueprint: a blueprint is a JSON object")
    }
    guard let identifier = blueprint["identifier"]?.text else {
      let found =
        blueprint["identifier"].map { "`identifier` is \($0.found), and" } ?? "it has no `identifier`;"
      return .invalid("\(found) a blueprint wants a string")
    }
    if let problem = IdentifierRule.blueprintProblem(identifier) {
      return .invalid("`identifier` \(JSONText.quoted(identifier.shortened(to: 60))) \(problem)")
    }
    let name = "the blueprint `\(identifier)`: "
    do throws(DiagnosticsError) {
      _ = try Blueprints.load(json: json, file: "blueprint")
    } catch {
      let problem = unknownType(blueprint["schema"]) ?? error.diagnostics.first?.message
      return .invalid(name + (problem ?? "it cannot be read"))
    }
    return (schemaProblem(blueprint["schema"]) ?? relationsProblem(blueprint["relations"]))
      .map { .invalid(name + $0) }
  }

  /// The first property whose type is a text, and no type.
  private static func unknownType(_ schema: JSONView?) -> String? {
    for (name, property) in schema?["properties"]?.members ?? [] where property["type"]?.text != nil {
      if let problem = typeProblem(property["type"], "schema.properties.\(name)") { return problem }
    }
    return nil
  }

  private static func schemaProblem(_ schema: JSONView?) -> String? {
    for (name, property) in schema?["properties"]?.members ?? [] {
      let path = "schema.properties.\(name)"
      if let problem = typeProblem(property["type"], path) { return problem }
      if let items = property["items"], items["type"] != nil,
        let problem = typeProblem(items["type"], path + ".items")
      {
        return problem
      }
      if let problem = choicesProblem(property["enum"], path) { return problem }
    }
    guard let required = schema?["required"], required.kind != .null else { return nil }
    guard let names = required.elements, names.allSatisfy({ $0.kind == .string }) else {
      return "`schema.required` is \(required.found); it wants the names of properties, an array of strings"
    }
    let known = (schema?["properties"]?.members ?? []).map(\.key)
    return names.compactMap(\.text).first { !known.contains($0) }
      .map { "`schema.required` names `\($0)`, which is none of its properties" }
  }

  private static func typeProblem(_ type: JSONView?, _ path: String) -> String? {
    let types = BlueprintProperty.ValueType.allCases.map(\.rawValue)
    if let text = type?.text, types.contains(text) { return nil }
    let nearest = (type?.text).flatMap { Spelling.nearest(to: $0, in: types) }
    let advice = nearest.map { "; did you mean `\($0)`?" } ?? ""
    return
      "`\(path).type` is \(type?.found ?? "missing"); it wants one of \(types.joined(separator: ", "))\(advice)"
  }

  private static func choicesProblem(_ choices: JSONView?, _ path: String) -> String? {
    guard let choices, choices.kind != .null else { return nil }
    guard let elements = choices.elements, !elements.isEmpty else {
      return "`\(path).enum` is \(choices.found); it wants an array of values"
    }
    return nil
  }

  private static func relationsProblem(_ relations: JSONView?) -> String? {
    for (name, relation) in relations?.members ?? [] {
      if let target = relation["target"]?.text, let problem = IdentifierRule.blueprintProblem(target) {
        return "`relations.\(name).target` \(JSONText.quoted(target.shortened(to: 60))) \(problem)"
      }
      for flag in ["many", "required"] {
        if let value = relation[flag], value.kind != .null, value.kind != .boolean {
          return "`relations.\(name).\(flag)` is \(value.found); it wants true or false"
        }
      }
    }
    return nil
  }
}
