import Portolan

/// What a sync did, for a person.
struct SyncText {
  /// How many groups of failures are shown.
  private static let groupLimit = 20

  let style: Style
  let report: SyncReport
  /// Whether it was allowed to delete.
  var deletes = true

  func render() -> String {
    let sections = [head, failures, rest]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// `done:  12 created, 32 changed, 3 deleted, 1 refused  in 2.1 s, run 5a4be0c1`
  private var head: [String] {
    // Eight digits tell a run from others, and are what the history of an entity shows.
    let end = "in \(Self.seconds(report.seconds)), run \(TextColumns.oneLine(String(report.run.prefix(8))))"
    let width = TextColumns.displayWidth(lead(Style(hasColour: false, width: style.width)) + "  " + end)
    return width > style.width ? [lead(style), "  " + style.dim(end)] : [lead(style) + "  " + style.dim(end)]
  }

  /// `done:  12 created, 32 changed, 3 deleted, 1 refused`
  private func lead(_ style: Style) -> String {
    let result = report.result
    let parts: [(Int, String, (String) -> String)] = [
      (result.created, "created", style.green), (result.changed, "changed", style.yellow),
      (result.deleted, "deleted", style.red), (result.failed, "refused", style.red),
      (report.overtaken, "written by events meanwhile", style.dim),
    ]
    let words = parts.filter { $0.0 > 0 }.map { $0.2("\($0.0.grouped) \($0.1)") }
    return state(style) + "  " + (words.isEmpty ? "nothing was written" : words.joined(separator: ", "))
  }

  private func state(_ style: Style) -> String {
    let isFine = report.isDone && !report.plan.diagnostics.contains { $0.severity == .error }
    switch report.result.state {
    case .completed: return isFine ? style.green("done:") : style.yellow("done, but not all:")
    case .failed: return style.red("not done:")
    case .interrupted: return style.red("stopped:")
    }
  }

  private var failures: [String] {
    let groups = FailureGroup.groups(of: report.failures)
    let shown = groups.prefix(Self.groupLimit)
    let rest = report.result.failed - shown.map(\.failures.count).reduce(0, +)
    return shown.flatMap(lines)
      + (rest > 0 ? ["  " + style.dim("… and \(rest.grouped) more that were refused")] : [])
  }

  /// What was refused, in which words, made of what by which line.
  private func lines(_ group: FailureGroup) -> [String] {
    let failure = group.failures[0]
    let count = group.failures.count
    let name =
      count == 1
      ? "\(failure.key.blueprint) \(ShownValue.text(failure.key.identifier))"
      : "\(count.grouped) \(failure.key.blueprint)"
    let verb = count == 1 ? "was" : "were"
    let what = failure.action == .delete ? "\(verb) not deleted" : "\(verb) not written"
    let refusal = failure.refusal
    let words = "\(refusal.code) (\(refusal.status)): \(ShownValue.text(refusal.message))"
    var lines = ["  \(style.red("✗ \(TextColumns.fitted(name, to: max(20, style.width - 20)))")) \(what)"]
    lines += PlanText.wrapped(words, to: max(20, style.width - 6)).map { "      " + $0 }
    if count > 1 {
      let names = group.failures.map(\.key.identifier)
      lines.append("      " + PlanText.names(names, of: count, room: max(20, style.width - 6)))
    }
    if let location = failure.location { lines.append(note("by the mapping at \(location)")) }
    if let origin = failure.origin {
      lines.append(
        note(
          "\(count == 1 ? "made of" : "the first of them made of") the \(origin.kind)"
            + (origin.location.map { " at \($0)" } ?? "")))
    }
    return lines
  }

  private func note(_ text: String) -> String {
    "      " + style.dim(TextColumns.fitted(text, to: max(20, style.width - 6)))
  }

  /// What is left to do.
  private var rest: [String] {
    [left, held].compactMap { $0 }.map { TextColumns.fitted($0, to: style.width) }
  }

  /// `left: 2 to create, 1 to delete; the next sync does it`
  private var left: String? {
    let remaining = report.remaining
    guard remaining.operations > 0 else { return nil }
    let words = [
      (remaining.create, "to create"), (remaining.change, "to change"), (remaining.write, "to write"),
      (remaining.delete, "to delete"),
    ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    let list = "left: \(words.joined(separator: ", "))"
    guard !deletes, remaining.delete > 0 else { return "\(list); the next sync does it" }
    return remaining.operations == remaining.delete
      ? "\(list); a sync with --yes does it" : "\(list); the next sync does it, with --yes all of it"
  }

  private var held: String? {
    let hold = report.plan.total.hold
    guard hold > 0 else { return nil }
    return "held: \(hold.grouped) that \(hold == 1 ? "was" : "were") not deleted, as planned"
  }

  /// `2.1 s`, `3 min 20 s`
  static func seconds(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "some time" }
    if seconds < 60 { return "\((seconds * 10).rounded() / 10) s" }
    return "\((Int(seconds) / 60).grouped) min \(Int(seconds) % 60) s"
  }
}

/// Entities of one blueprint that were refused for the same mistake, because of the same line.
struct FailureGroup {
  private struct Key: Hashable {
    var blueprint: String
    var isDeletion: Bool
    var location: SourceLocation?
    var mistake: Mistake
  }

  var failures: [SyncFailure]

  /// The groups, in the order of their first failures.
  static func groups(of failures: [SyncFailure]) -> [FailureGroup] {
    var places: [Key: Int] = [:]
    var groups: [FailureGroup] = []
    for failure in failures {
      let key = Key(
        blueprint: failure.key.blueprint, isDeletion: failure.action == .delete, location: failure.location,
        mistake: Mistake(failure.refusal, in: failure.key.blueprint))
      if let place = places[key] {
        groups[place].failures.append(failure)
      } else {
        places[key] = groups.count
        groups.append(FailureGroup(failures: [failure]))
      }
    }
    return groups
  }
}
