import Portolan

extension PlanText {
  /// What is deleted, then what is held: how many, why, who points to them, and what to do.
  var removals: [String] {
    let groups = summary.removals.filter { $0.hold == nil } + summary.removals.filter { $0.hold != nil }
    return limited(groups, "groups", removal)
  }

  private func removal(_ group: RemovalGroup) -> [String] {
    let isHeld = group.hold != nil
    let share = PlanWording.share(group.count, of: group.owned)
    let lead =
      "\(TextColumns.fitted(group.blueprint, to: max(12, style.width / 3)))  \(share) \(isHeld ? "held" : "deleted")"
    let sign = isHeld ? style.yellow("!") : style.red("−")
    let room = style.width - 6 - TextColumns.displayWidth(lead)
    let names = room >= 32 ? "  " + Self.names(group.examples, of: group.count, room: room) : ""
    var lines = ["  \(sign) \(isHeld ? style.yellow(lead) : style.red(lead))\(names)"]
    if room < 32 {
      lines.append("      " + Self.names(group.examples, of: group.count, room: max(20, style.width - 6)))
    }
    let why = group.hold.map(reason) ?? wording.removal(group.cause)
    lines += indented([why], by: 6)
    lines += group.pointers.flatMap(pointers)
    if let hold = group.hold { lines += advice(wording.advice(hold)) }
    return lines
  }

  /// Why a group is held; what is wrong with a resource has been said.
  private func reason(_ hold: HoldReason) -> String {
    if case .incomplete(let kind, _, _) = hold, !kind.isEmpty { return "\(kind) was not read to its end" }
    return wording.reason(hold)
  }

  /// `41 jiraIssue relate to them (relations.assignee): TICK-1, … and 40 more`
  private func pointers(_ pointers: RemovalGroup.Pointers) -> [String] {
    let lead =
      "\(pointers.count.grouped) \(pointers.blueprint) \(pointers.count == 1 ? "relates" : "relate") to them "
      + "(relations.\(pointers.relation))\(pointers.fate):"
    let names = pointers.examples.map(\.identifier)
    let room = style.width - 7 - TextColumns.displayWidth(lead)
    guard room < 32 else {
      return ["      " + TextColumns.oneLine(lead) + " " + Self.names(names, of: pointers.count, room: room)]
    }
    return indented([lead], by: 6)
      + ["        " + Self.names(names, of: pointers.count, room: max(20, style.width - 8))]
  }

  /// `ROUTE-12, ROUTE-19, … and 3 more` in at most `room` columns, each name in half of it or what is given.
  static func names(_ names: [String], of count: Int, room: Int, each: Int? = nil) -> String {
    var text = ""
    var shown = 0
    for name in names {
      let part =
        (shown > 0 ? ", " : "")
        + TextColumns.fitted(
          ShownValue.text(name), to: max(8, min(each ?? room / 2, room - 13 - count.grouped.count)))
      let rest = count - shown - 1
      let reserve = rest > 0 ? rest.grouped.count + 13 : 0
      guard shown == 0 || TextColumns.displayWidth(text + part) + reserve <= room else { break }
      text += part
      shown += 1
    }
    let rest = count - shown
    return rest > 0 ? text + (shown > 0 ? ", … and \(rest.grouped) more" : "\(rest.grouped)") : text
  }
}
