import Portolan

/// A plan for a comment on a pull request.
struct PlanMarkdown {
  /// GitHub takes 65,536 characters in a comment.
  static let usualLimit = 65_000

  let summary: PlanSummary
  /// What is left since only some kinds were mapped.
  var left: [String] = []

  private var wording: PlanWording { PlanWording(summary: summary, namesConfig: true) }
  private typealias Block = MarkdownPage.Block

  /// The page, of at most `limit` characters.
  func render(limit: Int) -> String {
    var page = MarkdownPage(limit: limit)
    page.add(head)
    guard !summary.isEmpty else {
      if let notes = list("notes", "Notes", left.map(MarkdownText.prose)) { page.add(notes) }
      return page.whole
    }
    let blocks = [table, incomplete, deletions, holds, setup, changes, renames, notes]
    for block in blocks.compactMap({ $0 }) { page.add(block) }
    return page.whole
  }

  private var head: Block {
    let catalog = MarkdownText.code(summary.catalog) + (summary.isCatalogNew ? " (new)" : "")
    let facts = [wording.edited, wording.source].compactMap { $0 }.joined(separator: " · ")
    return Block(
      name: "the heading",
      head:
        "### Plan \(MarkdownText.code(summary.id)): \(MarkdownText.code(summary.ownerName)) → \(catalog)\n\n"
        + "**\(wording.counts)**\n\n\(facts)\n"
        + (summary.obstacle.map { "\nIt cannot be carried out: \(MarkdownText.prose($0))\n" } ?? ""),
      rows: [])
  }

  private var table: Block? {
    guard !summary.blueprints.isEmpty else { return nil }
    let title =
      "\n| blueprint | now | create | change | write | delete | hold | same | kinds |\n"
      + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
    let rows = summary.blueprints.map { row in
      let numbers = [
        row.owned, row.counts.create, row.counts.change, row.counts.write, row.counts.delete, row.counts.hold,
        row.counts.keep,
      ].map { $0 == 0 ? "·" : $0.grouped }
      let kinds = row.kinds.map { MarkdownText.code($0, isCell: true) }.joined(separator: ", ")
      return
        "| \(MarkdownText.code(row.blueprint, isCell: true)) | \(numbers.joined(separator: " | ")) | \(kinds) |\n"
    }
    return Block(name: "blueprints", head: title, rows: rows)
  }

  private var incomplete: Block? {
    list(
      "resources that are not complete", "Not complete, so nothing that they make is deleted",
      summary.resources.filter { !$0.isComplete }.map { resource in
        "\(MarkdownText.code(resource.kind))"
          + (resource.reason.map { ": \(MarkdownText.prose(ShownValue.text($0)))" } ?? "")
      })
  }

  private var deletions: Block? {
    list("deletions", "Deleted", summary.removals.filter { $0.hold == nil }.map(removal))
  }

  private var holds: Block? {
    list("holds", "Held", summary.removals.filter { $0.hold != nil }.map(removal))
  }

  private func removal(_ group: RemovalGroup) -> String {
    let list = names(group.examples, of: group.count)
    let why = group.hold.map(wording.reason) ?? wording.removal(group.cause)
    let pointers = group.pointers.map { pointer in
      let verb = pointer.count == 1 ? "relates" : "relate"
      return "\n  - \(pointer.count.grouped) \(MarkdownText.code(pointer.blueprint)) \(verb) to them by "
        + "\(MarkdownText.code("relations." + pointer.relation))"
        + pointer.fate + ": "
        + names(pointer.examples.map(\.identifier), of: pointer.count)
    }
    let advice = group.hold.map { "\n  - → \(MarkdownText.prose(wording.advice($0)))" } ?? ""
    return
      "\(MarkdownText.code(group.blueprint)) \(PlanWording.share(group.count, of: group.owned)): \(list) — "
      + MarkdownText.prose(why) + pointers.joined() + advice
  }

