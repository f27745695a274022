import Portolan

/// The config that was applied last, where it differs from the one that is planned: what it makes of the same raw
/// objects tells what the edit of the config did.
struct PreviousMapping: Sendable {
  /// An entity that the previous config makes.
  struct Made: Sendable {
    var key: EntityKey
    var line: [UInt8]
    /// The resource of the previous config.
    var resource: Int
    var mapping: Int
  }

  let config: PortAppConfig
  /// For what a fetcher is asked for now, the previous config's resources that are about the same.
  private let mappings: [FetchRequest: CompiledMapping]
  /// By the places of the new config's resources.
  private let requests: [FetchRequest]

  init(_ previous: PortAppConfig, before config: PortAppConfig, environment: JQEnvironment) {
    self.config = previous
    requests = config.resources.map(FetchRequest.init)
    let now = Set(requests)
    var mappings: [FetchRequest: CompiledMapping] = [:]
    for request in now {
      let same = previous.resources.filter { FetchRequest($0) == request }
      // Where only the fetcher's settings changed, what was mapped by the old ones is mapped by the new ones.
      let resources =
        same.isEmpty
        ? previous.resources.filter { $0.kind == request.kind && !now.contains(FetchRequest($0)) } : same
      guard !resources.isEmpty else { continue }
      var part = previous
      part.resources = resources
      mappings[request] = CompiledMapping(part, environment: environment)
    }
    self.mappings = mappings
  }

  /// What the previous config makes of the raw objects of a batch, by where the objects begin in its page. Entities that
  /// a search query stands for are left out.
  func entities(of batch: EntityBatch) -> [Int: [Made]] {
    guard let place = batch.resourcePlaces.first, requests.indices.contains(place),
      let mapping = mappings[requests[place]]
    else { return [:] }
    let old = mapping.map(batch.page, kind: batch.kind)
    var entities: [Int: [Made]] = [:]
    for (position, place) in old.places.enumerated() {
      let entity = old.entity(at: position)
      guard let identifier = entity.identifier.known else { continue }
      entities[place.object, default: []].append(
        Made(
          key: EntityKey(entity.blueprint, identifier), line: entity.json, resource: entity.resource,
          mapping: entity.mapping))
    }
    return entities
  }
}

extension PreviousMapping {
  /// How many lines of `text` are not in `previous`; nil where that is no YAML file but JSON, as Port keeps it.
  static func editedLines(_ previous: [UInt8], _ text: [UInt8]) -> Int? {
    guard previous.first(where: { $0 > 0x20 }) != UInt8(ascii: "{") else { return nil }
    var known: [ArraySlice<UInt8>: Int] = [:]
    for line in previous.split(separator: UInt8(ascii: "\n")) { known[line, default: 0] += 1 }
    var count = 0
    for line in text.split(separator: UInt8(ascii: "\n")) {
      if let left = known[line], left > 0 { known[line] = left - 1 } else { count += 1 }
    }
    return count
  }
}
