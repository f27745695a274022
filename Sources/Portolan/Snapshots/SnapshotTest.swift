/// Compares what a dry run made with the entities that are expected of it.
///
/// ```swift
/// let fixtures = FixtureFolder("Fixtures/jira")
/// let result = await DryRun(config, fixtures: fixtures).run()
/// let test = SnapshotTest(SnapshotFolder(of: fixtures))
/// print(test.outcomes(of: result, isWhole: true).allSatisfy { $0.state == .same })
/// ```
public struct SnapshotTest: Sendable {
  private let folder: SnapshotFolder

  /// Creates a test against the snapshots in `folder`.
  public init(_ folder: SnapshotFolder) {
    self.folder = folder
  }

  /// What a kind's entities are, compared with its snapshot.
  public enum State: Sendable, Hashable {
    /// All as expected.
    case same
    /// There is a difference, at least one.
    case different([EntityDifference])
    /// There is no snapshot.
    case missing
    /// There is a snapshot, and the config does not map the kind any more.
    case stale
    /// The snapshot cannot be read.
    case invalid(Diagnostic)
  }

  /// What became of a kind.
  public struct Outcome: Sendable {
    /// The kind; of a snapshot without one, its file's name.
    public let kind: String
    /// The entities that the mapping made.
    public let entities: [Entity]
    /// The file that holds what is expected.
    public let file: String
    /// How the two compare.
    public let state: State
    /// The snapshot's name in its folder.
    let name: String
  }

  /// Compares the entities of every kind of `result` with its snapshot.
  ///
  /// - Parameters:
  ///   - result: what a dry run came to.
  ///   - isWhole: whether every kind of the config was run; only then is a snapshot without a kind found to
  ///     be stale.
  /// - Returns: an outcome a kind, in the config's order; a kind with neither fixtures nor a snapshot has
  ///   none. Stale snapshots come last.
  public func outcomes(of result: DryRunResult, isWhole: Bool) -> [Outcome] {
    var groups: [(name: String, kind: String, raw: Int, entities: [Entity])] = []
    for resource in result.resources {
      let name = FixtureFolder.fileName(resource.report.kind)
      if let place = groups.firstIndex(where: { $0.name == name }) {
        groups[place].raw += resource.report.raw
        groups[place].entities += resource.entities
      } else {
        groups.append((name, resource.report.kind, resource.report.raw, resource.entities))
      }
    }
    let compared = groups.compactMap { group -> Outcome? in
      let state = state(group.name, group.entities)
      if state == .missing, group.raw == 0 { return nil }
      return Outcome(
        kind: group.kind, entities: group.entities, file: folder.file(group.name), state: state,
        name: group.name)
    }
    let stale = isWhole ? folder.names.filter { name in !groups.contains { $0.name == name } } : []
    return compared
      + stale.map { Outcome(kind: $0, entities: [], file: folder.file($0), state: .stale, name: $0) }
  }

  private func state(_ name: String, _ entities: [Entity]) -> State {
    do throws(Diagnostic) {
      guard let expected = try folder.entities(name) else { return .missing }
      let differences = EntityDifference.between(expected, entities)
      return differences.isEmpty ? .same : .different(differences)
    } catch {
      return .invalid(error)
    }
  }

  /// Makes what the mapping made what is expected: writes the snapshots that are not the same, and removes
  /// the stale ones.
  ///
  /// - Throws: ``Diagnostic`` for a file that cannot be written.
  public func update(_ outcomes: [Outcome]) throws(Diagnostic) {
    for outcome in outcomes {
      switch outcome.state {
      case .same: continue
      case .stale: try folder.remove(outcome.name)
      case .different, .missing, .invalid: try folder.write(outcome.name, outcome.entities)
      }
    }
  }
}
