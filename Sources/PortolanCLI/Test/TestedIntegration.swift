import Portolan

/// An integration's entities, compared with the expected ones.
struct TestedIntegration {
  let name: String
  let configPath: String
  let test: SnapshotTest
  let outcomes: [SnapshotTest.Outcome]
  /// What is wrong with the mapping, whatever came out.
  var errors: [Diagnostic]
  /// The resources that are not well-formed, and so were not run.
  let leftOut: [PortAppConfig.LeftOutResource]

  private let config: PortAppConfig
  /// What was mapped.
  private let reports: [ResourceReport]

  /// Compares a result; `isWhole` where every kind was run. Of its errors those count that are in `counting`.
  init(_ named: NamedResult, isWhole: Bool, counting: Set<Diagnostic>) {
    name = named.name
    config = named.config
    leftOut = named.result.leftOut
    configPath = named.configPath
    reports = named.result.resources.map(\.report)
    errors = named.result.diagnostics.filter(counting.contains)
    test = SnapshotTest(SnapshotFolder(of: named.fixtures))
    // A resource that is broken and left out still has its snapshot.
    let isSound = !named.result.diagnostics.contains { $0.severity == .error }
    outcomes = test.outcomes(of: named.result, isWhole: isWhole && isSound)
  }

  /// Why fields of a kind are null, by their places in an entity: how often they failed, and jq's first message.
  func failures(ofKind kind: String) -> [String: String] {
    var failures: [String: String] = [:]
    for report in reports where report.kind == kind {
      for field in report.fields where field.errors > 0 {
        let path =
          field.field.hasPrefix("mappings[") ? field.field.drop { $0 != "." }.dropFirst() : field.field[...]
        failures[String(path)] =
          "failed on \(field.errors.grouped) of \(report.passed.grouped)"
          + (field.message.map { ": \(TextColumns.fitted($0, to: 100))" } ?? "")
      }
    }
    return failures
  }

  /// Whether `finding` says why entities are gone that were expected.
  func explainsLoss(_ finding: Diagnostic) -> Bool {
    guard finding.rule == .noEntities, let place = finding.location, place.file == configPath else {
      return false
    }
    return outcomes.contains { outcome in
      outcome.state.hasLost && config.lines(ofKind: outcome.kind).contains { $0.contains(place.line) }
    }
  }

  /// Whether all is as expected, and the mapping without errors.
  var isPassed: Bool { errors.isEmpty && outcomes.allSatisfy { $0.state == .same } }
}

extension SnapshotTest.State {
  /// Whether entities are gone that were expected.
  fileprivate var hasLost: Bool {
    if case .different(let differences) = self {
      differences.contains { $0.change == .removed }
    } else {
      false
    }
  }
}
