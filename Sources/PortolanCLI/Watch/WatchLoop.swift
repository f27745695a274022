import JQ
import Portolan

/// Runs configs again whenever a file changes, and shows what has changed in the entities.
struct WatchLoop {
  private let runs: [PlannedRun]
  private let kinds: [String]
  private let linter: Linter
  private let environment: JQEnvironment
  private let output = StandardStream.output
  private let printer = DiagnosticPrinter()

  /// Prepares to watch what `runs` read.
  init(_ runs: [PlannedRun], kinds: [String], linter: Linter, environment: JQEnvironment) {
    self.runs = runs
    self.kinds = kinds
    self.linter = linter
    self.environment = environment
  }

  /// Shows the first run whole, and then what each change of a file changes, until the process is
  /// interrupted.
  func run() async {
    Interruption.endsQuietly()
    // What changes while a run reads is seen after it.
    var watch = FileWatch(files: runs.flatMap(files), folders: runs.map { FixtureFolder($0.fixturesPath) })
    var last = await WatchedRun(runs, kinds: kinds, linter, environment)
    showFirst(last, watch.count)
    while let changed = try? await watch.nextChanges() {
      let next = await WatchedRun(runs, kinds: kinds, linter, environment)
      show(next, after: last, changed)
      // What a broken config made is nothing to compare with.
      last = next.isComplete ? next : next.keepingEntities(of: last)
    }
  }

  /// The files of a run, apart from its fixtures.
  private func files(_ run: PlannedRun) -> [String] {
    let folder = PathText.parent(run.configPath)
    return [
      run.configPath, run.blueprintsPath ?? PathText.join(folder, "blueprints.json"),
      ProjectFile.path(from: folder) ?? ProjectFile.name,
    ]
  }

  private func showFirst(_ run: WatchedRun, _ fileCount: Int) {
    if !run.results.isEmpty {
      output.write(
        OutputFormat.table.render(run.results, run.summary, style: OutputSink().style) + Array("\n".utf8))
    }
    printer.print(run.summary)
    run.usage.map(printer.print)
    let files = fileCount == 1 ? "1 file" : "\(fileCount.grouped) files"
    output.write("Watching \(files). Save one to see what changes; Ctrl-C ends.\n")
  }

  /// Shows what was not found before, and how much remains of what was.
  private func showFindings(_ summary: FindingSummary, after last: FindingSummary) {
    let known = Set(last.diagnostics.map(\.standing))
    var remaining = summary
    remaining.findings.removeAll { !known.contains($0.finding.standing) }
    printer.print(summary.diagnostics.filter { !known.contains($0.standing) })
    guard let counts = remaining.counts else { return }
    let verb = remaining.findings.count == 1 ? "remains" : "remain"
    output.write("  \(remaining.coloured("\(counts) \(verb)", OutputSink().style))\n")
  }

  private func show(_ run: WatchedRun, after last: WatchedRun, _ changed: [String]) {
    let report = DifferenceReport(style: OutputSink().style)
    output.write("\n" + report.heading(changed))
    showFindings(run.summary, after: last.summary)
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

extension Diagnostic {
  /// The finding without its place, which moves when lines are put in above it, and without counts.
  fileprivate var standing: Diagnostic {
    Diagnostic(severity, rule, messageWithoutNumbers, field: field)
  }
}
