import Portolan
import PortolanCatalog
import RawJSON

/// An entity of a local catalog for a person.
struct EntityReport {
  let style: Style
  /// How many relations of each direction are shown.
  private static let relationLimit = 10

  func text(_ view: EntityView) -> String {
    let sections = [
      head(view), fields(view), relations("relates to", view.relations, \.target),
      relations("related by", view.relatedBy, \.source), next(view),
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func head(_ view: EntityView) -> [String] {
    let version = view.version
    let title = JSONView(valid: view.entity)["title"]?.text ?? ""
    var rows: [(String, String)] = []
    if let datasource = version.datasource { rows.append(("owned by", Owner.short(datasource))) }
    let who = version.run.map { " by run \($0)" } ?? ""
    let versions = "\(view.versionCount) \(view.versionCount == 1 ? "version" : "versions")"
    rows.append(
      ("written", "\(Instant.short(version.at))\(who), revision \(version.revision), \(versions)"))
    if let origin = version.origin {
      let place = origin.location.map { "  \($0)" } ?? ""
      let name = origin.rawIdentity.map { "  id \($0)" } ?? ""
      rows.append(("made of", "\(origin.kind)\(place)\(name)"))
    }
    let lines = TextColumns.lines(
      rows.map { [TextColumns.Cell($0.0, style.dim), TextColumns.Cell(TextColumns.oneLine($0.1))] }, [.left, .left])
    return [style.bold(TextColumns.oneLine("\(view.key)")) + "  " + TextColumns.oneLine(title)] + lines.map { "  " + $0 }
  }

  private func fields(_ view: EntityView) -> [String] {
    let shown = view.fields.filter { $0.field != "identifier" || $0.expression != nil }
    let width = max(20, style.width / 3)
    let rows = shown.map { field in
      [
        TextColumns.Cell(TextColumns.oneLine(field.field)),
        TextColumns.Cell(TextColumns.fitted(field.value, to: width)),
        TextColumns.Cell(field.expression.map { TextColumns.fitted($0, to: width) } ?? "", style.cyan),
        TextColumns.Cell(field.location.map { "\($0.line):\($0.column)" } ?? "", style.dim),
      ]
    }
    guard !rows.isEmpty else { return [] }
    let file = shown.lazy.compactMap(\.location?.file).first
    let head = ["field", "value", "made by", file ?? ""].map { TextColumns.Cell($0, style.dim) }
    return TextColumns.lines([head] + rows, [.left, .left, .left, .left]).map { "  " + $0 }
  }

  private func relations(
    _ title: String, _ relations: [RelatedEntity], _ other: (RelatedEntity) -> EntityKey
  ) -> [String] {
    guard !relations.isEmpty else { return [] }
    let rows = relations.prefix(Self.relationLimit).map { relation in
      [
        TextColumns.Cell(TextColumns.oneLine(relation.relation)),
        TextColumns.Cell(TextColumns.oneLine("\(other(relation))"), style.bold),
      ]
    }
    let rest = relations.count - rows.count
    return ["  " + style.dim(title)] + TextColumns.lines(Array(rows), [.left, .left]).map { "    " + $0 }
      + (rest > 0 ? ["    " + style.dim("… and \(rest.grouped) more")] : [])
  }

  private func next(_ view: EntityView) -> [String] {
    guard view.version.origin != nil else { return [] }
    return ["  " + style.dim("portolan explain --entity \(view.key)  shows step by step how it was made")]
  }
}
