import RawJSON

/// Checks what a catalog wants of every entity, whatever its blueprint: identifiers that it takes, and relations to
/// identifiers.
package struct IdentifierCheck {
  /// What is wrong with a field of a mapping, the same for all entities that share it.
  private struct Problem: Hashable {
    enum Cause: Hashable {
      /// The identifier is of another type than a string.
      case kind(JSONKind)
      /// The identifier is one that the catalog's rules forbid.
      case text
      /// The relation or team is an object, or has one in it, and no search query.
      case object(inList: Bool)
    }

    var resource: Int
    var mapping: Int
    var group: FieldGroup
    var name: String
    var cause: Cause
  }

  private struct Count {
    var problem: Problem
    var count = 0
    var json: String
    var reason: String
  }

  private let config: PortAppConfig
  private let blueprints: Blueprints?
  private var counts: [Count] = []
  private var places: [Problem: Int] = [:]
  private var totals: [[Int]: Int] = [:]

  /// A check of what `config` makes; `blueprints` tell what relations lead to.
  package init(_ config: PortAppConfig, _ blueprints: Blueprints?) {
    self.config = config
    self.blueprints = blueprints
  }

  /// Checks an entity that the config's resource number `resource` made.
  mutating func check(_ entity: Entity, resource: Int) {
    let view = JSONView(valid: entity.json)
    check(identifier: view["identifier"], mapping: entity.mapping, resource: resource)
    if let team = view["team"] { checkNames(team, .top, "team", entity, resource) }
    for (name, value) in view["relations"]?.members ?? [] {
      checkNames(value, .relations, name, entity, resource)
    }
  }

  /// Checks what must be an identifier, or several.
  private mutating func checkNames(
    _ value: JSONView, _ group: FieldGroup, _ name: String, _ entity: Entity, _ resource: Int
  ) {
    let parts = value.elements ?? [value]
    guard let wrong = parts.first(where: { $0.kind == .object && !$0.isSearchQuery }) else { return }
    let problem = Problem(
      resource: resource, mapping: entity.mapping, group: group, name: name,
      cause: .object(inList: value.elements != nil))
    add(problem, wrong, reason: value.elements == nil ? "an object" : "a list with an object in it")
  }

  /// Checks the identifier alone of an entity that a mapping of a resource made.
  package mutating func check(identifier: JSONView?, mapping: Int, resource: Int) {
    totals[[resource, mapping], default: 0] += 1
    guard let identifier else { return }
    let cause: Problem.Cause
    let reason: String
    if let text = identifier.text {
      guard let problem = IdentifierRule.problem(text) else { return }
      (cause, reason) = (.text, problem)
    } else {
      if identifier.isSearchQuery { return }
      (cause, reason) = (.kind(identifier.kind), "is \(identifier.kind.plainPhrase)")
    }
    let problem = Problem(
      resource: resource, mapping: mapping, group: .top, name: "identifier", cause: cause)
    add(problem, identifier, reason: reason)
  }

  private mutating func add(_ problem: Problem, _ value: JSONView, reason: String) {
    let place = places[problem] ?? counts.count
    if places[problem] == nil {
      places[problem] = place
      counts.append(Count(problem: problem, json: value.json, reason: reason))
    }
    counts[place].count += 1
  }

  /// What was found, a finding for each field and cause.
  package var diagnostics: [Diagnostic] {
    counts.compactMap { count in
      let problem = count.problem
      guard
        let expression = config.tree.mapping(problem.mapping, ofResource: problem.resource)?
          .field(problem.group, problem.name)?.expression
      else { return nil }
      let total = totals[[problem.resource, problem.mapping]] ?? count.count
      let entities = "\(count.count.grouped) of \(total.counted("entity", "entities"))"
      let shown = ShownValue.json(count.json).shortened(to: 80)
      switch problem.cause {
      case .object(let inList):
        let field = problem.group == .top ? "`\(problem.name)`" : "the relation `\(problem.name)`"
        return expression.finding(
          .error, .objectRelation,
          "\(field) is \(count.reason) and no search query: \(shown) (\(entities))",
          help:
            "take the identifier in it, as `\(part(expression.source, problem, count.json, inList: inList))`")
      case .kind(let kind):
        return expression.finding(
          kind.isWrittenAsText ? .warning : .error, .invalidIdentifier,
          "the identifier \(count.reason), and the catalog wants a string: \(shown) (\(entities))",
          help: kind.isWrittenAsText
            ? "make it a string: `\(expression.text.trimmed.shortened(to: 60)) | tostring`"
            : "take the part that is meant, as `\(part(expression.source, problem, count.json, inList: false))`"
        )
      case .text:
        return expression.finding(
          .error, .invalidIdentifier, "the identifier \(shown) \(count.reason) (\(entities))",
          help: Self.cure(expression.text, count.json))
      }
    }
  }

  /// The part of an object that is likeliest its identifier: what the mapping of a relation's target takes, or a key that
  /// is called so.
  private func part(
    _ expression: ConfigExpression, _ problem: Problem, _ json: String, inList: Bool
  ) -> String {
    let value = JSONView(valid: Array(json.utf8))
    if value.kind == .array { return "\(expression.text.trimmed.shortened(to: 60)) | first" }
    let keys = value.members?.map(\.key) ?? []
    let key =
      targetKeys(problem).first(where: keys.contains) ?? LikelyKey.identifier(among: keys) ?? keys.first
      ?? "id"
    if inList { return LikelyKey.list(expression, key) }
    return LikelyKey.path(expression, key) + (value[key]?.kind == .number ? " | tostring" : "")
  }

  /// The keys that the mappings of a relation's target take for its identifier.
  private func targetKeys(_ problem: Problem) -> [String] {
    guard problem.group == .relations,
      let maker = config.tree.mapping(problem.mapping, ofResource: problem.resource)?.constantBlueprint,
      let target = blueprints?[maker]?.relation(problem.name)?.target
    else { return [] }
    return config.tree.resources.flatMap(\.mappings).filter { $0.constantBlueprint == target }.compactMap {
      ($0.identifier?.expression?.body?.readSteps?.first ?? nil)
    }
  }

  private static func cure(_ text: String, _ json: String) -> String {
    let value = JSONView(valid: Array(json.utf8)).text ?? ""
    let shown = text.trimmed.shortened(to: 60)
    if value.unicodeScalars.count > IdentifierRule.maximumLength {
      return "shorten it, `(\(shown))[0:1000]`, or take a key such as `.id`"
    }
    let allowed = #"gsub("[^\\p{L}0-9@_.+:\\\\/=-]+"; "-")"#
    return value.contains(" ") && IdentifierRule.problem(value.replacing(" ", with: "-")) == nil
      ? "put something else in their place, `\(shown) | gsub(\" \"; \"-\")`, or take a key such as `.id`"
      : "put something else in the place of what is not allowed, `\(shown) | \(allowed)`"
  }
}

extension JSONKind {
  /// Whether the catalog is written the value's text where an identifier is wanted.
  fileprivate var isWrittenAsText: Bool { self == .number || self == .boolean }
}

extension JSONView {
  /// Whether the value is a search query: an object with a combinator and rules.
  package var isSearchQuery: Bool { kind == .object && self["combinator"] != nil && self["rules"] != nil }
}
