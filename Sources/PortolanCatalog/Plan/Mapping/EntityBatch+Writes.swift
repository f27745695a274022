import Portolan

/// An entity of a batch as it is written.
package struct BatchWrite: Sendable {
  /// What it is known by; nil for a search query, which only the catalog can resolve.
  package var key: EntityKey?
  /// Its blueprint.
  package var blueprint: String
  /// What is written.
  package var write: EntityWrite
}

extension EntityBatch {
  /// The entities as a catalog takes them, with what each was made of.
  package var writes: [BatchWrite] {
    var origins = Origins(self, keepsRaw: false)
    return places.enumerated().map { position, place in
      let entity = entity(at: position)
      let item = BatchWork.Item(
        key: EntityKey(entity.blueprint, entity.identifier.description),
        isQuery: entity.identifier.known == nil, line: place.lines, resource: place.resource,
        mapping: place.mapping, object: place.object)
      return BatchWrite(
        key: item.known, blueprint: entity.blueprint,
        write: EntityWrite(json: Array(lines[place.lines]), origin: origins.origin(of: item)))
    }
  }
}
