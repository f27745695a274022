import Portolan

/// The fields that were null or failed, how often, with the expression and jq's words.
struct FieldTable {
  let style: Style

  func lines(_ resources: [DryRunResult.Resource]) -> [String] {
    var rows: [[TextColumns.Cell]] = []
    for resource in resources {
      let items = resource.report.mapped + resource.report.skipped
      for field in resource.report.fields { rows.append(row(field, resource.report.kind, items)) }
    }
    guard !rows.isEmpty else { return [] }
    var lines = ["  " + style.bold("Fields that were null or failed")]
    let alignments: [TextColumns.Alignment] = [.left, .left, .left, .left]
    var table = TextColumns.lines(rows, alignments).map { "    " + $0 }[...]
    for resource in resources {
      for field in resource.report.fields {
        if let line = table.popFirst() { lines.append(line) }
        if let message = field.message {
          let text = TextColumns.fitted(message, to: max(40, style.width - 10))
          lines.append("      " + style.red(text) + style.dim("  \(field.location)"))
        }
      }
    }
    return lines
  }

  private func row(_ field: FieldReport, _ kind: String, _ items: Int) -> [TextColumns.Cell] {
    let nulls = field.nulls - field.errors
    var counts: [String] = []
    if nulls > 0 { counts.append("null \(nulls.grouped)") }
    if field.errors > 0 { counts.append("failed \(field.errors.grouped)") }
    let summary = counts.joined(separator: ", ") + " of \(items.grouped)"
    return [
      TextColumns.Cell(kind, style.bold),
      TextColumns.Cell(field.field),
      TextColumns.Cell(summary, field.errors > 0 ? style.red : style.yellow),
      TextColumns.Cell(
        TextColumns.fitted(field.expression, to: max(24, min(60, style.width / 2))), style.dim),
    ]
  }
}
