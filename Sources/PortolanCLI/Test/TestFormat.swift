import ArgumentParser
import Portolan

/// How a test's outcome is printed.
enum TestFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// What is found, and what is not as expected, as SARIF 2.1.0.
  case sarif
  /// The same as GitHub's workflow commands, which annotate a pull request.
  case github

  func render(
    _ tested: [TestedIntegration], _ summary: FindingSummary, isUpdate: Bool, style: Style
  ) -> [UInt8] {
    switch self {
    case .text: Array(SnapshotReport(style: style, isUpdate: isUpdate).render(tested).utf8)
    case .sarif: FindingFormat.sarif.render(whole(tested, summary, isUpdate))
    case .github: FindingFormat.github.render(whole(tested, summary, isUpdate))
    }
  }

  /// The findings, with one more for each kind that is not as expected.
  private func whole(
    _ tested: [TestedIntegration], _ summary: FindingSummary, _ isUpdate: Bool
  ) -> FindingSummary {
    var summary = summary
    guard !isUpdate else { return summary }
    for integration in tested {
      summary.findings += FoundFinding.all(
        integration.outcomes.compactMap { $0.finding(integration.failures(ofKind: $0.kind)) },
        of: integration.configPath)
    }
    return summary
  }
}

extension SnapshotTest.Outcome {
  /// What is not as expected, nil where all is; `failures` say why fields are null.
  fileprivate func finding(_ failures: [String: String]) -> Diagnostic? {
    let place = SourceLocation(file: file, line: 1, column: 1)
    func differs(_ message: String, _ help: String) -> Diagnostic {
      Diagnostic(.error, .differentEntities, "kind `\(kind)`: \(message)", help: help, at: place)
    }
    switch state {
    case .same: return nil
    case .different(let differences):
      let text = DifferenceText(style: Style(hasColour: false, width: 0), failures: failures)
      let lines = differences.prefix(10).flatMap(text.lines).joined(separator: "\n")
      return differs(
        "entities differ: \(differences.counts)",
        lines + "\nif the entities are right as they are now, run `portolan test --update`")
    case .missing:
      return differs("there is no snapshot", "run `portolan test --update`, and commit what it writes")
    case .stale: return differs("the snapshot belongs to no kind", "`portolan test --update` removes it")
    case .invalid(let diagnostic): return diagnostic
    }
  }
}

extension Diagnostic.Rule {
  /// Entities that are not the ones that are expected.
  static let differentEntities = Self("different-entities")
}
