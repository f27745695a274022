import RawJSON

/// A value that two versions of an entity do not share.
public struct ValueDifference: Sendable, Hashable {
  /// Where it is in the entity: `properties.status`, `relations.owners[1]`.
  public let path: String
  /// Its JSON before, nil where it was not there.
  public let old: String?
  /// Its JSON now, nil where it is gone.
  public let new: String?
}

/// What has become of an entity between two lists of entities.
public struct EntityDifference: Sendable, Hashable {
  /// What has become of it.
  public enum Change: Sendable, Hashable {
    /// It is in the second list only.
    case added
    /// It is in the first list only.
    case removed
    /// It is in both with these differences.
    case changed([ValueDifference])
  }

  /// The entity's blueprint.
  public let blueprint: String
  /// The entity's identifier.
  public let identifier: String
  /// What has become of it.
  public let change: Change
}

extension EntityDifference {
  /// What differs between two lists of entities.
  ///
  /// Entities are the same by blueprint and identifier; of several with the same, the first belongs to the
  /// first. The order of the entities, and of keys in them, does not count. Numbers are compared as doubles.
  ///
  /// ```swift
  /// for difference in EntityDifference.between(before, after) { print(difference.identifier) }
  /// ```
  /// - Returns: the differences in the order of `old`, then the entities that only `new` has, in its order.
  public static func between(_ old: [Entity], _ new: [Entity]) -> [EntityDifference] {
    let before = numbered(old)
    let after = numbered(new)
    let places = Dictionary(after.map { ($0.key, $0.entity) }) { first, _ in first }
    let known = Set(before.map(\.key))
    let differences = before.compactMap { key, entity -> EntityDifference? in
      guard let other = places[key] else { return EntityDifference(key, .removed) }
      let values = entity.differences(to: other)
      return values.isEmpty ? nil : EntityDifference(key, .changed(values))
    }
    return differences
      + after.filter { !known.contains($0.key) }.map { EntityDifference($0.key, .added) }
  }

  private struct Key: Hashable {
    var blueprint: String
    var identifier: String
    /// How many with the same blueprint and identifier came before.
    var number: Int
  }

  private init(_ key: Key, _ change: Change) {
    self.init(blueprint: key.blueprint, identifier: key.identifier, change: change)
  }

  private static func numbered(_ entities: [Entity]) -> [(key: Key, entity: Entity)] {
    var counts: [Key: Int] = [:]
    return entities.map { entity in
      var key = Key(blueprint: entity.blueprint, identifier: entity.identifier.description, number: 0)
      let number = counts[key, default: 0]
      counts[key] = number + 1
      key.number = number
      return (key, entity)
    }
  }
}

extension Entity {
  /// What differs between this entity and `other`.
  fileprivate func differences(to other: Entity) -> [ValueDifference] {
    guard json != other.json else { return [] }
    return JSONComparison.differences(JSONView(valid: json), JSONView(valid: other.json))
  }
}
