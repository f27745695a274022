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
    let config = TextColumns.oneLine(named.configPath)
    let title = named.name.isEmpty ? style.bold(config) : "\(style.bold(named.name))  \(style.dim(config))"
    var sections = [[title], counts(resources, named.result.leftOut).map { "  " + $0 }]
    for resource in resources where !resource.entities.isEmpty {
      sections.append(EntityPreview(style: style).lines(resource))
    }
    // Someone who looks at one resource is working on it.
    if resources.count == 1, !resources[0].entities.isEmpty {
      sections.append(EntityPreview(style: style).whole(resources[0]))
    }
    let fields = FieldTable(style: style).lines(resources)
    if !fields.isEmpty { sections.append(fields) }
    sections.append(["  " + summary(resources.map(\.report))])
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A row a resource.
  private func counts(
    _ resources: [DryRunResult.Resource], _ leftOut: [PortAppConfig.LeftOutResource]
  ) -> [String] {
    guard !resources.isEmpty || !leftOut.isEmpty else { return [style.dim("This config has no resources.")] }
    let head = ["kind", "raw", "items", "mapped", "filtered", "skipped", "failed"]
    var rows = [head.map { TextColumns.Cell($0, style.dim) }]
    for report in resources.map(\.report) {
      var row = [
        TextColumns.Cell(TextColumns.fitted(report.kind, to: max(16, style.width / 3)), style.bold),
        number(report.raw), number(report.items), number(report.mapped, style.green),
        number(report.filtered), number(report.skipped, style.yellow), number(report.failed, style.red),
      ]
      if report.unparsed > 0 {
        row.append(TextColumns.Cell("\(report.unparsed.grouped) unparsed", style.yellow))
      }
      rows.append(row)
    }
    for resource in leftOut {
      rows.append(
        [TextColumns.Cell(TextColumns.oneLine(resource.kind ?? "?"), style.bold)]
          + Array(repeating: number(0), count: 6)
          + [TextColumns.Cell("left out, see line \(resource.location.line)", style.red)])
    }
    guard TextColumns.width(of: rows) + 2 <= style.width else { return stacked(rows, head) }
    return TextColumns.lines(rows, [.left] + Array(repeating: .right, count: 6) + [.left])
  }

  /// The same for a terminal that is too narrow for a table: below each kind its counts, but for those that are zero.
  private func stacked(_ rows: [[TextColumns.Cell]], _ head: [String]) -> [String] {
    rows.dropFirst().flatMap { row in
      let counts = zip(head, row).dropFirst().filter { $1.text != "·" }.map { name, cell in
        TextColumns.Cell("\(name) \(cell.text)") { _ in "\(style.dim(name)) \(cell.styled)" }
      }
      return [row[0].styled]
        + TextColumns.flowed(counts + row.dropFirst(head.count), to: style.width - 4).map { "  " + $0 }
    }
  }

  /// What all of it came to, in a line.
  private func summary(_ reports: [ResourceReport]) -> String {
    let mapped = reports.map(\.mapped).reduce(0, +)
    let parts: [(count: Int, word: String, highlight: (String) -> String)] = [
      (reports.map(\.filtered).reduce(0, +), "filtered", { $0 }),
      (reports.map(\.skipped).reduce(0, +), "skipped: no identifier or blueprint", style.yellow),
      (reports.map(\.unparsed).reduce(0, +), "unparsed: no list of items", style.yellow),
      (reports.map(\.failed).reduce(0, +), "failed", style.red),
    ]
    let entities = style.green("\(mapped.grouped) \(mapped == 1 ? "entity" : "entities")")
    let rest = parts.filter { $0.count > 0 }.map { $0.highlight("\($0.count.grouped) \($0.word)") }
    let more = mapped > 0 ? style.dim("  (--format yaml shows all)") : ""
    return ([entities] + rest).joined(separator: " · ") + more
  }

  /// A count; zero stays out of the way.
  private func number(_ count: Int, _ highlight: (String) -> String = { $0 }) -> TextColumns.Cell {
    count == 0 ? TextColumns.Cell("·", style.dim) : TextColumns.Cell(count.grouped, highlight)
  }
}
