import Portolan

/// What all parts of planning need to know.
struct PlanContext: Sendable {
  let config: PortAppConfig
  let owner: Datasource
  let options: Planner.Options
  let settings: SyncSettings
  let snapshot: EntitySnapshot
  let file: PlanFile
  let comparison: EntityComparison
  let places: ConfigPlaces
  /// How the config that was applied last differs.
  let previous: PreviousConfig
  /// How many entities are owned, by blueprint.
  let owned: [String: Int]
}

/// The config that was applied last.
enum PreviousConfig: Sendable {
  /// None is known, or it cannot be read.
  case unknown
  /// The same: nothing that changes is by the mapping.
  case same
  /// Another one.
  case other(PreviousMapping)

  /// What it makes, where that is not what the new one makes.
  var mapping: PreviousMapping? {
    if case .other(let mapping) = self { mapping } else { nil }
  }
}
