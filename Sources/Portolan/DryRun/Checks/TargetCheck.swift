import RawJSON

/// Finds relations that most likely name their targets wrongly: those that are written otherwise than the entity that is
/// made, those that no identifier can be, those that always name a blueprint, and those that never lead to an entity and
/// look different from all that are made.
///
/// A target that is merely not among the fixtures is no fault of the mapping, and nothing is said of it.
struct TargetCheck {
  private struct Key: Hashable {
    var maker: Maker
    var name: String
    var target: String
  }

  /// How a relation did.
  private struct Count {
    let key: Key
    var entities = 0
    /// The entities of which a target was made, or might have been by its looks.
    var likely = 0
    var missing: (value: String, identifier: String)?
    var near: (value: String, identifier: String, nearest: String)?
    var nearEntities = 0
    var refused: (value: String, identifier: String, reason: String)?
    var refusedEntities = 0
  }

  private let judge: BlueprintJudge
  private let config: ConfigTree
  private let targets: RelationTargets
  private var counts: [Count] = []
  private var places: [Key: Int] = [:]

  init(_ blueprints: Blueprints, _ config: ConfigTree, _ targets: RelationTargets) {
    judge = BlueprintJudge(blueprints)
    self.config = config
    self.targets = targets
  }

  /// Checks an entity that the config's resource number `resource` made.
  mutating func check(_ entity: Entity, resource: Int) {
    guard let blueprint = judge.blueprints[entity.blueprint] else { return }
    let maker = Maker(resource: resource, mapping: entity.mapping, blueprint: entity.blueprint)
    for part in entity.parts where part.group == .relations {
      guard let target = blueprint.relation(part.name)?.target, targets.knows(target) else { continue }
      let texts = (part.value.elements ?? [part.value]).compactMap(\.text)
      if !texts.isEmpty { count(texts, Key(maker: maker, name: part.name, target: target), entity) }
    }
  }

  private mutating func count(_ texts: [String], _ key: Key, _ entity: Entity) {
    let place = places[key] ?? counts.count
    if places[key] == nil {
      places[key] = place
      counts.append(Count(key: key))
    }
    counts[place].entities += 1
    let missing = texts.filter { !targets.has($0, of: key.target) }
    if missing.count < texts.count || missing.contains(where: { !targets.isUnlike($0, of: key.target) }) {
      counts[place].likely += 1
    }
    guard let first = missing.first else { return }
    let identifier = entity.identifier.description
    if counts[place].missing == nil { counts[place].missing = (first, identifier) }
    countRefused(missing, place, identifier)
    for text in missing {
      guard let nearest = targets.nearest(to: text, of: key.target) else { continue }
      counts[place].nearEntities += 1
      if counts[place].near == nil { counts[place].near = (text, identifier, nearest) }
      return
    }
  }

  /// Counts an entity whose relation is a text that the catalog takes for no identifier.
  private mutating func countRefused(_ missing: [String], _ place: Int, _ identifier: String) {
    for text in missing where !text.isEmpty {
      guard let problem = IdentifierRule.problem(text) else { continue }
      counts[place].refusedEntities += 1
      if counts[place].refused == nil {
        let reason = problem.split(separator: ";").first.map(String.init) ?? problem
        counts[place].refused = (text, identifier, reason)
      }
      return
    }
  }

  /// What was found, a finding a relation; `totals` says how many entities of its blueprint each mapping has made.
  func diagnostics(_ totals: [Maker: Int]) -> [Diagnostic] {
    counts.compactMap { count in
      if let near = count.near {
        return diagnostic(
          count.key, near.value, near.identifier, count.nearEntities, totals,
          help: "did you mean `\(near.nearest)`, which is made?")
      }
      if let refused = count.refused {
        return diagnostic(
          count.key, refused.value, refused.identifier, count.refusedEntities, totals,
          help: "it \(refused.reason), so it is no identifier; \(made(count.key.target))")
      }
      guard let missing = count.missing else { return nil }
      let isBlueprint = namesBlueprint(count.key, missing.value)
      guard count.likely == 0 || isBlueprint else { return nil }
      return diagnostic(
        count.key, missing.value, missing.identifier, count.entities, totals,
        help: isBlueprint
          ? "`\(missing.value)` is a blueprint, no entity; \(made(count.key.target))" : nil)
    }
  }

  /// Whether a relation is written as a text that is a blueprint's name.
  private func namesBlueprint(_ key: Key, _ value: String) -> Bool {
    judge.blueprints[value] != nil && field(key)?.expression?.body?.constantText == value
  }

  /// How the mapping to `target` makes its identifiers, as something to do.
  private func made(_ target: String) -> String {
    let mapping = config.resources.flatMap(\.mappings).first { $0.constantBlueprint == target }
    let source = (mapping?.identifier?.expression?.text.trimmed).map { ", `\($0.shortened(to: 60))`" } ?? ""
    let example = targets.example(of: target).map { ", such as `\($0.shortened(to: 60))`" } ?? ""
    return "take what the mapping to `\(target)` takes for its identifier\(source)\(example)"
  }

  private func field(_ key: Key) -> ConfigTree.Field? {
    config.mapping(key.maker.mapping, ofResource: key.maker.resource)?.field(.relations, key.name)
  }

  private func diagnostic(
    _ key: Key, _ value: String, _ identifier: String, _ entities: Int, _ totals: [Maker: Int], help: String?
  ) -> Diagnostic? {
    guard let field = field(key) else { return nil }
    var found = judge.diagnostic(
      .missingTarget(key.target), key.maker.blueprint, field, in: config.file,
      .observed(
        value: JSONText.quoted(value), identifier: identifier, entities: entities,
        total: totals[key.maker] ?? entities))
    if let help { found.help = help }
    return found
  }
}
