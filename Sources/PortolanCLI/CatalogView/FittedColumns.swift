import Portolan

/// How wide columns may be, so that a table is no wider than a terminal.
enum FittedColumns {
  /// The columns' widths.
  ///
  /// - Parameters:
  ///   - rows: the texts.
  ///   - least: how narrow each column may become.
  ///   - order: the columns that give way, those first that tell least.
  ///   - width: how wide the table is at most, with two spaces between columns.
  /// - Returns: a width for each column.
  static func widths(_ rows: [[String]], least: [Int], givingWay order: [Int], in width: Int) -> [Int] {
    var widths = least.indices.map { column in
      rows.map { TextColumns.displayWidth(TextColumns.oneLine($0[column])) }.max() ?? 0
    }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    for column in order where excess > 0 {
      let given = min(excess, max(0, widths[column] - least[column]))
      widths[column] -= given
      excess -= given
    }
    return widths
  }

  /// A row without the empty texts at its end, so that no line ends in white space.
  static func filled(_ row: [String]) -> ArraySlice<String> {
    row.prefix((row.lastIndex { !$0.isEmpty } ?? 0) + 1)
  }
}
