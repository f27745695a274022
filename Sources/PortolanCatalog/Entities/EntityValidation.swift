import Portolan
import RawJSON

/// Says what Port's rules have against an entity.
package struct EntityValidation: Sendable {
  private let judge: BlueprintJudge

  /// Judges by definitions.
  ///
  /// - Parameter blueprints: the definitions, as JSON documents of the API. One that cannot be read is as good as none.
  package init(blueprints: [[UInt8]]) {
    judge = BlueprintJudge(
      Blueprints(blueprints.flatMap { (try? Blueprints.load(json: $0, file: "blueprint"))?.all ?? [] }))
  }

  /// Why the catalog does not take an entity, nil where it does.
  ///
  /// - Parameters:
  ///   - json: the entity as it would be after the write.
  ///   - blueprint: the blueprint that it is written to.
  /// - Returns: Port's status and code, with a message that says where, what was found, and what is allowed.
  package func refusal(of json: [UInt8], in blueprint: String) -> WriteOutcome.Refusal? {
    guard let definition = judge.blueprints[blueprint] else { return unknown(blueprint) }
    guard let entity = try? JSONView(validating: json), entity.kind == .object else {
      return .invalid("this is no entity: an entity is a JSON object")
    }
    return identifierProblem(entity["identifier"]) ?? headProblem(entity)
      ?? groupProblem(.properties, entity["properties"], of: definition)
      ?? groupProblem(.relations, entity["relations"], of: definition)
      ?? missing(entity, of: definition)
  }

  private func unknown(_ blueprint: String) -> WriteOutcome.Refusal {
    let nearest = Spelling.nearest(to: blueprint, in: judge.blueprints.all.map(\.identifier))
    let advice = nearest.map { "; did you mean `\($0)`?" } ?? ""
    return WriteOutcome.Refusal(
      status: 404, code: "not_found",
      message: "there is no blueprint `\(blueprint.shortened(to: 100))`\(advice)")
  }

  // MARK: What every entity has

  private func identifierProblem(_ value: JSONView?) -> WriteOutcome.Refusal? {
    guard let value, value.kind != .null else { return .invalid("the entity has no `identifier`") }
    guard let identifier = value.identifierText else {
      return .invalid("`identifier` is \(value.found), and an entity wants a string")
    }
    return IdentifierRule.problem(identifier)
      .map { .invalid("`identifier` \(JSONText.quoted(identifier.shortened(to: 60))) \($0)") }
  }

  private func headProblem(_ entity: JSONView) -> WriteOutcome.Refusal? {
    for field in ["title", "icon"] {
      if let value = entity[field], value.kind != .null, value.kind != .string {
        return .invalid("`\(field)` is \(value.found), and an entity wants a string")
      }
    }
    guard let team = entity["team"], team.kind != .null, team.kind != .string, !team.isSearchQuery else {
      return nil
    }
    guard let elements = team.elements else {
      return .invalid("`team` is \(team.found), and an entity wants the names of teams: an array of strings")
    }
    return elements.first { $0.kind != .string }
      .map { .invalid("`team` has \($0.found) in it, and an entity wants an array of strings") }
  }

  // MARK: What the blueprint says

  private func groupProblem(
    _ group: FieldGroup, _ value: JSONView?, of blueprint: Blueprint
  ) -> WriteOutcome.Refusal? {
    guard let value, value.kind != .null else { return nil }
    guard let members = value.members else {
      return .invalid("`\(group.rawValue)` is \(value.found), and an entity wants an object")
    }
    for (name, value) in members {
      let message = BlueprintMessage(path: group.path(name), name: name, blueprint: blueprint)
      if let problem = judge.problem(group, name, of: blueprint) {
        return .invalid(message.text(problem, value))
      }
      if let found = judge.problem(value, for: group, name, of: blueprint) {
        return .invalid(message.text(found.problem, found.part))
      }
      if group == .relations, value.kind == .object, !value.isSearchQuery {
        return .invalid(message.text(.noIdentifier(found: .object), value))
      }
    }
    return nil
  }

  private func missing(_ entity: JSONView, of blueprint: Blueprint) -> WriteOutcome.Refusal? {
    let fields =
      blueprint.required.map { (FieldGroup.properties, $0) }
      + blueprint.relations.filter(\.relation.required).map { (FieldGroup.relations, $0.name) }
    for (group, name) in fields {
      let value = entity[group.rawValue]?[name]
      if let value, value.kind != .null { continue }
      let found = value == nil ? "missing" : "null"
      return .invalid(
        "`\(group.path(name))` is \(found), and the blueprint `\(blueprint.identifier)` requires it")
    }
    return nil
  }
}

extension WriteOutcome.Refusal {
  /// A write that breaks a rule.
  static func invalid(_ message: String) -> Self {
    Self(status: 422, code: "invalid_request", message: message)
  }
}

extension JSONView {
  /// What was found instead of what is wanted: `a number (8)`.
  var found: String { kind == .null ? "null" : "\(kind.phrase) (\(json.shortened(to: 60)))" }
}
