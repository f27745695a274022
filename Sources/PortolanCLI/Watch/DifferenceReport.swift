import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a change of a file changed in the entities, for a person.
struct DifferenceReport {
  /// How many entities of each sort are listed.
  private static let limit = 10

  let style: Style

  /// The files that changed, and when that was seen.
  func heading(_ files: [String]) -> String {
    let names = files.prefix(3).map { TextColumns.oneLine(PathText.baseName($0)) }.joined(separator: ", ")
    let rest = files.count > 3 ? " and \(files.count - 3) more" : ""
    return "\(style.dim(Self.time))  \(style.bold(names))\(rest)\n"
  }

  /// What stands where entities cannot be compared.
  var waiting: String { "  " + style.dim("waiting for a config that can be run whole") + "\n" }

  /// The difference; `count` is how many entities there are now, `failures` which fields fail anew.
  func render(_ difference: EntityDifference, count: Int, failures: [WatchedRun.Failure]) -> String {
    var lines: [String] = []
    lines += list(difference.changed) { change in
      [style.yellow("~ ") + title(change.entity)] + change.fields.map(line)
    }
    lines += list(difference.added) { [style.green("+ ") + title($0)] }
    lines += list(difference.removed) { [style.red("- ") + title($0)] }
    lines += failures.map { failure in
      let place = TextColumns.oneLine("\(failure.field) of \(failure.kind)")
      return style.red("! ") + "\(place) failed \(failure.count.grouped) times: "
        + style.red(TextColumns.oneLine(failure.message))
    }
    lines.append(summary(difference, count))
    return lines.map { "  " + $0 + "\n" }.joined()
  }

  private func list<Element>(_ elements: [Element], _ lines: (Element) -> [String]) -> [String] {
    let rest = elements.count - Self.limit
    return elements.prefix(Self.limit).flatMap(lines)
      + (rest > 0 ? [style.dim("  … \(rest.grouped) more")] : [])
  }

  private func title(_ entity: Entity) -> String {
    TextColumns.oneLine(entity.blueprint) + " " + style.bold(TextColumns.oneLine(entity.identifier))
  }

  private func line(_ change: EntityDifference.FieldChange) -> String {
    let room = max(16, (style.width - TextColumns.displayWidth(change.field) - 14) / 2)
    let before = change.before.map { style.red(TextColumns.fitted($0, to: room)) }
    let after = change.after.map { style.green(TextColumns.fitted($0, to: room)) }
    let field = "    " + TextColumns.oneLine(change.field) + "  "
    switch (before, after) {
    case (let before?, let after?): return field + before + " → " + after
    case (nil, let after?): return field + "new: " + after
    case (let before?, nil): return field + "gone: " + before
    case (nil, nil): return field
    }
  }

  private func summary(_ difference: EntityDifference, _ count: Int) -> String {
    let parts = [
      (difference.changed.count, "changed"), (difference.added.count, "added"),
      (difference.removed.count, "removed"),
    ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    let total = "\(count.grouped) \(count == 1 ? "entity" : "entities")"
    return (parts.isEmpty ? ["no entity changed"] : parts).joined(separator: ", ")
      + style.dim("  of \(total)")
  }

  /// The time of day, as `14:03:07`.
  private static var time: String {
    let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: Date())
    return [parts.hour, parts.minute, parts.second].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: ":")
  }
}
