import RawJSON

/// What two lists of entities differ in: entity by entity, field by field.
public struct EntityDifference: Sendable, Hashable {
  /// A field of an entity that is in both lists.
  public struct FieldChange: Sendable, Hashable {
    /// Its place: `title`, `properties.url`.
    public let field: String
    /// Its JSON before, nil where there was none.
    public let before: String?
    /// Its JSON now, nil where there is none.
    public let after: String?
  }

  /// An entity that is in both lists and differs.
  public struct Change: Sendable, Hashable {
    /// The entity as it is now.
    public let entity: Entity
    /// What is different, in the order of the fields.
    public let fields: [FieldChange]
  }

  /// Entities that are new, in their order.
  public private(set) var added: [Entity] = []
  /// Entities that are gone, in their order.
  public private(set) var removed: [Entity] = []
  /// Entities that differ, in their order.
  public private(set) var changed: [Change] = []

  /// Compares two lists. Entities of the same blueprint and identifier are the same entity; where there
  /// are several of them, they are compared in their order. The order of different entities does not matter.
  public init(from before: [Entity], to after: [Entity]) {
    var old: [Key: Entity] = [:]
    let oldKeys = Key.keys(before)
    for (key, entity) in zip(oldKeys, before) { old[key] = entity }
    var kept: Set<Key> = []
    for (key, entity) in zip(Key.keys(after), after) {
      kept.insert(key)
      guard let previous = old[key] else {
        added.append(entity)
        continue
      }
      guard previous != entity else { continue }
      let fields = Self.fields(previous, entity)
      if !fields.isEmpty { changed.append(Change(entity: entity, fields: fields)) }
    }
    removed = zip(oldKeys, before).filter { !kept.contains($0.0) }.map(\.1)
  }

  /// Whether the lists hold the same entities.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// Which entity it is: the blueprint, the identifier, and a number where both stand several times.
  private struct Key: Hashable {
    var blueprint: String
    var identifier: String
    var occurrence = 0

    static func keys(_ entities: [Entity]) -> [Key] {
      var seen: [Key: Int] = [:]
      return entities.map { entity in
        var key = Key(blueprint: entity.blueprint, identifier: entity.identifier)
        let occurrence = seen[key, default: 0]
        seen[key] = occurrence + 1
        key.occurrence = occurrence
        return key
      }
    }
  }

  private static func fields(_ before: Entity, _ after: Entity) -> [FieldChange] {
    let old = before.fieldValues
    let new = after.fieldValues
    let places = new.map(\.field) + old.map(\.field).filter { field in !new.contains { $0.field == field } }
    return places.compactMap { place in
      let before = old.first { $0.field == place }?.json
      let after = new.first { $0.field == place }?.json
      return before == after ? nil : FieldChange(field: place, before: before, after: after)
    }
  }
}

extension Entity {
  /// The JSON of each field, by its place: `title`, `properties.url`, `relations.owner`.
  fileprivate var fieldValues: [(field: String, json: String)] {
    json.withScanner { scanner in
      scanner.lastMembers(0).flatMap { member -> [(field: String, json: String)] in
        let name = scanner.text(member.key)
        guard name == "properties" || name == "relations", scanner.kind(member.value) == .object else {
          return [(name, String(decoding: scanner.slice(member.value), as: UTF8.self))]
        }
        return scanner.lastMembers(member.value.lowerBound).map { inner in
          (
            "\(name).\(scanner.text(inner.key))", String(decoding: scanner.slice(inner.value), as: UTF8.self)
          )
        }
      }
    }
  }
}
