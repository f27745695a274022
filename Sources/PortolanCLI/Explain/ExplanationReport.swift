import Portolan

/// An item's explanation for a person: where it comes from, what becomes of it, field by field.
struct ExplanationReport {
  let style: Style
  /// The one field that was asked for, nil for all.
  let field: String?

  func render(_ named: NamedExplanation) -> String {
    let item = named.item
    var sections = [heading(named)]
    if let list = item.list, isWanted(list.expression.field) { sections.append(lines(list)) }
    if let selector = item.selector, isWanted(selector.field) {
      sections.append(lines(selector, named: "selector", remark: remark(item.verdict)))
    }
    sections += verdict(item)
    if !item.fields.isEmpty, item.verdict == .kept || field != nil {
      sections += item.fields.map { lines($0, named: $0.field) }
    }
    if field == nil { sections += results(item) }
    return Self.joined(sections)
  }

  /// The sections, a line apart; those of one line each are together.
  private static func joined(_ sections: [[String]]) -> String {
    var text = ""
    for (place, section) in sections.enumerated() {
      let isShort = place > 0 && section.count == 1 && sections[place - 1].count == 1
      text += (place == 0 || isShort ? "" : "\n") + section.joined(separator: "\n") + "\n"
    }
    return text
  }

  /// The sections about items and the selector always show unless another field was asked for.
  private func isWanted(_ place: String) -> Bool {
    field.map { Explainer.names($0, place) } ?? true
  }

  private func heading(_ named: NamedExplanation) -> [String] {
    let item = named.item
    let name = [named.integration, item.kind].compactMap { $0 }.map(TextColumns.oneLine).joined(
      separator: " ")
    let number =
      item.number.map { "item \($0.grouped) of \(item.total.grouped)" }
      ?? "\(item.total.grouped) \(item.total == 1 ? "item" : "items")"
    var lines = [style.bold(name) + "  " + number]
    if let origin = item.origin {
      lines.append(
        "  object   " + style.dim(TextColumns.oneLine(origin.description)))
    }
    lines.append("  mapping  " + style.dim(TextColumns.oneLine(item.location.description)))
    return lines
  }

  private func lines(_ list: ListExplanation) -> [String] {
    var remarks: [String] = []
    if let count = list.count {
      remarks.append("\(count.grouped) \(count == 1 ? "item" : "items")")
      if let place = list.place { remarks.append("this is number \(place.grouped), under `.\(list.name)`") }
      remarks.append(
        list.removed.map { "\($0) is removed from the object" } ?? "nothing is removed from the object")
    } else {
      remarks.append("not a list: the object yields no item")
    }
    return lines(list.expression, named: "itemsToParse", remark: remarks.joined(separator: "; "))
  }

  private func lines(
    _ expression: ExpressionExplanation, named name: String, remark: String? = nil
  ) -> [String] {
    ExpressionReport(style: style).lines(expression, named: name, remark: remark)
  }

  private func remark(_ verdict: ItemExplanation.Verdict) -> String? {
    switch verdict {
    case .kept: "the item is kept"
    case .filtered: "the item is filtered: it becomes no entity"
    case .failed: "the item fails: a selector must give true or false"
    case .noItem, .invalid: nil
    }
  }

  private func verdict(_ item: ItemExplanation) -> [[String]] {
    switch item.verdict {
    case .invalid(let diagnostic):
      let place = diagnostic.location.map { "  " + style.dim($0.description) } ?? ""
      return [["  " + style.red(TextColumns.oneLine(diagnostic.message)) + place]]
    case .noItem:
      return [["  " + style.yellow("No object of this kind yields an item; this is the first object.")]]
    case .kept, .filtered, .failed: return []
    }
  }

  private func results(_ item: ItemExplanation) -> [[String]] {
    item.results.map { result in
      switch result {
      case .skipped(let field):
        let reason = "Skipped: an entity needs \(field == "identifier" ? "an identifier" : "a blueprint"), "
        return ["  " + style.yellow(reason + "and `\(field)` is null or empty.")]
      case .entity(let entity):
        let yaml = String(decoding: YAMLWriter.yaml(entity.json), as: UTF8.self)
        return ["  " + style.bold("The entity")]
          + yaml.split(separator: "\n").map { line in
            "    " + TextColumns.cut(TextColumns.oneLine(String(line)), to: max(20, style.width - 4))
          }
      }
    }
  }
}
