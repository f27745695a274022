import GRDB
import Portolan

/// The fields that name a file, as `file://README.md`, which only Port's Git integrations read: here they are null, and
/// that empties what the catalog has there.
struct NamedFiles {
  /// What helps.
  static let wayOut = "leave it out of the config here, or let the Git integration itself sync it"

  private struct Field {
    var report: ResourceReport
    /// Its place in the resource.
    var path: String
    var place: (start: SourceLocation, end: SourceLocation?)?
    /// Whether a value of the catalog is emptied, or may be.
    var isEmptied: Bool
  }

  private let fields: [Field]

  /// Finds the fields of what was mapped, and by the plan's operations what they empty.
  init(_ reports: [ResourceReport], _ context: PlanContext) throws {
    fields = try reports.flatMap { report in
      try context.config.fileFields(ofResource: report.index).map { path in
        let (mapping, name) = Self.parts(path)
        let isField = !["identifier", "blueprint"].contains(name)
        let place = context.places.mapping(mapping, of: report.index)?.mapping(of: name)
          .flatMap { field in field.location.map { ($0, field.end) } }
        let isEmptied =
          try !isField || place == nil || context.file.empties(name, mapping, of: report.index)
        return Field(report: report, path: path, place: place, isEmptied: isEmptied)
      }
    }
  }

  /// The number of the mapping, and the field as plans call it, of `mappings[1].properties.readme`.
  private static func parts(_ path: String) -> (mapping: Int, name: String) {
    guard path.hasPrefix("mappings["), let end = path.firstIndex(of: "]"),
      let number = Int(path[..<end].dropFirst("mappings[".count))
    else { return (0, path) }
    return (number, String(path[end...].dropFirst(2)))
  }

  /// The fields of a resource that would empty a value, by their places in it.
  func emptied(by resource: Int) -> [String] {
    fields.filter { $0.report.index == resource && $0.isEmptied }.map(\.path)
  }

  /// What there is to say of the others, where `said` does not say it.
  func diagnostics(besides said: [Diagnostic]) -> [Diagnostic] {
    fields.filter { field in
      !field.isEmptied && !said.contains { $0.location != nil && $0.location == field.place?.start }
    }.map { field in
      Diagnostic(
        .warning, .invalidExpression,
        "`\(field.path)` of `\(field.report.kind)` names a file, which is not read here: it is left empty",
        help: NamedFiles.wayOut, at: field.place?.start, to: field.place?.end, field: field.path)
    }
  }
}

extension PlanFile {
  /// Whether a mapping of a resource empties a field of an entity that has something there, or may: of what only a query
  /// knows that cannot be told.
  fileprivate func empties(_ field: String, _ mapping: Int, of resource: Int) throws -> Bool {
    try database.read { database in
      let origins = try Row.fetchCursor(
        database,
        sql: """
          SELECT origin FROM operation JOIN change ON number = operation
          WHERE field = ? AND change.before IS NOT NULL AND change.before <> 'null'
          UNION ALL SELECT origin FROM operation WHERE action = 'write' AND before IS NULL
          """, arguments: [field])
      while let row = try origins.next() {
        if let origin = EntityOrigin(columnText: row["origin"]), origin.resource == resource,
          origin.mapping == mapping
        {
          return true
        }
      }
      return false
    }
  }
}
