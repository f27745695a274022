import Portolan

/// The fields that were null or failed, how often, with the expression and jq's message.
struct FieldTable {
  private static let indent = 4
  /// How wide the column of the expressions is at least.
  private static let fewestColumns = 16

  let style: Style

  func lines(_ resources: [DryRunResult.Resource]) -> [String] {
    let rows = resources.flatMap { resource in
      resource.report.fields.enumerated().map { place, field in
        Row(field, resource.report, isFirst: place == 0)
      }
    }
    guard !rows.isEmpty else { return [] }
    let heads = rows.map(cells)
    let used = (0..<3).map { column in
      heads.map { TextColumns.displayWidth($0[column].text) + 2 }.max() ?? 0
    }
    let room = style.width - Self.indent - used.reduce(0, +)
    let title = "  " + style.bold("Fields that were null or failed")
    guard room >= Self.fewestColumns else { return [title] + rows.flatMap(stacked) }
    let table = TextColumns.lines(
      zip(heads, rows).map { cells, row in
        cells + [TextColumns.Cell(TextColumns.fitted(row.expression, to: room), style.dim)]
      }, [.left, .left, .left, .left])
    return [title]
      + zip(table, rows).flatMap { line, row in
        [String(repeating: " ", count: Self.indent) + line] + message(row, indent: Self.indent + used[0] + 2)
      }
  }

  /// A row for a terminal that is too narrow for a table: what it says, one below the other.
  private func stacked(_ row: Row) -> [String] {
    let cells = cells(row)
    let room = style.width - Self.indent - 2
    let margin = String(repeating: " ", count: Self.indent + 2)
    return (row.isFirst ? [margin.dropLast(2) + cells[0].styled] : [])
      + [margin + cells[1].styled, margin + cells[2].styled]
      + [margin + style.dim(TextColumns.fitted(row.expression, to: room))]
      + message(row, indent: Self.indent + 2)
  }

  /// jq's message, below the field and `indent` columns in. Of an expression that does not compile the error below the table says more.
  private func message(_ row: Row, indent: Int) -> [String] {
    guard row.compiles, let message = row.field.message else { return [] }
    let place = "line \(row.field.location.line)"
    let room = max(16, style.width - indent - 2 - place.count)
    return [
      String(repeating: " ", count: indent) + style.red(TextColumns.fitted(message, to: room)) + "  "
        + style.dim(place)
    ]
  }

  private func cells(_ row: Row) -> [TextColumns.Cell] {
    [
      TextColumns.Cell(row.isFirst ? row.kind : "", style.bold),
      TextColumns.Cell(TextColumns.oneLine(row.field.field)),
      TextColumns.Cell(row.summary, row.field.errors > 0 ? style.red : style.yellow),
    ]
  }

  private struct Row {
    let field: FieldReport
    let kind: String
    /// Whether the rows of a resource begin here.
    let isFirst: Bool
    let compiles: Bool
    private let items: Int

    init(_ field: FieldReport, _ report: ResourceReport, isFirst: Bool) {
      self.field = field
      self.isFirst = isFirst
      kind = TextColumns.oneLine(report.kind)
      items = report.passed
      compiles = !report.rejectedFields.contains(field.field)
    }

    /// The expression, its lines one after the other.
    var expression: String {
      field.expression.split(whereSeparator: \.isNewline)
        .map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
    }

    var summary: String {
      guard compiles else { return "does not compile" }
      let nulls = field.nulls - field.errors
      let counts = [
        nulls > 0 ? "null \(nulls.grouped)" : nil, field.errors > 0 ? "failed \(field.errors.grouped)" : nil,
      ]
      return counts.compactMap { $0 }.joined(separator: ", ") + " of \(items.grouped)"
    }
  }
}
