import Portolan

/// What a sync did, for a person.
struct SyncText {
  /// How many groups of failures are shown.
  private static let groupLimit = 20

  let style: Style
  let report: SyncReport

  func render() -> String {
    let sections = [[head], failures, rest]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// `12 created, 32 changed, 3 deleted, 1 refused in 2.1 s`
  private var head: String {
    let result = report.result
    let parts: [(Int, String, (String) -> String)] = [
      (result.created, "created", style.green), (result.changed, "changed", style.yellow),
      (result.deleted, "deleted", style.red), (result.failed, "refused", style.red),
    ]
    let words = parts.filter { $0.0 > 0 }.map { $0.2("\($0.0.grouped) \($0.1)") }
    let counts = words.isEmpty ? "nothing was written" : words.joined(separator: ", ")
    return "\(state)  \(counts)  " + style.dim("in \(Self.seconds(report.seconds)), run \(report.run)")
  }

  private var state: String {
    switch report.result.state {
    case .completed where report.isDone && !report.plan.diagnostics.contains { $0.severity == .error }:
      style.green("done:")
    case .completed: style.yellow("done, but not all:")
    case .failed: style.red("not done:")
    case .interrupted: style.red("stopped:")
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
    var lines: [String] = []
    let remaining = report.remaining
    if remaining.operations > 0 {
      let words = [
        (remaining.create, "to create"), (remaining.change, "to change"), (remaining.write, "to write"),
        (remaining.delete, "to delete"),
      ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
      lines.append(
        TextColumns.fitted("left: \(words.joined(separator: ", ")); the next sync does it", to: style.width))
    }
    if report.plan.total.hold > 0 {
      lines.append(
        TextColumns.fitted(
          "held: \(report.plan.total.hold.grouped) that \(report.plan.total.hold == 1 ? "was" : "were") not deleted, as planned",
          to: style.width))
    }
    return lines
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
