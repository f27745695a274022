import Portolan
import PortolanCatalog
import RawJSON

/// Prints entities of a local catalog, a line each, as they are read.
struct EntityList {
  let style: Style
  let format: CatalogFormat

  /// How many entities are read at once.
  private static let pageSize = 500

  /// Prints at most `limit` entities.
  ///
  /// - Parameters:
  ///   - total: how many there are.
  ///   - limit: how many are printed.
  ///   - page: the next ones after an entity, at most so many.
  /// - Returns: how many were printed.
  /// - Throws: what reading them throws.
  func print(
    total: Int, limit: Int, _ page: (_ after: EntityKey?, _ count: Int) async throws -> [StoredEntity]
  ) async throws -> Int {
    var shown = 0
    var last: EntityKey?
    if format == .json { StandardStream.output.write(#"{"total": \#(total), "entities": ["#) }
    while shown < limit {
      let entities = try await page(last, min(Self.pageSize, limit - shown))
      guard !entities.isEmpty else { break }
      write(entities, isFirst: shown == 0)
      shown += entities.count
      last = entities.last?.key
    }
    if format == .json { StandardStream.output.write("\n]}\n") }
    return shown
  }

  private func write(_ entities: [StoredEntity], isFirst: Bool) {
    switch format {
    case .json:
      for (place, entity) in entities.enumerated() {
        StandardStream.output.write(isFirst && place == 0 ? "\n" : ",\n")
        StandardStream.output.write(entity.document)
      }
    case .text:
      let rows = entities.map { row($0) }
      let head = ["identifier", "title", "updated", "written by"].map { TextColumns.Cell($0, style.dim) }
      let lines = TextColumns.lines((isFirst ? [head] : []) + rows, [.left, .left, .left, .left])
      StandardStream.output.write(lines.map { TextColumns.cut($0, to: style.width * 4) + "\n" }.joined())
    }
  }

  private func row(_ entity: StoredEntity) -> [TextColumns.Cell] {
    let title = JSONView(valid: entity.json)["title"]?.text ?? ""
    return [
      TextColumns.Cell(TextColumns.fitted(entity.key.identifier, to: max(16, style.width / 3)), style.bold),
      TextColumns.Cell(TextColumns.fitted(title, to: max(16, style.width / 3))),
      TextColumns.Cell(Instant.short(entity.updatedAt)),
      TextColumns.Cell(Owner.short(entity.datasource), style.dim),
    ]
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
