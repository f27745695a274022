import Portolan

/// How a kind is asked for, for a person.
struct FetchReport {
  let style: Style

  func render(_ explained: FetchExplanation) -> String {
    let kind = explained.kind
    let heading = style.bold(TextColumns.oneLine("\(explained.integration) \(kind.name)"))
    var lines = [heading + (kind.description.map { "  " + TextColumns.oneLine($0) } ?? "")]
    lines.append("  fetcher  " + style.dim(TextColumns.oneLine(kind.location.description)))
    lines.append("")
    let facts =
      (kind.parent.map { [("once for", $0.phrase)] } ?? [])
      + explained.definition.authentications.map { ("signed by", $0.phrase) }
    lines += list(kind.list, explained, facts, indent: "  ")
    for parent in explained.parents {
      let once = parent.parent.map { style.dim(", once for \(TextColumns.oneLine($0.phrase))") } ?? ""
      lines += [
        "", "  \(style.bold(TextColumns.oneLine(parent.name)))  " + request(parent.list, explained) + once,
      ]
    }
    lines += section(
      "adds", kind.list.added.map { [TextColumns.Cell($0.key, style.bold), cell($0.value.text)] })
    for join in kind.list.joins {
      let when = join.condition.map { style.dim("  when \(TextColumns.oneLine($0.text))") } ?? ""
      lines += ["", "  joins  " + style.bold(TextColumns.oneLine(join.key)) + when]
      lines += list(join.list, explained, [], indent: "    ")
    }
    lines += event(explained)
    lines += section("selector", kind.settings.map(row))
    return lines.joined(separator: "\n") + "\n"
  }

  private func event(_ explained: FetchExplanation) -> [String] {
    guard let event = explained.kind.event else { return [] }
    let facts = [
      ("when", event.condition?.text), ("objects", event.objects.text), ("key", event.key.text),
      ("gone if", event.deleted?.text), ("parent", event.parent.map(explained.phrase)),
      ("kept if", event.keep?.text),
    ].compactMap { name, text in text.map { [label(name), cell($0)] } }
    return ["", "  events"] + table(facts, indent: "    ")
      + (event.request.map { list($0, explained, [], indent: "    ") } ?? [])
  }

  private func list(
    _ list: FetcherDefinition.List, _ explained: FetchExplanation, _ more: [(String, String)],
    indent: String
  ) -> [String] {
    let parameters = explained.parameters(of: list).map { parameter in
      [
        label(parameter.place.rawValue), TextColumns.Cell(TextColumns.oneLine(parameter.name)),
        TextColumns.Cell(TextColumns.fitted(parameter.value, to: max(24, style.width / 2)), style.cyan),
      ] + (parameter.origin.map { [TextColumns.Cell(TextColumns.oneLine($0), style.dim)] } ?? [])
    }
    let conditions = [("none if", list.none), ("error", list.error), ("again if", list.retry)]
    let pages = list.paging.phrases.enumerated().map { ($0 == 0 ? "pages" : "", $1) }
    let facts =
      ([("objects", list.items?.text ?? "the body")] + pages
      + conditions.compactMap { name, expression in expression.map { (name, $0.text) } } + more)
      .map { [label($0.0), cell($0.1)] }
    return [indent + request(list, explained)] + table(parameters, indent: indent + "  ")
      + table(facts, indent: indent + "  ")
  }

  private func request(_ list: FetcherDefinition.List, _ explained: FetchExplanation) -> String {
    style.cyan(TextColumns.oneLine(explained.requestLine(list)))
  }

  private func row(_ setting: SelectorSetting) -> [TextColumns.Cell] {
    let type = setting.values.isEmpty ? setting.kind.rawValue : setting.values.joined(separator: " | ")
    return [
      TextColumns.Cell(setting.name, style.bold), cell(type), TextColumns.Cell(setting.standard, style.dim),
    ] + (setting.description.map { [cell($0)] } ?? [])
  }

  private func section(_ name: String, _ rows: [[TextColumns.Cell]]) -> [String] {
    rows.isEmpty ? [] : ["", "  \(name)"] + table(rows, indent: "    ")
  }

  private func table(_ rows: [[TextColumns.Cell]], indent: String) -> [String] {
    TextColumns.lines(rows, Array(repeating: .left, count: rows.map(\.count).max() ?? 0)).map { line in
      indent + line
    }
  }

  private func label(_ text: String) -> TextColumns.Cell { TextColumns.Cell(text, style.dim) }
  private func cell(_ text: String) -> TextColumns.Cell { TextColumns.Cell(TextColumns.oneLine(text)) }
}
