import Portolan
import RawJSON

/// A look at the first entities of a resource: as many columns as the line has room for.
struct EntityPreview {
  private static let rowLimit = 5
  private static let cellLimit = 36

  let style: Style

  func lines(_ resource: DryRunResult.Resource) -> [String] {
    let entities = resource.entities.prefix(Self.rowLimit).map(PreviewedEntity.init)
    let blueprints = Set(resource.entities.map(\.blueprint)).sorted().joined(separator: ", ")
    var lines = ["  \(style.bold(resource.report.kind)) → \(style.cyan(blueprints))"]
    let columns = columns(entities)
    var rows = [columns.map { TextColumns.Cell($0, style.dim) }]
    for entity in entities {
      rows.append(columns.map { cell(entity.values[$0], isFirst: $0 == columns.first) })
    }
    lines += TextColumns.lines(rows, columns.map { _ in .left }).map { "    " + $0 }
    if resource.entities.count > entities.count {
      let more = (resource.entities.count - entities.count).grouped
      lines.append("    " + style.dim("… and \(more) more; --format ndjson shows all"))
    }
    return lines
  }

  private func cell(_ value: String?, isFirst: Bool) -> TextColumns.Cell {
    guard let value else { return TextColumns.Cell("") }
    let text = TextColumns.fitted(value, to: Self.cellLimit)
    if value == "null" { return TextColumns.Cell(text, style.dim) }
    return TextColumns.Cell(text, isFirst ? style.bold : { $0 })
  }

  /// The fields that fit into the line, in the entities' order.
  private func columns(_ entities: [PreviewedEntity]) -> [String] {
    var used = 4
    var columns: [String] = []
    for name in entities.first?.names ?? [] {
      let widest = entities.map { $0.values[name].map { min(TextColumns.displayWidth($0), Self.cellLimit) } ?? 0 }
        .max() ?? 0
      used += max(widest, TextColumns.displayWidth(name)) + 2
      guard used <= style.width || columns.count < 2 else { break }
      columns.append(name)
    }
    return columns
  }
}

/// An entity's fields as texts, by name.
struct PreviewedEntity {
  private(set) var names: [String] = []
  private(set) var values: [String: String] = [:]

  init(_ entity: Entity) {
    entity.json.withScanner { scanner in
      for member in scanner.lastMembers(0) {
        let name = scanner.text(member.key)
        switch name {
        case "blueprint": continue
        case "properties", "relations":
          guard scanner.kind(member.value) == .object else { continue }
          for inner in scanner.lastMembers(member.value.lowerBound) {
            add(scanner.text(inner.key), inner.value, scanner)
          }
        default: add(name, member.value, scanner)
        }
      }
    }
  }

  private mutating func add(_ name: String, _ range: Range<Int>, _ scanner: JSONScanner) {
    if values[name] == nil { names.append(name) }
    values[name] =
      scanner.kind(range) == .string
      ? scanner.text(range) : String(decoding: scanner.slice(range), as: UTF8.self)
  }
}
