import ArgumentParser
import Portolan

/// Which findings are known: the arguments of the commands that have a baseline.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Findings that are known and do not count, as --update-baseline writes them.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Write all findings into the baseline, so that only later ones count.")
  var updateBaseline = false

  func validate() throws {
    if updateBaseline, baseline == nil {
      throw ValidationError("--update-baseline writes a file; name it with --baseline FILE")
    }
  }

  /// Leaves out of `summary` what is known, and says how much that is; or makes all of it known. `scope` is what a
  /// command would have found.
  ///
  /// - Throws: `UsageError` where the baseline cannot be read or written.
  func apply(to summary: inout FindingSummary, _ scope: Baseline.Scope) throws(UsageError) {
    guard let path = baseline else { return }
    if updateBaseline {
      var new = FolderListing.isFile(path) ? try Baseline(contentsOf: path) : Baseline(at: path)
      new.replace(by: summary.findings, in: summary.files, scope)
      try OutputSink(path: path).write(new.json)
      summary.hasKnown = !summary.findings.isEmpty
      summary.findings = []
      say("\(FindingSummary.count(new.count, "finding")) in the baseline \(path)")
      return
    }
    let (new, known, stale) = try Baseline(contentsOf: path).divided(
      summary.findings, in: summary.files, scope)
    summary.findings = new
    summary.hasKnown = known > 0
    if known > 0 {
      say("\(FindingSummary.count(known, "finding")) of the baseline \(known == 1 ? "is" : "are") not shown")
    }
    if stale > 0 {
      say(
        "\(FindingSummary.count(stale, "finding")) of the baseline \(stale == 1 ? "is" : "are") gone; "
          + "--update-baseline takes \(stale == 1 ? "it" : "them") out")
    }
  }

  private func say(_ text: String) {
    StandardStream.error.write(TextColumns.oneLine(text) + "\n")
  }
}
