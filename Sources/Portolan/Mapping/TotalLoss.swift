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
    if let page = report.uncutPage { return [page] }
    let look = look(at: report.unmappedSample(of: resource), of: resource)
    let plan = ResourcePlan(resource)
    let survey = ResourceSurvey(look, plan)
    let loss = report.loss.flatMap { loss in
      let wording = LossWording(report: report, resource: resource, loss: loss)
      return wording.diagnostic(LossEvidence(wording: wording, survey: survey, look: look).evidence())
    }
    let failed = self.look(at: report.failingSample(of: resource), of: resource)
    let failing = FailingFieldCheck(
      report: report, plan: plan, look: failed, survey: ResourceSurvey(failed, plan),
      explained: Set([loss?.field].compactMap { $0 }))
    return [loss].compactMap { $0 } + failing.diagnostics().filter { $0.severity == .error }
  }

  private func look(at sample: RawSample, of resource: ResourceConfig) -> SecondLook {
    SecondLook(
      resource: resource, source: .fetcher(FixtureFetcher(FixtureFolder(".")), sample),
      environment: environment)
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

  /// The first objects, where each is a page with the list of objects in it, and none became an entity.
  fileprivate var uncutPage: Diagnostic? {
    guard mapped == 0, let first = unmapped.first, let path = first.list(ofKind: kind),
      unmapped.allSatisfy({ $0.list(ofKind: kind) == path })
    else { return nil }
    let text = JSONPath(path.map { .key($0) }).description
    let what =
      raw == 1
      ? "the one object of kind `\(kind)` looks" : "the \(raw.grouped) objects of kind `\(kind)` look"
    return Diagnostic(
      .error, .pageNotCut,
      "\(what) like what an API answers, with the list of objects in `\(text)`; none became an entity",
      remedy: .cutPages(at: text), at: first.location)
  }
}

extension UnmappedObject {
  /// The keys that lead to the list of objects, where the object is a page with one.
  fileprivate func list(ofKind kind: String) -> [String]? {
    guard status != .invalid else { return nil }
    let name = AnswerList.letters(kind)
    return AnswerList.path(in: JSONView(valid: object), names: [name, name + "s"])
  }
}

extension Diagnostic.Rule {
  /// Objects that are pages, each with the list of objects in it.
  public static let pageNotCut = Self("page-not-cut")
}
