import Portolan

/// A plan for a person: what is deleted and held first, then what changes and why, and counts at the end.
struct PlanText {
  /// How many groups of changes, renames or steps are shown where not all are asked for.
  private static let groupLimit = 20

  let style: Style
  let summary: PlanSummary
  /// Whether every group is shown.
  var isVerbose = false
  /// Whether this is a part of a plan, so that the counts are not all.
  var isPart = false
  /// What is left since only some kinds were mapped.
  var left: [String] = []
  /// What to run next, nil where nothing is proposed.
  var next: String?

  var wording: PlanWording { summary.wording }

  /// The whole of it; the entities of a verbose one come before ``ending``.
  func render() -> String { beginning + ending }

  /// Everything before the single entities.
  var beginning: String {
    if summary.isEmpty { return "" }
    let sections = [
      header, setup, PlanTable(style: style, summary: summary).lines, incomplete, removals, changes, renames,
      notes,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n\n" }.joined()
  }

  /// What is deleted and held, and how many of everything: what is read before a sync goes on.
  var short: String {
    if summary.isEmpty { return ending }
    let sections = [
      header, setup, PlanTable(style: style, summary: summary).lines, incomplete, removals, notes, [counts],
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The last line: counts, and what to do next.
  var ending: String {
    if summary.isEmpty {
      if isPart { return "nothing of this is in the plan\n" }
      let lines =
        [style.green(fitted(wording.nothingToDo))] + left.flatMap { indented([$0], by: 2) } + obstacle
      return lines.map { $0 + "\n" }.joined()
    }
    if !obstacle.isEmpty { return ([counts] + obstacle).map { $0 + "\n" }.joined() }
    guard let next, summary.hasChanges, !isPart else { return counts + "\n" }
    // A command is never cut: it is there to be run.
    let whole = "\(wording.counts)      \(next)"
    return TextColumns.displayWidth(whole) <= style.width
      ? "\(counts)      \(style.dim(next))\n" : "\(counts)\n\(style.dim(next))\n"
  }

  /// Why it cannot be carried out, whole: nothing if it can.
  private var obstacle: [String] {
    guard let obstacle = summary.obstacle else { return [] }
    return indented(["it cannot be carried out: \(obstacle)"], by: 0, style.red)
  }

  private var counts: String { style.bold(fitted((isPart ? "shown: " : "") + wording.counts)) }

  // MARK: Sections

  private var header: [String] {
    let catalog = TextColumns.oneLine(summary.catalog) + (summary.isCatalogNew ? " (new)" : "")
    let title =
      "\(style.bold("plan \(summary.id)"))  \(style.bold(TextColumns.oneLine(summary.ownerName))) "
      + "\(style.cyan("→")) \(catalog)"
    let facts = [wording.edited, wording.source].compactMap { $0 }.joined(separator: " · ")
    return [title] + indented([facts], by: 2, style.dim)
  }

  private var setup: [String] {
    let plain = isVerbose ? [] : SetupStep.Subject.inOrder.flatMap(created)
    let others = summary.setup.filter { isVerbose || !$0.isPlain }
    return plain + limited(others, "steps", step)
  }

  /// `+ blueprints jiraUser, jiraTeam, … and 3 more are created`
  private func created(_ subject: SetupStep.Subject) -> [String] {
    let steps = summary.setup.filter { $0.subject == subject && $0.isPlain }
    guard !steps.isEmpty else { return [] }
    let word = steps.count == 1 ? subject.rawValue : subject.rawValue + "s"
    let end = steps.count == 1 ? "is created" : "are created"
    let room = style.width - 6 - word.count - end.count
    let names = Self.names(steps.map(\.identifier), of: steps.count, room: max(20, room))
    return ["  \(style.green("+")) \(word) \(names) \(end)"]
  }

  private func step(_ step: SetupStep) -> [String] {
    let paint = step.isDone ? (step.action == .create ? style.green : style.yellow) : style.red
    let room = max(20, style.width - 4)
    var lines = ["  \(paint(step.sign)) " + TextColumns.fitted("\(step.name) \(step.words)", to: room)]
    let shown = isVerbose ? step.differences : Array(step.differences.prefix(3))
    lines += shown.map { "      " + transition($0.before, $0.after, $0.path, room: style.width - 6) }
    if step.differences.count > shown.count {
      lines.append("      " + style.dim("… and \((step.differences.count - shown.count).grouped) more"))
    }
    if let advice = step.advice { lines += self.advice(advice) }
    return lines
  }

  private var incomplete: [String] {
    let texts = summary.resources.filter { !$0.isComplete }.map { resource in
      let why = resource.reason.map { ": \(ShownValue.text($0))" } ?? ""
      return "\(resource.kind) is not complete, so nothing that it makes is deleted\(why)"
    }
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.flatMap { text in
      Self.wrapped(text, to: max(20, style.width - 4)).enumerated().map { index, line in
        "  \(index == 0 ? style.red("✗") : " ") \(line)"
      }
    }
  }

  private var notes: [String] {
    ([wording.duplicates, wording.writes].compactMap { $0 } + wording.takeovers + wording.foreignKeeps + left)
      .flatMap { indented([$0], by: 2) }
  }

  // MARK: Parts

  /// Some of `items`, as many as are shown, with a line that says how many more there are.
  func limited<Item>(
    _ items: [Item], _ what: String, of count: Int? = nil, each size: (Item) -> Int = { _ in 1 },
    _ lines: (Item) -> [String]
  ) -> [String] {
    let shown = isVerbose ? items[...] : items.prefix(Self.groupLimit)
    let rest = (count ?? items.count) - shown.map(size).reduce(0, +)
    let more = rest > 0 ? ["  " + style.dim("… and \(rest.grouped) more \(what)")] : []
    return shown.flatMap(lines) + more
  }

  /// `→ what to do`
  func advice(_ text: String) -> [String] {
    let lines = Self.wrapped(text, to: max(20, style.width - 8))
    return lines.enumerated().map { index, line in
      "      " + (index == 0 ? style.cyan("→") : " ") + " " + line
    }
  }

  /// Text in as many lines as it takes.
  func indented(_ texts: [String], by indent: Int, _ paint: (String) -> String = { $0 }) -> [String] {
    texts.flatMap { Self.wrapped($0, to: max(20, style.width - indent)) }
      .map { String(repeating: " ", count: indent) + paint($0) }
  }

  func fitted(_ text: String, by indent: Int = 0) -> String {
    TextColumns.fitted(text, to: max(20, style.width - indent))
  }

  /// `before → after`, with `path` in front, in at most `room` columns.
  func transition(_ before: String?, _ after: String?, _ path: String = "", room: Int) -> String {
    ChangeText(style: style).transition(before, after, path, room: room)
  }

  /// `text` in lines of `width` columns, cut where a word alone is longer.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in TextColumns.oneLine(text).split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if TextColumns.displayWidth(longer) > width, !line.isEmpty {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return (lines + [line]).map { TextColumns.fitted($0, to: width) }
  }
}
