import Portolan
import Synchronization

@testable import PortolanCatalog

/// A catalog of the plainest kind, for plans: it counts nothing and remembers no history.
final class MemoryCatalog: Catalog {
  struct State {
    var entities: [EntityKey: (json: [UInt8], datasource: String?)] = [:]
    var config: [UInt8]?
    /// By blueprint and relation: the target's blueprint.
    var relations: [String: [String: String]] = [:]
    var relationError: CatalogError?
    var lookups = 0
  }

  let name = "a catalog in memory"
  let state = Mutex(State())

  init(_ relations: [String: [String: String]] = [:]) {
    state.withLock { $0.relations = relations }
  }

  func put(_ key: EntityKey, _ json: String, by datasource: String?) {
    state.withLock { $0.entities[key] = (Array(json.utf8), datasource) }
  }

  func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    let owned = state.withLock { state in
      state.entities.filter { $0.value.datasource.map(owner.owns) ?? false }.map {
        CatalogEntity($0.key, json: $0.value.json, datasource: $0.value.datasource)
      }
    }
    return AsyncThrowingStream { continuation in
      for start in stride(from: 0, to: owned.count, by: 3) {
        continuation.yield(Array(owned[start..<min(start + 3, owned.count)]))
      }
      continuation.finish()
    }
  }

  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    state.withLock { state in
      state.lookups += 1
      return identifiers.compactMap { identifier in
        let key = EntityKey(blueprint, identifier)
        return state.entities[key].map { CatalogEntity(key, json: $0.json, datasource: $0.datasource) }
      }
    }
  }

  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    state.withLock { state in
      writes.map { write in
        let identifier = JSONView(valid: write.json)["identifier"]
        let key = EntityKey(blueprint, identifier?.text ?? identifier?.json ?? "")
        let isNew = state.entities[key] == nil
        let document = EntityDocument.written(
          write.json, over: state.entities[key]?.json, merging: options.merges)
        state.entities[key] = (document, run.owner.description)
        return .done(identifier: key.identifier, isNew: isNew)
      }
    }
  }

  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    state.withLock { state in
      identifiers.map { identifier in
        state.entities[EntityKey(blueprint, identifier)] = nil
        return .done(identifier: identifier, isNew: false)
      }
    }
  }

  func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] {
    try state.withLock { state in
      if let error = state.relationError { throw error }
      let wanted = Set(keys)
      return state.entities.flatMap { key, entity in
        EntityDocument.relations(of: entity.json).flatMap { name, identifiers in
          identifiers.compactMap { identifier in
            let target = EntityKey(state.relations[key.blueprint]?[name] ?? "", identifier)
            return wanted.contains(target) ? RelatedEntity(key, name, to: target) : nil
          }
        }
      }
    }
  }

  func blueprint(_ identifier: String) async throws -> [UInt8]? {
    state.withLock { state in
      let relations = state.relations[identifier]?.map { #""\#($0.key)": {"target": "\#($0.value)"}"# } ?? []
      return Array(
        #"{"identifier": "\#(identifier)", "relations": {\#(relations.joined(separator: ", "))}}"#.utf8)
    }
  }

  func appliedConfig(of owner: Datasource) async throws -> [UInt8]? { state.withLock { $0.config } }
}

/// Gives lists of raw objects; a kind in `broken` fails after them.
struct ListFetcher: RawFetcher {
  var objects: [String: [String]] = [:]
  var broken: Set<String> = []
  var pageSize = 2

  func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
    let list = objects[request.kind] ?? []
    return AsyncThrowingStream { continuation in
      for start in stride(from: 0, to: list.count, by: pageSize) {
        let page = list[start..<min(start + pageSize, list.count)].joined(separator: ",\n")
        continuation.yield(
          RawPage(
            Array("[\(page)]".utf8),
            location: SourceLocation(file: "\(request.kind).json", line: 1, column: 1)))
      }
      continuation.finish(
        throwing: broken.contains(request.kind) ? Diagnostic(.error, .fetchFailed, "the API is down") : nil)
    }
  }
}
