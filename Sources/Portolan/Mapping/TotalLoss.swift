import JQ
import RawJSON

extension CompiledMapping {
  /// What says that all of something was lost: that no object became an entity, and why; that objects look like pages
  /// of objects; that a field failed on all of them. None of it is in the report's own diagnostics.
  ///
  /// ```swift
  /// for report in mapping.report(on: mapping.map(page, kind: "issue")) {
  ///   for loss in mapping.losses(in: report) { print(loss.text()) }
  /// }
  /// ```
  ///
  /// A selector that kept no object, and a list of items that was empty on all, are warnings: a part of a stream may
  /// rightly be so.
  /// - Parameter report: what a run of this mapping came to.
  /// - Returns: the findings, with what the first objects without an entity show.
  public func losses(in report: ResourceReport) -> [Diagnostic] {
    guard report.raw > 0, let resource = config.resource(at: report.index) else { return [] }
    if var page = UncutPages(report: report, resource: resource).found {
      page.diagnostic.remedy = .cutPages(at: page.path)
      return [page.diagnostic]
    }
    let source = RunSource.fetcher(FixtureFetcher(FixtureFolder(".")), report.sample(of: resource))
    let look = SecondLook(
      resource: resource, source: source, environment: environment, ended: report.ended)
    let plan = ResourcePlan(resource)
    let survey = ResourceSurvey(look, plan)
    let loss = report.loss.flatMap { loss in
      let wording = LossWording(report: report, resource: resource, loss: loss)
      return wording.diagnostic(LossEvidence(wording: wording, survey: survey, look: look).evidence())
    }
    let failing = FailingFieldCheck(
      report: report, plan: plan, look: look, survey: survey,
      explained: Set([loss?.field].compactMap { $0 }))
    return [loss].compactMap { $0 } + failing.diagnostics().filter { $0.severity == .error }
  }
}

extension ResourceReport {
  /// The first objects of which no entity was made, to look at them again.
  fileprivate func sample(of resource: ResourceConfig) -> RawSample {
    let sample = RawSample()
    for object in unmapped where object.status != .invalid {
      sample.keep(
        RawPage(object.object, objectsAt: .object, location: object.location), for: FetchRequest(resource))
    }
    return sample
  }
}
