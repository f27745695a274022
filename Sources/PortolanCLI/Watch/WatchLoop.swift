import JQ
import Portolan

/// Runs configs again whenever a file changes, and shows what has changed in the entities.
struct WatchLoop {
  private let runs: [PlannedRun]
  private let kinds: [String]
  private let environment: JQEnvironment
  private let output = StandardStream.output
  private let printer = DiagnosticPrinter()

  /// Prepares to watch what `runs` read.
  init(_ runs: [PlannedRun], kinds: [String], environment: JQEnvironment) {
    self.runs = runs
    self.kinds = kinds
    self.environment = environment
  }

  /// Shows the first run whole, and then what each change of a file changes, until the process is
  /// interrupted.
  func run() async {
    Interruption.endsQuietly()
    // What changes while a run reads is seen after it.
    var watch = FileWatch(files: runs.flatMap(files), folders: runs.map { FixtureFolder($0.fixturesPath) })
    var last = await WatchedRun(runs, kinds: kinds, environment)
    showFirst(last, watch.count)
    while let changed = try? await watch.nextChanges() {
      let next = await WatchedRun(runs, kinds: kinds, environment)
      show(next, after: last, changed)
      // What a broken config made is nothing to compare with.
      last = next.isComplete ? next : next.keepingEntities(of: last)
    }
  }

  /// The files of a run, apart from its fixtures.
  private func files(_ run: PlannedRun) -> [String] {
    [run.configPath, run.blueprintsPath ?? PathText.join(PathText.parent(run.configPath), "blueprints.json")]
  }

  private func showFirst(_ run: WatchedRun, _ fileCount: Int) {
    if !run.results.isEmpty {
      output.write(OutputFormat.table.render(run.results, style: OutputSink().style) + Array("\n".utf8))
    }
    printer.print(run.diagnostics)
    run.usage.map(printer.print)
    let files = fileCount == 1 ? "1 file" : "\(fileCount.grouped) files"
    output.write("Watching \(files). Save one to see what changes; Ctrl-C ends.\n")
  }

  private func show(_ run: WatchedRun, after last: WatchedRun, _ changed: [String]) {
    let report = DifferenceReport(style: OutputSink().style)
    output.write("\n" + report.heading(changed))
    let known = Set(last.diagnostics.map(FindingIdentity.init))
    printer.print(
      run.diagnostics.filter { $0.severity == .error || !known.contains(FindingIdentity($0)) })
    run.usage.map(printer.print)
    guard run.isComplete else {
      output.write(report.waiting)
      return
    }
    output.write(
      report.render(
        EntityDifference.between(last.entities, run.entities), count: run.entities.count,
        failures: run.failures.filter { !last.failures.contains($0) }))
  }
}

/// What makes a finding the same from run to run: neither its place, which moves when lines are put in above it, nor the
/// counts in its words.
private struct FindingIdentity: Hashable {
  private let severity: Diagnostic.Severity
  private let rule: Diagnostic.Rule
  private let field: String?
  private let words: String

  init(_ finding: Diagnostic) {
    severity = finding.severity
    rule = finding.rule
    field = finding.field
    words = finding.message.filter { !$0.isNumber }
  }
}
