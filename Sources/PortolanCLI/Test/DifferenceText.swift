import Portolan

/// Entities' differences as lines for a person.
struct DifferenceText {
  /// The longest value that is shown, in columns.
  private static let valueLimit = 80

  let style: Style
  /// What to say of a value that is null, by its path.
  var failures: [String: String] = [:]

  /// `+ jiraIssue TICK-1`, and for what has changed a line a value, the first beside the entity if it is
  /// the only one.
  func lines(_ difference: EntityDifference) -> [String] {
    let name = TextColumns.oneLine("\(difference.blueprint) \(difference.identifier)")
    switch difference.change {
    case .added: return [style.green("+ \(name)")]
    case .removed: return [style.red("- \(name)")]
    case .changed(let values):
      let changes = values.map(change)
      let head = style.yellow("~ \(name)")
      return changes.count == 1 ? ["\(head)  \(changes[0])"] : [head] + changes.map { "    " + $0 }
    }
  }

  /// `properties.status: "Done" → "In Review"`
  private func change(_ value: ValueDifference) -> String {
    let path = TextColumns.oneLine(value.path)
    let failure = value.new == "null" ? failures[value.path].map { "  " + style.dim("(\($0))") } : nil
    return "\(path): \(style.red(text(value.old))) → \(style.green(text(value.new)))" + (failure ?? "")
  }

  private func text(_ json: String?) -> String {
    json.map { TextColumns.fitted($0, to: Self.valueLimit) } ?? "(absent)"
  }
}

extension [EntityDifference] {
  /// `2 changed, 1 added`
  var counts: String {
    let changed = count { if case .changed = $0.change { true } else { false } }
    let added = count { $0.change == .added }
    let removed = count { $0.change == .removed }
    return [(changed, "changed"), (added, "added"), (removed, "gone")].filter { $0.0 > 0 }
      .map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
  }
}
