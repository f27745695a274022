import Portolan

/// Findings for a person, and what they come to.
struct LintTextReport {
  let style: Style

  func render(_ summary: LintSummary) -> String {
    let read = summary.reports.compactMap { report in report.source.map { (report.file, $0) } }
    let files = SourceFiles(Dictionary(read) { first, _ in first })
    let text = DiagnosticText(style: style).text(summary.findings, files)
    let colour = summary.errors > 0 ? style.red : summary.warnings > 0 ? style.yellow : style.green
    return text + (text.isEmpty ? "" : "\n") + colour(summary.line) + "\n"
  }
}
