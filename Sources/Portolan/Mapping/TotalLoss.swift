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
    let look = look(at: report.unmappedSample(of: resource), of: resource, ended: report.ended)
    let plan = ResourcePlan(resource)
    let survey = ResourceSurvey(look, plan)
    let loss = report.loss.flatMap { loss in
      let wording = LossWording(report: report, resource: resource, loss: loss)
      return wording.diagnostic(
        LossEvidence(wording: wording, survey: survey, look: look, plan: plan).evidence())
    }
    let failed = self.look(at: report.failingSample(of: resource), of: resource, ended: report.ended)
    let failing = FailingFieldCheck(
      report: report, plan: plan, look: failed, survey: ResourceSurvey(failed, plan),
      explained: Set([loss?.field].compactMap { $0 }))
    return [loss].compactMap { $0 } + failing.diagnostics().filter { $0.severity == .error }
  }

  private func look(at sample: RawSample, of resource: ResourceConfig, ended: Set<String>) -> SecondLook {
    SecondLook(
      resource: resource, source: .fetcher(FixtureFetcher(FixtureFolder(".")), sample),
      environment: environment, ended: ended)
  }
}

extension ResourceReport {
  /// The first objects of which no entity was made, to look at them again.
  fileprivate func unmappedSample(of resource: ResourceConfig) -> RawSample {
    let sample = RawSample()
    for object in unmapped where object.status != .invalid {
      sample.keep(
        RawPage(object.object, objectsAt: .object, location: object.location), for: FetchRequest(resource))
    }
    return sample
  }

  /// The first objects on which fields failed, to look at them again.
  fileprivate func failingSample(of resource: ResourceConfig) -> RawSample {
    let sample = RawSample()
    for object in failing {
      sample.keep(
        RawPage(object.json, objectsAt: .object, location: object.origin), for: FetchRequest(resource))
    }
    return sample
  }
}
