import Portolan

/// A dry run's result for a person: what came in and what became of it, a look at the entities, and the
/// fields that were null or failed.
struct TableReport {
  let style: Style

  func render(_ results: [NamedResult]) -> String {
    results.map(render).joined(separator: "\n")
  }

  private func render(_ named: NamedResult) -> String {
    let resources = named.result.resources
    var lines: [String] = []
    let title = named.name.isEmpty ? named.configPath : "\(named.name)  \(style.dim(named.configPath))"
    lines.append(style.bold(title))
    lines.append("")
    lines += indented(counts(resources))
    for resource in resources where !resource.entities.isEmpty {
      lines.append("")
      lines += EntityPreview(style: style).lines(resource)
    }
    let fields = FieldTable(style: style).lines(resources)
    if !fields.isEmpty {
      lines.append("")
      lines += fields
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func indented(_ lines: [String]) -> [String] {
    lines.map { "  " + $0 }
  }

  /// A row a resource.
  private func counts(_ resources: [DryRunResult.Resource]) -> [String] {
    let head = ["kind", "raw", "items", "mapped", "filtered", "skipped", "failed"]
    var rows = [head.map { TextColumns.Cell($0, style.dim) }]
    for report in resources.map(\.report) {
      var row = [
        TextColumns.Cell(report.kind, style.bold),
        number(report.raw), number(report.items), number(report.mapped, style.green),
        number(report.filtered), number(report.skipped, style.yellow), number(report.failed, style.red),
      ]
      if report.unparsed > 0 {
        row.append(TextColumns.Cell("\(report.unparsed) of \(report.raw) gave no list of items", style.yellow))
      }
      rows.append(row)
    }
    return TextColumns.lines(rows, [.left] + Array(repeating: .right, count: 6) + [.left])
  }

  /// A count; nought stays out of the way.
  private func number(_ count: Int, _ highlight: (String) -> String = { $0 }) -> TextColumns.Cell {
    count == 0 ? TextColumns.Cell("·", style.dim) : TextColumns.Cell(count.grouped, highlight)
  }
}

extension Int {
  /// The number with a comma after each three digits.
  var grouped: String {
    var text = ""
    for (place, digit) in String(self).reversed().enumerated() {
      if place > 0, place % 3 == 0, digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
