import Portolan
import RawJSON

/// Findings as one JSON document.
enum FindingJSONReport {
  static func render(_ summary: FindingSummary) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("files", summary.files.count)
      add(summary, to: &document)
    } + [UInt8(ascii: "\n")]
  }

  /// Adds the findings and their counts to a document that holds more.
  static func add(_ summary: FindingSummary, to document: inout JSONWriter) {
    document.add("errors", summary.errors)
    document.add("warnings", summary.warnings)
    document.add("findings", array: summary.findings.map { json($0.finding, file: $0.file) })
  }

  /// A finding; `file` is what it is about where it has no place.
  static func json(_ finding: Diagnostic, file: String?) -> [UInt8] {
    finding.json(file: file, advice: finding.advice)
  }
}