  private var setup: Block? {
    details(
      "steps of the setup", "Setup: \(PlanWording.count(summary.setup.count, "step", "steps"))",
      summary.setup.map { step in
        let differences = step.differences.prefix(5).map { difference in
          "\n  - \(MarkdownText.code(difference.path)): \(transition(difference.before, difference.after))"
        }
        return "\(step.subject.rawValue) \(MarkdownText.code(step.identifier)) \(step.words)"
          + (step.advice.map { ": \(MarkdownText.prose($0))" } ?? "") + differences.joined()
      })
  }

  private var changes: Block? {
    details(
      "changes", "Changes by field and cause",
      summary.changes.map { group in
        let shown = group.shownTransitions.prefix(4)
        let rest = group.count - shown.map(\.count).reduce(0, +)
        let values = shown.map { shown in
          [shown.before, shown.after].map { $0.map { MarkdownText.code($0) } ?? "nothing" }
            .joined(separator: " → ") + shown.times(in: group)
        }
        return "\(MarkdownText.code(group.blueprint)) \(MarkdownText.code(group.field)) "
          + "\(PlanWording.share(group.count, of: group.owned)), \(MarkdownText.prose(wording.change(group.cause)))\n  - "
          + (values + (rest > 0 ? ["… \(rest.grouped) more"] : [])).joined(separator: "\n  - ")
      })
  }

  private var renames: Block? {
    details(
      "renames", "Renames: \(summary.renameCount.grouped)",
      RenameGroup.groups(of: summary.renames, apart: false).map { group in
        guard group.renames.count == 1, let rename = group.renames.first else { return several(group) }
        return Self.name(rename)
          + (rename.rawIdentity.map { ", same raw object \(MarkdownText.code(ShownValue.json($0)))" } ?? "")
          + (rename.isHeld ? ", and the old one is held" : "")
      })
  }

  private func several(_ group: RenameGroup) -> String {
    let names = group.renames.prefix(5).map(Self.name)
    let rest = group.renames.count - names.count
    return MarkdownText.prose(wording.renames(group)) + ": " + names.joined(separator: ", ")
      + (rest > 0 ? ", … \(rest.grouped) more" : "")
  }

  private static func name(_ rename: Rename) -> String { "\(name(rename.from)) → \(name(rename.to))" }

  private static func name(_ key: EntityKey) -> String {
    MarkdownText.code("\(key.blueprint)/\(ShownValue.text(key.identifier))")
  }

  private var notes: Block? {
    let texts =
      [wording.duplicates, wording.writes].compactMap { $0 } + wording.takeovers + wording.foreignKeeps + left
      + summary.diagnostics.prefix(20).map { diagnostic in
        "\(diagnostic.severity.rawValue): \(ShownValue.text(diagnostic.message))"
          + (diagnostic.location.map { " (\($0))" } ?? "")
      }
    return list("notes", "Notes", texts.map(MarkdownText.prose))
  }

  // MARK: Forms

  /// The first few names, and how many more there are.
  private func names(_ names: [String], of count: Int) -> String {
    let shown = names.prefix(5)
    let rest = count - shown.count
    return shown.map { MarkdownText.code(ShownValue.text($0)) }.joined(separator: ", ")
      + (rest > 0 ? ", … \(rest.grouped) more" : "")
  }

  private func transition(_ before: String?, _ after: String?) -> String {
    func value(_ json: String?) -> String {
      json.map { MarkdownText.code(ShownValue.json($0)) } ?? "nothing"
    }
    return "\(value(before)) → \(value(after))"
  }

  private func list(_ name: String, _ title: String, _ items: [String]) -> Block? {
    items.isEmpty
      ? nil : Block(name: name, head: "\n**\(title)**\n\n", rows: items.map { "- \($0)\n" })
  }

  private func details(_ name: String, _ title: String, _ items: [String]) -> Block? {
    items.isEmpty
      ? nil
      : Block(
        name: name, head: "\n<details><summary>\(MarkdownText.html(title))</summary>\n\n",
        rows: items.map { "- \($0)\n" }, foot: "\n</details>\n")
  }
}
