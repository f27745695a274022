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
    JSONWriter.object(.spaced) { object in
      if let file = finding.location?.file ?? file { object.add("file", text: file) }
      if let start = finding.location {
        object.add("line", start.line)
        object.add("column", start.column)
      }
      if let end = finding.end {
        object.add("endLine", end.line)
        object.add("endColumn", end.column)
      }
      object.add("severity", text: finding.severity.rawValue)
      object.add("rule", text: finding.rule.rawValue)
      if let field = finding.field { object.add("field", text: field) }
      object.add("message", text: finding.message)
      if let help = finding.advice { object.add("help", text: help) }
    }
  }
}
