import Portolan
import PortolanCatalog
import RawJSON

/// Prints entities of a local catalog, a line each, as they are read.
struct EntityList {
  let style: Style
  let format: CatalogFormat
  /// Whether entities are named with their blueprints.
  let namesBlueprints: Bool

  /// How many entities are read at once.
  private static let pageSize = 500

  /// Prints at most `limit` entities.
  ///
  /// - Parameters:
  ///   - note: a member that JSON has before them, with its value.
  ///   - limit: how many are printed.
  ///   - page: the next ones after an entity, at most so many.
  /// - Returns: how many were printed.
  /// - Throws: what reading them throws.
  func print(
    _ note: (name: String, json: String), limit: Int,
    _ page: (_ after: EntityKey?, _ count: Int) async throws -> [StoredEntity]
  ) async throws -> Int {
    var shown = 0
    var last: EntityKey?
    if format == .json { StandardStream.output.write(#"{"\#(note.name)": \#(note.json), "entities": ["#) }
    while shown < limit {
      let entities = try await page(last, min(Self.pageSize, limit - shown))
      // Where nobody reads any more, the rest is not looked for.
      guard !entities.isEmpty, StandardStream.output.write(text(entities, isFirst: shown == 0)) else { break }
      shown += entities.count
      last = entities.last?.key
    }
    if format == .json { StandardStream.output.write("\n]}\n") }
    return shown
  }

  private func text(_ entities: [StoredEntity], isFirst: Bool) -> [UInt8] {
    switch format {
    case .json:
      let lines = entities.map(\.document).joined(separator: Array(",\n".utf8))
      return Array((isFirst ? "\n" : ",\n").utf8) + lines
    case .text: return Array(table(entities, withHead: isFirst).joined().utf8)
    }
  }

  private func table(_ entities: [StoredEntity], withHead: Bool) -> [String] {
    let rows = (withHead ? [head] : []) + entities.map(texts)
    let widths = widths(rows)
    let cells = rows.enumerated().map { number, row in
      let isHead = withHead && number == 0
      return zip(FittedColumns.filled(row), widths).enumerated().map { column, cell in
        TextColumns.Cell(TextColumns.fitted(cell.0, to: cell.1)) { text in
          isHead || column == 3 ? style.dim(text) : column == 0 ? style.bold(text) : text
        }
      }
    }
    return TextColumns.lines(cells, head.map { _ in .left }).map { $0 + "\n" }
  }

  /// An entity of many blueprints has a long name, which is to be seen whole: who wrote it is left out.
  private var head: [String] {
    namesBlueprints ? ["entity", "title", "updated"] : ["identifier", "title", "updated", "written by"]
  }

  /// On 80 columns the least widths are 80 together, with what is between them.
  private func widths(_ rows: [[String]]) -> [Int] {
    let title = max(12, style.width / 5)
    return namesBlueprints
      ? FittedColumns.widths(
        rows, least: [max(16, style.width * 11 / 20), title, 16], givingWay: [1, 0], in: style.width)
      : FittedColumns.widths(
        rows, least: [max(16, style.width * 3 / 8), title, 16, 12], givingWay: [3, 1, 0], in: style.width)
  }

  private func texts(_ entity: StoredEntity) -> [String] {
    let texts = [
      namesBlueprints ? "\(entity.key)" : entity.key.identifier,
      JSONView(valid: entity.json)["title"]?.text ?? "",
      String(Instant.short(entity.updatedAt).prefix(16)),
    ]
    return namesBlueprints ? texts : texts + [Owner.short(entity.datasource)]
  }
}

/// A time for a person.
enum Instant {
  /// `2026-11-25 20:21:12` of `2026-11-25T20:21:12.123Z`.
  static func short(_ iso: String) -> String {
    String(iso.prefix(19)).replacing("T", with: " ")
  }
}

/// Who wrote an entity, for a person.
enum Owner {
  /// `jira/my-jira` of `port-ocean/jira/1.0/my-jira/exporter`; any other text as it is.
  static func short(_ datasource: String) -> String {
    let parts = datasource.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 5, parts[0] == "port-ocean", parts.last == "exporter" else { return datasource }
    return "\(parts[1])/\(parts[3..<(parts.count - 1)].joined(separator: "/"))"
  }
}

extension StoredEntity {
  /// The entity as a line of JSON with what the catalog knows of it besides.
  var document: [UInt8] {
    JSONWriter.object(.compact) { document in
      document.add("entity", json: json)
      document.add("datasource", text: datasource)
      document.add("createdAt", text: createdAt)
      document.add("updatedAt", text: updatedAt)
    }
  }
}
