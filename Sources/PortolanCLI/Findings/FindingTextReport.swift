import Portolan

/// Findings for a person, and what they come to.
struct FindingTextReport {
  let style: Style

  func render(_ summary: FindingSummary) -> String {
    let text = DiagnosticText(style: style).text(summary.diagnostics, SourceFiles(summary.sources))
    return text + (text.isEmpty ? "" : "\n") + summary.coloured(summary.line, style) + "\n"
  }
}
