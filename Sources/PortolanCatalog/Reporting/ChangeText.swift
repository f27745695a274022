import Portolan

/// Values before and after, in so many columns.
struct ChangeText {
  let style: Style

  /// `path: before → after`
  func transition(_ before: String?, _ after: String?, _ path: String = "", room: Int) -> String {
    let lead = path.isEmpty ? "" : TextColumns.fitted(path, to: max(16, room / 2)) + ": "
    let each = max(8, (room - TextColumns.displayWidth(lead) - 3) / 2)
    return lead + style.red(value(before, of: path, each)) + " → " + style.green(value(after, of: path, each))
  }

  /// A value of a field as it may be seen, in at most `width` columns.
  func value(_ json: String?, of field: String, _ width: Int) -> String {
    guard let json else { return "nothing" }
    return TextColumns.fitted(ShownValue.json(json, of: field), to: width)
  }

  /// `"In Progress" → "Done" ×28 · … 3 more` in at most `room` columns.
  func transitions(_ group: ChangeGroup, room: Int) -> String {
    // What follows the first one, at its widest: how often it is, and how many others there are.
    let rest = TextColumns.displayWidth(" ×\(group.count.grouped) · … \(group.count.grouped) more")
    let each = max(6, min(36, (room - 3 - rest) / 2))
    var parts: [String] = []
    var used = 0
    var shown = 0
    for transition in group.shownTransitions {
      let before = TextColumns.fitted(transition.before ?? "nothing", to: each)
      let after = TextColumns.fitted(transition.after ?? "nothing", to: each)
      let number = transition.times(in: group)
      let width = TextColumns.displayWidth("\(before) → \(after)\(number)") + (parts.isEmpty ? 0 : 3)
      guard parts.isEmpty || used + width + rest <= room else { break }
      parts.append("\(style.red(before)) → \(style.green(after))\(number)")
      used += width
      shown += transition.count
    }
    if group.count > shown { parts.append(style.dim("… \((group.count - shown).grouped) more")) }
    return parts.joined(separator: " · ")
  }
}

extension ChangeGroup {
  /// The transitions with their values as they may be seen; those that look the same are one.
  var shownTransitions: [Transition] {
    var shown: [Transition] = []
    for transition in transitions {
      let before = transition.before.map { ShownValue.json($0, of: field) }
      let after = transition.after.map { ShownValue.json($0, of: field) }
      if let place = shown.firstIndex(where: { $0.before == before && $0.after == after }) {
        shown[place].count += transition.count
      } else {
        shown.append(Transition(before: before, after: after, count: transition.count))
      }
    }
    return shown
  }
}

extension ChangeGroup.Transition {
  /// ` ×28`; nothing where it is once, or is all of the group.
  func times(in group: ChangeGroup) -> String {
    count == 1 || count == group.count ? "" : " ×\(count.grouped)"
  }
}

extension PlanText {
  /// What changes, by field and cause.
  var changes: [String] {
    let shares = summary.changes.map { PlanWording.share($0.count, of: $0.owned) }
    let causes = summary.changes.map { TextColumns.oneLine(wording.change($0.cause)) }
    let widths = changeWidths(shares, causes)
    let rows = zip(summary.changes, zip(shares, causes)).map { group, texts in
      [
        TextColumns.Cell(TextColumns.fitted(group.blueprint, to: widths.blueprint), style.bold),
        TextColumns.Cell(TextColumns.fitted(group.field, to: widths.field)), TextColumns.Cell(texts.0),
        TextColumns.Cell(TextColumns.fitted(texts.1, to: widths.cause), style.dim),
      ]
    }
    let heads = TextColumns.lines(rows, [.left, .left, .right, .left])
    return limited(Array(zip(heads, summary.changes)), "groups") { head, group in
      ["  \(style.yellow("~")) \(head)"]
        + ["      " + ChangeText(style: style).transitions(group, room: max(24, style.width - 6))]
    }
  }

  /// How wide the columns are beside the shares: the cause is cut first, then the names.
  private func changeWidths(_ shares: [String], _ causes: [String]) -> (
    blueprint: Int, field: Int, cause: Int
  ) {
    func widest(_ texts: [String]) -> Int {
      texts.map { TextColumns.displayWidth(TextColumns.oneLine($0)) }.max() ?? 0
    }
    // The mark, and two spaces between the columns.
    let room = style.width - 4 - 6 - widest(shares)
    var blueprint = min(widest(summary.changes.map(\.blueprint)), max(12, style.width / 4))
    var field = min(widest(summary.changes.map(\.field)), max(16, style.width / 3))
    let cause = min(widest(causes), max(12, room - blueprint - field))
    field = min(field, max(6, room - cause - blueprint))
    blueprint = min(blueprint, max(6, room - cause - field))
    return (blueprint, field, cause)
  }
}
