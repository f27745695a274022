import Portolan
import PortolanCatalog
import RawJSON

/// An entity's versions, the newest first.
struct HistoryReport {
  let style: Style

  func text(_ key: EntityKey, _ versions: [EntityVersion]) -> [UInt8] {
    let count = "\(versions.count.grouped) \(versions.count == 1 ? "version" : "versions")"
    var lines = [style.bold(TextColumns.oneLine("\(key)")) + "  " + count]
    for (place, version) in versions.enumerated() {
      let before = versions.dropFirst(place + 1).first
      lines += [""] + head(version) + changes(of: version, since: before)
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func json(_ key: EntityKey, _ versions: [EntityVersion]) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("blueprint", text: key.blueprint)
      document.add("identifier", text: key.identifier)
      document.add("versions", array: versions.map(\.json))
    } + [UInt8(ascii: "\n")]
  }

  private func head(_ version: EntityVersion) -> [String] {
    let word =
      switch version.change {
      case .created: style.green("created")
      case .changed: style.yellow("changed")
      case .deleted: style.red("deleted")
      }
    // What a relation needs is created by the run that writes the relation, and is nobody's.
    let isTarget = version.datasource == nil && version.change == .created
    let who = isTarget ? "created for a relation to it" : "by \(Writer.name(of: version))"
    let run = isTarget ? version.run.map { ", run \($0.prefix(8))" } ?? "" : ""
    let start = "  \(version.revision)  \(Instant.short(version.at))  "
    let room = max(20, style.width - TextColumns.displayWidth(start) - (isTarget ? 0 : 8))
    let text = TextColumns.fitted(who + run, to: room)
    var lines = [
      "  " + style.bold("\(version.revision)") + "  \(Instant.short(version.at))  "
        + (isTarget ? text : word + " " + text)
    ]
    if let origin = version.origin {
      lines.append(
        "      " + style.dim(TextColumns.fitted("from \(origin.text)", to: max(20, style.width - 6))))
    }
    return lines
  }

  private func changes(of version: EntityVersion, since before: EntityVersion?) -> [String] {
    guard version.change == .changed, let before, let old = before.document, let now = version.document else {
      return []
    }
    var fields = EntityComparison(merges: false).changes(from: old, to: now)
    if before.datasource != version.datasource {
      fields.append(("written by", before.datasource.map(Owner.short), version.datasource.map(Owner.short)))
    }
    let name = min(fields.map { TextColumns.displayWidth($0.field) }.max() ?? 0, max(16, style.width / 3))
    let width = max(12, (style.width - 6 - name - 2 - 3) / 2)
    let rows = fields.map { field, old, new in
      [
        TextColumns.Cell(TextColumns.fitted(field, to: name)),
        TextColumns.Cell(
          TextColumns.fitted(old ?? "nothing", to: width) + " → "
            + TextColumns.fitted(new ?? "nothing", to: width)),
      ]
    }
    return TextColumns.lines(rows, [.left, .left]).map { "      " + $0 }
  }
}

extension EntityVersion {
  /// The version as JSON.
  fileprivate var json: [UInt8] {
    JSONWriter.object(.compact) { document in
      document.add("revision", revision)
      document.add("at", text: at)
      document.add("change", text: change.rawValue)
      if let run { document.add("run", text: run) }
      if let datasource { document.add("datasource", text: datasource) }
      if let configHash { document.add("config", text: configHash) }
      if let origin { document.add("origin", json: origin.document) }
      if let entity = self.document { document.add("entity", json: entity) }
    }
  }
}

extension EntityOrigin {
  /// What an entity was made of, as JSON.
  var document: [UInt8] {
    JSONWriter.object(.compact) { document in
      document.add("kind", text: kind)
      document.add("resource", resource)
      document.add("mapping", mapping)
      if let location {
        document.key("location")
        document.object { place in
          place.add("file", text: location.file)
          place.add("line", location.line)
          place.add("column", location.column)
        }
      }
      document.add("rawHash", text: rawHash)
      if let rawIdentity { document.add("rawIdentity", json: rawIdentity.utf8) }
    }
  }
}
