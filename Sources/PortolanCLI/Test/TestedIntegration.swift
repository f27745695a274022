import Portolan

/// An integration's entities, compared with the expected ones.
struct TestedIntegration {
  let name: String
  let configPath: String
  let test: SnapshotTest
  let outcomes: [SnapshotTest.Outcome]
  /// What is wrong with the mapping, whatever came out.
  var errors: [Diagnostic]

  /// Compares a result; `isWhole` where every kind was run.
  init(_ named: NamedResult, isWhole: Bool) {
    name = named.name
    configPath = named.configPath
    errors = named.result.diagnostics.filter { $0.severity == .error }
    test = SnapshotTest(SnapshotFolder(of: named.fixtures))
    // A resource that is broken and left out still has its snapshot.
    outcomes = test.outcomes(of: named.result, isWhole: isWhole && errors.isEmpty)
  }

  /// Whether all is as expected, and the mapping without errors.
  var isPassed: Bool { errors.isEmpty && outcomes.allSatisfy { $0.state == .same } }
}
