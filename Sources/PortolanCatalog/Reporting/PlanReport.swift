import Portolan

/// A plan with its entities, as far as a filter shows them: memory does not grow with the plan.
package struct PlanReport: Sendable {
  private let plan: SyncPlan
  /// The whole summary.
  package private(set) var summary: PlanSummary
  /// What is shown.
  package var filter = PlanFilter()

  /// The report of a plan.
  package init(_ plan: SyncPlan) {
    self.plan = plan
    summary = plan.summary
  }

  /// Says that the plan was made for a catalog that is not there yet, in the plan itself, too.
  package mutating func setNewCatalog(_ name: String) throws {
    summary.catalog = name
    summary.isCatalogNew = true
    try plan.file.setSummary(summary)
  }

  /// The part of the summary that is shown.
  package var shown: PlanSummary { summary.filtered(filter) }

  private var left: [String] { summary.wording.left(filter) }

  /// The plan for a comment on a pull request.
  package var markdown: String {
    PlanMarkdown(summary: shown, left: left).render(limit: PlanMarkdown.usualLimit)
  }

  /// The plan for a person.
  package func text(_ style: Style, next: String? = nil) -> String {
    PlanText(style: style, summary: shown, isPart: filter.isPart, left: left, next: next).render()
  }

  /// What is deleted and held, and counts: what is read before a sync goes on.
  package func shortText(_ style: Style) -> String {
    PlanText(style: style, summary: shown, left: left).short
  }

  /// Gives the plan with every entity for a person, some at a time.
  package func writeText(_ style: Style, next: String? = nil, into output: (String) throws -> Void) throws {
    let text = PlanText(
      style: style, summary: shown, isVerbose: true, isPart: filter.isPart, left: left, next: next)
    try output(text.beginning)
    try OperationText(style: style, wording: summary.wording, filter: filter).write(plan.file, into: output)
    try output(text.ending)
  }

  /// Gives the plan as one JSON document, with every entity if asked to, some at a time.
  package func writeJSON(
    withOperations: Bool, advice: @escaping (Diagnostic) -> String?, into output: ([UInt8]) throws -> Void
  ) throws {
    let json = PlanJSON(summary: shown, filter: filter, advice: advice)
    if withOperations { try json.write(plan.file, into: output) } else { try output(json.render()) }
  }

  /// Goes through the entities that are deleted, some at a time.
  package func forEachDeletion(_ body: ([EntityKey]) throws -> Void) throws {
    var last: Int64 = 0
    while true {
      let page = try plan.file.operations([.delete], after: last)
      guard let end = page.last?.number else { return }
      last = end
      try body(page.map(\.key))
    }
  }
}
