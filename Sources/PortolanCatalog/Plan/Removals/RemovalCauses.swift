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
      edits[resource.index] = same.lazy.compactMap { $0.edit(since: resource) }.first ?? same.first?.location
      if !requests.contains(FetchRequest(resource)) {
        gone.append((resource.constantBlueprints, same.first?.location))
      }
    }
  }

  /// - Parameters:
  ///   - blueprint: the entity's blueprint.
  ///   - maker: the resource of the previous config that makes it of an object that came, nil where none does.
  ///   - isJudged: whether everything came that could make it.
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
