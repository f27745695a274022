import RawJSON

/// Finds relations that most likely name their targets wrongly: those that are written otherwise than the entity that is
/// made, and those that never lead to one and look different from all that are made.
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
    for text in missing {
      guard let nearest = targets.nearest(to: text, of: key.target) else { continue }
      counts[place].nearEntities += 1
      if counts[place].near == nil { counts[place].near = (text, identifier, nearest) }
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
      guard count.likely == 0, let missing = count.missing else { return nil }
      return diagnostic(count.key, missing.value, missing.identifier, count.entities, totals, help: nil)
    }
  }

  private func diagnostic(
    _ key: Key, _ value: String, _ identifier: String, _ entities: Int, _ totals: [Maker: Int], help: String?
  ) -> Diagnostic? {
    guard
      let field = config.mapping(key.maker.mapping, ofResource: key.maker.resource)?
        .field(.relations, key.name)
    else { return nil }
    var found = judge.diagnostic(
      .missingTarget(key.target), key.maker.blueprint, field, in: config.file,
      .observed(
        value: JSONText.quoted(value), identifier: identifier, entities: entities,
        total: totals[key.maker] ?? entities))
    if let help { found.help = help }
    return found
  }
}
