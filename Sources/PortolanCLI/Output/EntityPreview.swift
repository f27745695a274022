import Portolan

/// A look at the first entities of a resource: as many columns as the line has room for.
struct EntityPreview {
  private static let rowLimit = 5
  private static let lineLimit = 60
  private static let indent = 4

  let style: Style

  func lines(_ resource: DryRunResult.Resource) -> [String] {
    let entities = resource.entities.prefix(Self.rowLimit).map(PreviewedEntity.init)
    let blueprints = Set(resource.entities.map(\.blueprint)).sorted().joined(separator: ", ")
    let kind = TextColumns.oneLine(resource.report.kind)
    var lines = [
      "  \(style.bold(kind)) → \(style.cyan(TextColumns.fitted(blueprints, to: max(20, style.width - 6 - kind.count))))"
    ]
    let names = entities.first?.names ?? []
    let columns = columns(names, entities)
    var rows = [columns.map { TextColumns.Cell(TextColumns.fitted($0, to: cellLimit), style.dim) }]
    for entity in entities {
      rows.append(columns.map { cell(entity.values[$0], isFirst: $0 == columns.first) })
    }
    let margin = String(repeating: " ", count: Self.indent)
    lines += TextColumns.lines(rows, columns.map { _ in .left }).map { margin + $0 }
    if let rest = rest(resource.report.mapped - entities.count, names.count - columns.count) {
      lines.append(margin + style.dim(rest))
    }
    return lines
  }

  /// The resource's first entity with all that it has.
  func whole(_ resource: DryRunResult.Resource) -> [String] {
    guard let entity = resource.entities.first else { return [] }
    let yaml = String(decoding: YAMLWriter.yaml(entity.json), as: UTF8.self)
    let lines = yaml.split(separator: "\n").map(String.init)
    let margin = String(repeating: " ", count: Self.indent)
    let shown = lines.prefix(Self.lineLimit).map { line in
      margin + TextColumns.cut(TextColumns.oneLine(line), to: max(20, style.width - Self.indent))
    }
    let rest =
      lines.count > shown.count ? [margin + style.dim("… \(lines.count - shown.count) more lines")] : []
    return ["  " + style.bold("The first one, whole")] + shown + rest
  }

  /// What is not shown.
  private func rest(_ entities: Int, _ fields: Int) -> String? {
    let parts = [
      entities > 0 ? "\(entities.grouped) more" : nil,
      fields > 0 ? "\(fields) more \(fields == 1 ? "field" : "fields")" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "… " + parts.joined(separator: ", ")
  }

  /// How wide a column may be: three of them have room.
  private var cellLimit: Int { min(36, max(16, (style.width - Self.indent) / 3 - 2)) }

  private func cell(_ value: String?, isFirst: Bool) -> TextColumns.Cell {
    guard let value else { return TextColumns.Cell("") }
    let text = TextColumns.fitted(value, to: cellLimit)
    if value == "null" || value == PreviewedEntity.emptyText { return TextColumns.Cell(text, style.dim) }
    return TextColumns.Cell(text, isFirst ? style.bold : { $0 })
  }

  /// The fields that fit into the line, in the entities' order.
  private func columns(_ names: [String], _ entities: [PreviewedEntity]) -> [String] {
    var used = Self.indent
    var columns: [String] = []
    for name in names {
      let texts = [name] + entities.compactMap { $0.values[name] }
      used += texts.map { min(TextColumns.displayWidth($0), cellLimit) }.max() ?? 0
      guard used <= style.width || columns.isEmpty else { break }
      columns.append(name)
      used += 2
    }
    return columns
  }
}
