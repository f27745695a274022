import ArgumentParser
import Portolan

/// Which of the findings are listed: the arguments of the commands that find many alike.
struct ListingOptions: ParsableArguments {
  @Flag(help: "List every finding, up to 100 of those that are alike, and not only the first of them.")
  var all = false

  /// What is written to see them all, where they are not listed.
  var hint: String? { all ? nil : "--all" }

  /// Lists in `summary` what is asked for.
  func apply(to summary: inout FindingSummary) {
    guard all else { return }
    summary.findings = summary.findings.flatMap { found in
      found.finding.expanded.map { FoundFinding(finding: $0, file: found.file) }
    }
  }
}
