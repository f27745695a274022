import Portolan

/// An integration's entities, compared with the expected ones.
struct TestedIntegration {
  let name: String
  let configPath: String
  let test: SnapshotTest
  let outcomes: [SnapshotTest.Outcome]
  /// What is wrong with the mapping, whatever came out.
  var errors: [Diagnostic]

  /// Compares a result; `isWhole` where every kind was run. Of its errors those count that are in `counting`.
  init(_ named: NamedResult, isWhole: Bool, counting: Set<Diagnostic>) {
    name = named.name
    configPath = named.configPath
    errors = named.result.diagnostics.filter(counting.contains)
    test = SnapshotTest(SnapshotFolder(of: named.fixtures))
    // A resource that is broken and left out still has its snapshot.
    let isSound = !named.result.diagnostics.contains { $0.severity == .error }
    outcomes = test.outcomes(of: named.result, isWhole: isWhole && isSound)
  }

  /// Whether all is as expected, and the mapping without errors.
  var isPassed: Bool { errors.isEmpty && outcomes.allSatisfy { $0.state == .same } }
}
