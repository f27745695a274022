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

  /// `"In Progress" → "Done" 28 · … 3 more` in at most `room` columns.
  func transitions(_ group: ChangeGroup, room: Int) -> String {
    let each = max(8, min(36, (room - 12) / 2))
    var parts: [String] = []
    var used = 0
    var shown = 0
    for transition in group.transitions {
      let before = value(transition.before, of: group.field, each)
      let after = value(transition.after, of: group.field, each)
      let isOnly = group.transitions.count == 1 && group.otherTransitions == 0
      let number = isOnly ? "" : " \(transition.count.grouped)"
      let width = TextColumns.displayWidth("\(before) → \(after)\(number)") + (parts.isEmpty ? 0 : 3)
      guard parts.isEmpty || used + width + 14 <= room else { break }
      parts.append("\(style.red(before)) → \(style.green(after))\(number)")
      used += width
      shown += transition.count
    }
    if group.count > shown { parts.append(style.dim("… \((group.count - shown).grouped) more")) }
    return parts.joined(separator: " · ")
  }
}

extension PlanText {
  /// What changes, by field and cause.
  var changes: [String] {
    let rows = summary.changes.map { group in
      [
        TextColumns.Cell(TextColumns.fitted(group.blueprint, to: max(12, style.width / 4)), style.bold),
        TextColumns.Cell(TextColumns.fitted(group.field, to: max(16, style.width / 3))),
        TextColumns.Cell(PlanWording.share(group.count, of: group.owned)),
        TextColumns.Cell(TextColumns.oneLine(wording.change(group.cause)), style.dim),
      ]
    }
    let heads = TextColumns.lines(rows, [.left, .left, .right, .left])
    return limited(Array(zip(heads, summary.changes)), "groups") { head, group in
      ["  \(style.yellow("~")) \(head)"]
        + ["      " + ChangeText(style: style).transitions(group, room: max(24, style.width - 6))]
    }
  }
}
