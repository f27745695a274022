import Portolan

/// Why entities are not desired any more.
struct RemovalCauses: Sendable {
  private let previous: PreviousConfig
  private let config: PortAppConfig
  /// By a resource of the previous config: what was edited of it, as far as that can be told.
  private var edits: [Int: SourceLocation] = [:]
  /// The previous config's resources that are about something the new one asks no fetcher for.
  private var gone: [(blueprints: Set<String>?, location: SourceLocation?)] = []

  init(_ previous: PreviousConfig, _ config: PortAppConfig) {
    self.previous = previous
    self.config = config
    guard let old = previous.mapping?.config else { return }
    let requests = Set(config.resources.map(FetchRequest.init))
    for resource in old.resources {
      let same = config.resources.filter { $0.kind == resource.kind }
      let now = resource.counterpart(among: same, of: old.resources.filter { $0.kind == resource.kind })
      edits[resource.index] = now.flatMap { $0.edit(since: resource) ?? $0.location }
      if !requests.contains(FetchRequest(resource)) {
        gone.append((resource.constantBlueprints, same.first?.location))
      }
    }
  }

  /// Why an entity of a blueprint is not desired. `maker` is the resource of the previous config that makes it of an object
  /// that came, nil where none does; `isJudged` says whether everything came that could make it.
  func cause(_ blueprint: String, maker: Int?, isJudged: Bool) -> PlanCause {
    switch previous {
    case .unknown: return PlanCause(.unknown)
    case .same: return PlanCause(isJudged ? .source : .unknown)
    case .other:
      if let maker { return PlanCause(.mapping, at: edits[maker]) }
      if let gone = gone.first(where: { $0.blueprints?.contains(blueprint) ?? true }) {
        return PlanCause(.mapping, at: gone.location)
      }
      return PlanCause(isJudged ? .source : .unknown)
    }
  }
}

extension ResourceConfig {
  /// What has become of this resource, one of `old`, in an edited config that has the resources `new` of its kind: of those
  /// that make the same blueprints the one in the same place, or the first that is no other one's.
  fileprivate func counterpart(among new: [ResourceConfig], of old: [ResourceConfig]) -> ResourceConfig? {
    let makers = new.filter { $0.constantBlueprints == constantBlueprints }
    if makers.isEmpty { return new.first }
    let before = old.filter { $0.constantBlueprints == constantBlueprints }
    if before.count == makers.count, let place = before.firstIndex(where: { $0.index == index }) {
      return makers[place]
    }
    let others = before.filter { $0.index != index }
    return makers.first { maker in !others.contains { maker.edit(since: $0) == nil } } ?? makers.first
  }

  /// Where this resource has another expression than `earlier` that chooses which entities there are; nil where it has
  /// not.
  fileprivate func edit(since earlier: ResourceConfig) -> SourceLocation? {
    if let place = editedFilter(since: [earlier]) { return place }
    for (now, before) in zip(mappings, earlier.mappings) {
      if now.blueprint.text != before.blueprint.text { return now.blueprint.location }
      if now.identifier.text != before.identifier.text { return now.identifier.location }
    }
    return nil
  }
}
