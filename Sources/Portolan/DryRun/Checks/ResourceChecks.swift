import JQ

/// Checks what became of a resource's raw objects, with another look at them where there is something to explain.
struct ResourceChecks {
  /// What there is to say.
  struct Findings {
    /// What is wrong with single objects, and with what does not compile.
    var ofObjects: [Diagnostic]
    /// What is wrong with the resource as a whole.
    var ofResource: [Diagnostic] = []
    /// The identifiers that are made of nothing.
    var blankIdentifiers: Set<String> = []
  }

  private let config: PortAppConfig
  private let report: ResourceReport
  private let source: RunSource
  private let environment: JQEnvironment

  init(
    _ config: PortAppConfig, _ report: ResourceReport, _ source: RunSource, _ environment: JQEnvironment
  ) {
    self.config = config
    self.report = report
    self.source = source
    self.environment = environment
  }

  func diagnostics() -> Findings {
    guard report.raw > 0, let resource = config.resource(at: report.index) else {
      return Findings(ofObjects: report.diagnostics)
    }
    if let pages = UncutPages(report: report, resource: resource).found { return findings(of: pages) }
    let plan = ResourcePlan(resource)
    let look = SecondLook(
      resource: resource, source: source, environment: environment, ended: report.ended)
    let survey = ResourceSurvey(look, plan)
    let loss = report.loss.flatMap { loss in
      let wording = LossWording(report: report, resource: resource, loss: loss)
      return wording.diagnostic(
        LossEvidence(wording: wording, survey: survey, look: look, plan: plan).evidence())
    }
    let lost = Set([loss?.field].compactMap { $0 })
    let failed = report.passed == 0 ? [] : report.fields.filter { $0.errors == report.passed }.map(\.field)
    let isForeign = report.loss == .skipped && report.findsNothing(plan) != nil
    let absent = AbsentKeyCheck(
      report: report, plan: plan, survey: survey, explained: lost.union(failed), namesLikelyAlone: isForeign)
    let failing = FailingFieldCheck(
      report: report, plan: plan, look: look, survey: survey, explained: lost)
    // A list that is none of any object is said once.
    let ofObjects = report.diagnostics.filter { $0.rule != .unparsedItems || report.loss != .unparsed }
      .map { $0.rule == .selectorFailed ? FailingSelector(look, survey).explained($0) : $0 }
    // So is a key because of which the selector fails.
    let absences = absent.diagnostics().filter { absence in
      !ofObjects.contains { $0.rule == .selectorFailed && $0.location == absence.location }
    }
    let blank = BlankIdentifierCheck(report: report, plan: plan, look: look)
    return Findings(
      ofObjects: ofObjects,
      ofResource: blank.diagnostics + [loss].compactMap { $0 } + absences
        + HasCallCheck(report: report, survey: survey, explained: lost.union(failed)).diagnostics()
        + OrderComparisonCheck(report: report, survey: survey, explained: lost.union(failed)).diagnostics()
        + PathInTextCheck(report: report, plan: plan, survey: survey).diagnostics()
        + (isForeign ? [] : failing.diagnostics()),
      blankIdentifiers: blank.identifiers)
  }

  /// That the objects are pages, and nothing that follows from it.
  private func findings(of pages: UncutPages.Found) -> Findings {
    var finding = pages.diagnostic
    let list = report.raw == 1 ? pages.path : pages.path + "[]"
    finding.help =
      (source.isFixtures ? "leave the list alone in the file" : "give the list alone")
      + ": `jq '\(list)'` takes it out"
    return Findings(
      ofObjects: report.diagnostics.filter { $0.rule != .unparsedItems && $0.rule != .selectorFailed },
      ofResource: [finding])
  }
}
