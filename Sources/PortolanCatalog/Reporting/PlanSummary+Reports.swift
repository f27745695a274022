import Portolan

extension PlanSummary {
  /// The plan for a person: what is deleted and held, what changes and why, and counts.
  ///
  /// ```swift
  /// print(plan.summary.text())
  /// ```
  ///
  /// - Parameters:
  ///   - width: how many columns a line has at most.
  ///   - next: what to run next, shown at the end.
  /// - Returns: some lines, each with its end.
  public func text(width: Int = 100, next: String? = nil) -> String {
    PlanText(style: Style(hasColour: false, width: width), summary: self, next: next).render()
  }

  /// The plan for a comment on a pull request, in Markdown of at most `limit` characters. What has no room is left out
  /// as a whole, and said.
  public func markdown(limit: Int = 65_000) -> String {
    PlanMarkdown(summary: self).render(limit: limit)
  }

  /// The plan as one JSON document, without what looks like a secret.
  public var json: [UInt8] { PlanJSON(summary: self).render() }
}

extension SyncReport {
  /// What was done, for a person.
  ///
  /// - Parameter width: how many columns a line has at most.
  /// - Returns: some lines, each with its end.
  public func text(width: Int = 100) -> String { text(Style(hasColour: false, width: width)) }

  /// What was done, as one JSON document.
  public var json: [UInt8] { SyncJSON(report: self).render() }

  /// What was done, for a person, in a style; `deletes` says whether it was allowed to delete.
  package func text(_ style: Style, deletes: Bool = true) -> String {
    SyncText(style: style, report: self, deletes: deletes).render()
  }

  /// What was done, as one JSON document that says what to do where the reader is.
  package func json(advice: @escaping (Diagnostic) -> String?) -> [UInt8] {
    SyncJSON(report: self, advice: advice).render()
  }
}
