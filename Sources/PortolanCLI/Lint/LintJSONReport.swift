import Portolan
import RawJSON

/// Findings as one JSON document.
enum LintJSONReport {
  static func render(_ summary: LintSummary) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("files", summary.reports.count)
      document.add("errors", summary.errors)
      document.add("warnings", summary.warnings)
      document.add(
        "findings",
        array: summary.reports.flatMap { report in report.findings.map { json($0, file: report.file) } })
    } + [UInt8(ascii: "\n")]
  }

  /// A finding; `file` is what it is about where it has no place.
  static func json(_ finding: Diagnostic, file: String?) -> [UInt8] {
    finding.json(file: file, advice: finding.advice)
  }
}
