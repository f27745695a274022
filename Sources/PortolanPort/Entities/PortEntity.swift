import PortolanCatalog
import RawJSON

/// An entity as Port's API has it, made one as catalogs have it.
enum PortEntity {
  /// What tells an entity from others; nil for what is none.
  static func key(_ entity: JSONView) -> EntityKey? {
    guard let identifier = entity["identifier"]?.text, let blueprint = entity["blueprint"]?.text,
      !identifier.isEmpty, !blueprint.isEmpty
    else { return nil }
    return EntityKey(blueprint, identifier)
  }

  /// An entity of which no more is known than that it is there.
  static func bare(_ key: EntityKey) -> CatalogEntity {
    let json = JSONWriter.object { writer in
      writer.add("identifier", text: key.identifier)
      writer.add("blueprint", text: key.blueprint)
    }
    return CatalogEntity(key, json: json, datasource: nil)
  }

  /// The entity without what Port calculates: dates, scorecards, who changed it. Nil for what is none.
  static func read(_ entity: JSONView) -> CatalogEntity? {
    guard let key = key(entity) else { return nil }
    let json = JSONWriter.object { writer in
      writer.add("identifier", text: key.identifier)
      writer.add("blueprint", text: key.blueprint)
      for name in ["title", "icon", "team"] {
        guard let value = entity[name] else { continue }
        writer.key(name)
        writer.value(value)
      }
      for name in ["properties", "relations"] {
        writer.key(name)
        if let group = entity[name], group.kind == .object {
          writer.value(group)
        } else {
          writer.object { _ in }
        }
      }
    }
    return CatalogEntity(key, json: json, datasource: entity["$datasource"]?.text)
  }
}
