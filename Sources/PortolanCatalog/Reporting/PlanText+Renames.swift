import Portolan

extension PlanText {
  /// What gets another identifier: the same raw objects, or by which line.
  var renames: [String] {
    let groups = RenameGroup.groups(of: summary.renames, apart: isVerbose)
    var lines = limited(groups, "renames", of: summary.renameCount, each: \.renames.count) { group in
      guard group.renames.count == 1 else { return several(group) }
      return ["  \(style.cyan("→")) " + TextColumns.fitted(one(group), to: max(20, style.width - 4))]
    }
    if !lines.isEmpty { lines.append("    " + style.dim(fitted(RenameGroup.note(groups), by: 4))) }
    return lines
  }

  /// `jiraProject OPS → PLAT  same raw object "10042"`
  private func one(_ group: RenameGroup) -> String {
    guard let rename = group.renames.first else { return "" }
    let why =
      rename.rawIdentity.map { "same raw object \(ShownValue.json($0))" } ?? wording.change(rename.cause)
    let held = rename.isHeld ? ", and \(ShownValue.text(rename.from.identifier)) is held" : ""
    return "\(group.lead)\(group.name(rename))  \(why)\(held)"
  }

  /// `jiraUser  11 renamed by line 58`, and a line below `a → b, c → d, … and 9 more`
  private func several(_ group: RenameGroup) -> [String] {
    let lead = TextColumns.fitted("\(group.lead) \(wording.renames(group))", to: max(20, style.width - 4))
    let room = max(28, style.width - 6)
    let count = group.renames.count
    // Both names of one rename, and how many more there are, have room.
    let each = max(4, (room - 16 - count.grouped.count) / 2)
    let pairs = group.renames.map { group.name($0) { TextColumns.fitted($0, to: each) } }
    return [
      "  \(style.cyan("→")) \(lead)", "      " + Self.names(pairs, of: count, room: room, each: room),
    ]
  }
}

/// Renames within a blueprint, or between the same two, that have the same cause.
struct RenameGroup {
  /// How many are worth a group.
  private static let least = 3

  private struct Key: Hashable {
    var from: String
    var to: String
    var cause: PlanCause
    var isHeld: Bool
  }

  var renames: [Rename]

  /// The groups, in the order of their first renames; where there are few of one, or all are shown `apart`, each by
  /// itself.
  static func groups(of renames: [Rename], apart: Bool) -> [RenameGroup] {
    var places: [Key: Int] = [:]
    var groups: [RenameGroup] = []
    for rename in renames {
      let key = Key(
        from: rename.from.blueprint, to: rename.to.blueprint, cause: rename.cause, isHeld: rename.isHeld)
      if let place = places[key] {
        groups[place].renames.append(rename)
      } else {
        places[key] = groups.count
        groups.append(RenameGroup(renames: [rename]))
      }
    }
    return groups.flatMap { group in
      apart || group.renames.count < least ? group.renames.map { RenameGroup(renames: [$0]) } : [group]
    }
  }

  /// What a rename is, in one line.
  static func note(_ groups: [RenameGroup]) -> String {
    let isHeld = groups.map { $0.renames.first?.isHeld ?? false }
    if !isHeld.contains(true) { return "a rename is a create and a delete, counted above" }
    return isHeld.contains(false)
      ? "a rename is a create and a delete or a hold, counted above"
      : "a rename is a create and a delete; what is held stays, too"
  }

  private var isWithin: Bool { renames.first.map { $0.from.blueprint == $0.to.blueprint } ?? true }

  /// The blueprint, where it is one.
  var lead: String { isWithin ? (renames.first?.to.blueprint ?? "") + " " : "" }

  /// `OPS → PLAT`, each name as `fit` makes it.
  func name(_ rename: Rename, _ fit: (String) -> String = { $0 }) -> String {
    let names = [rename.from, rename.to].map { isWithin ? $0.identifier : "\($0)" }
    return names.map { fit(ShownValue.text($0)) }.joined(separator: " → ")
  }
}

extension PlanWording {
  /// `11 renamed by line 58, and the old ones are held`
  func renames(_ group: RenameGroup) -> String {
    guard let first = group.renames.first else { return "" }
    let held = first.isHeld ? ", and the old ones are held" : ""
    return "\(group.renames.count.grouped) renamed \(change(first.cause))\(held)"
  }
}
