import Portolan

/// A line a blueprint: how many of its entities are there, and what becomes of them.
struct PlanTable {
  let style: Style
  let summary: PlanSummary

  private struct Column {
    var title: String
    var paint: (String) -> String
    var count: (BlueprintCounts) -> Int
    /// Whether it is there even if it counts nothing.
    var isAlways = true
  }

  private var columns: [Column] {
    let all = [
      Column(title: "now", paint: { $0 }, count: \.owned),
      Column(title: "create", paint: style.green, count: \.counts.create),
      Column(title: "change", paint: style.yellow, count: \.counts.change),
      Column(title: "write", paint: style.yellow, count: \.counts.write, isAlways: false),
      Column(title: "delete", paint: style.red, count: \.counts.delete),
      Column(title: "hold", paint: style.red, count: \.counts.hold, isAlways: false),
      Column(title: "same", paint: style.dim, count: \.counts.keep),
    ]
    return all.filter { column in column.isAlways || summary.blueprints.contains { column.count($0) > 0 } }
  }

  /// The lines, none where there is no blueprint.
  var lines: [String] {
    guard !summary.blueprints.isEmpty else { return [] }
    let columns = columns
    var rows = [
      [TextColumns.Cell("blueprint", style.dim)] + columns.map { TextColumns.Cell($0.title, style.dim) }
    ]
    let numbers = columns.map { column in
      max(column.title.count, summary.blueprints.map { column.count($0).grouped.count }.max() ?? 0) + 2
    }
    let nameWidth = max(12, style.width - 2 - numbers.reduce(0, +))
    for blueprint in summary.blueprints {
      let name = TextColumns.fitted(blueprint.blueprint, to: nameWidth)
      rows.append(
        [TextColumns.Cell(name, style.bold)] + columns.map { number($0.count(blueprint), $0.paint) })
    }
    let alignments: [TextColumns.Alignment] = [.left] + columns.map { _ in .right }
    let plain = TextColumns.lines(rows, alignments)
    let used = plain.indices.map { width(of: rows[$0], in: rows) }.max() ?? 0
    let room = style.width - 2 - used - 3
    guard room >= 12 else { return plain.map { "  " + $0 } }
    let kinds = ["kinds"] + summary.blueprints.map(kinds)
    return TextColumns.lines(
      zip(rows, kinds).map { $0 + [TextColumns.Cell(" " + TextColumns.fitted($1, to: room), style.dim)] },
      alignments + [.left]
    ).map { "  " + $0 }
  }

  private func width(of row: [TextColumns.Cell], in rows: [[TextColumns.Cell]]) -> Int {
    row.indices.map { column in rows.map { TextColumns.displayWidth($0[column].text) }.max() ?? 0 }
      .reduce(0) { $0 + $1 + 2 } - 2
  }

  /// `issue, subtask ✗`
  private func kinds(_ blueprint: BlueprintCounts) -> String {
    blueprint.kinds.map { kind in
      let resources = summary.resources.filter { $0.kind == kind }
      if resources.contains(where: { !$0.isComplete }) { return "\(kind) ✗" }
      return !resources.isEmpty && resources.allSatisfy { $0.objects == 0 } ? "\(kind) (nothing)" : kind
    }.joined(separator: ", ")
  }

  /// A count; zero stays out of the way.
  private func number(_ count: Int, _ paint: (String) -> String) -> TextColumns.Cell {
    count == 0 ? TextColumns.Cell("·", style.dim) : TextColumns.Cell(count.grouped, paint)
  }
}
