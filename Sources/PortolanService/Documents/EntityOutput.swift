import PortolanCatalog
import RawJSON

/// Which parts of an entity a client asks for.
struct EntityOutput {
  /// `identifier`, `title`, `properties.status`, `relations.owner`, …; none for all.
  var included: [String] = []

  /// An entity as a client sees it.
  func json(_ entity: StoredEntity) -> [UInt8] {
    let view = JSONView(valid: entity.json)
    var whole = JSONMembers(view) ?? JSONMembers()
    whole.set("identifier", text: entity.key.identifier)
    whole.set("blueprint", text: entity.key.blueprint)
    whole.set("createdAt", text: entity.createdAt)
    whole.set("updatedAt", text: entity.updatedAt)
    whole.fill("properties", "{}")
    whole.fill("relations", "{}")
    return included.isEmpty ? whole.json : part(of: whole, view).json
  }

  /// The parts asked for. A property or a relation that the entity does not have is null: otherwise Ocean takes its own
  /// null for a difference, and writes the entity each time.
  private func part(of whole: JSONMembers, _ view: JSONView) -> JSONMembers {
    var members = JSONMembers()
    var nested: [String: JSONMembers] = [:]
    for path in included {
      guard let dot = path.utf8.firstIndex(of: UInt8(ascii: ".")) else {
        if let value = whole[path] { members[path] = value }
        continue
      }
      let (field, name) = (String(path[..<dot]), String(path[path.utf8.index(after: dot)...]))
      nested[field, default: JSONMembers()][name] = view[field]?[name]?.bytes ?? Array("null".utf8)
      members[field] = nested[field]?.json
    }
    return members
  }
}
