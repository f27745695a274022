import Portolan
import PortolanCatalog
import RawJSON

/// An entity of a local catalog for a person.
struct EntityReport {
  let style: Style
  /// How commands are told of the catalog.
  let option: String
  /// How many relations of each direction are shown.
  private static let relationLimit = 10

  func text(_ view: EntityView) -> String {
    let sections = [
      head(view), fields(view), relations("relates to", view.relations, \.target),
      relations("related by", view.relatedBy ?? [], \.source), next(view),
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func head(_ view: EntityView) -> [String] {
    let version = view.version
    let title = JSONView(valid: view.entity)["title"]?.text ?? ""
    var rows = [
      (
        "written by",
        version.datasource.map(Owner.short) ?? "nobody: it is there because others relate to it"
      ),
      ("at", "\(Instant.short(version.at)), revision \(version.revision), \(number(view))"),
    ]
    if let run = version.run { rows.append(("run", run)) }
    if let origin = version.origin { rows.append(("made of", origin.text)) }
    if let file = view.fields.lazy.compactMap(\.location?.file).first { rows.append(("mapped by", file)) }
    let lines = TextColumns.lines(
      rows.map {
        [
          TextColumns.Cell($0.0, style.dim),
          TextColumns.Cell(TextColumns.fitted($0.1, to: max(20, style.width - 14))),
        ]
      }, [.left, .left])
    let name = style.bold(TextColumns.oneLine("\(view.key)"))
    return [name + (title.isEmpty ? "" : "  " + TextColumns.oneLine(title))] + lines.map { "  " + $0 }
  }

  private func number(_ view: EntityView) -> String {
    if view.versionCount == 1 { return "its only version" }
    return view.number == view.versionCount
      ? "the newest of \(view.versionCount.grouped) versions"
      : "version \(view.number.grouped) of \(view.versionCount.grouped)"
  }

  private func fields(_ view: EntityView) -> [String] {
    let shown = view.fields.filter { $0.field != "identifier" || $0.expression != nil }
    guard !shown.isEmpty else { return [] }
    let isMapped = shown.contains { $0.expression != nil }
    let rows =
      [isMapped ? ["field", "value", "made by", "line"] : ["field", "value", "", ""]]
      + shown.map { [$0.field, $0.value, $0.expression ?? "", $0.location.map { "\($0.line)" } ?? ""] }
    let share = max(12, style.width / 4)
    let widths = FittedColumns.widths(
      rows, least: [max(16, style.width / 3), share, share, 4], givingWay: [2, 1, 0], in: style.width - 2)
    let styles: [(String) -> String] = [{ $0 }, { $0 }, style.cyan, style.dim]
    let cells = rows.enumerated().map { number, row in
      zip(FittedColumns.filled(row), widths).enumerated().map { column, cell in
        TextColumns.Cell(TextColumns.fitted(cell.0, to: cell.1), number == 0 ? style.dim : styles[column])
      }
    }
    return TextColumns.lines(cells, [.left, .left, .left, .right]).map { "  " + $0 }
  }

  private func relations(
    _ title: String, _ relations: [RelatedEntity], _ other: (RelatedEntity) -> EntityKey
  ) -> [String] {
    guard !relations.isEmpty else { return [] }
    let rows = relations.prefix(Self.relationLimit).map { relation in
      [
        TextColumns.Cell(TextColumns.oneLine(relation.relation)),
        TextColumns.Cell(TextColumns.fitted("\(other(relation))", to: max(20, style.width / 2)), style.bold),
      ]
    }
    let rest = relations.count - rows.count
    return ["  " + style.dim(title)] + TextColumns.lines(Array(rows), [.left, .left]).map { "    " + $0 }
      + (rest > 0 ? ["    " + style.dim("… and \(rest.grouped) more")] : [])
  }

  private func next(_ view: EntityView) -> [String] {
    guard view.version.origin != nil else { return [] }
    let past = view.number == view.versionCount ? "" : " --revision \(view.version.revision)"
    return [
      "  " + style.dim("how it was made, step by step:"),
      "  " + style.dim("portolan explain --entity \(view.key.word)\(past)\(option)"),
    ]
  }
}

extension EntityOrigin {
  /// What an entity was made of, for a person: `issue 10001, Fixtures/jira/issue.json:3:1`
  var text: String {
    let identity = rawIdentity.map { json in " " + (JSONView(valid: Array(json.utf8)).text ?? json) } ?? ""
    return kind + identity + (location.map { ", \($0)" } ?? "")
  }
}
