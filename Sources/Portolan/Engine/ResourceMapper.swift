import JQ
import RawJSON

/// Maps raw objects of one resource to entities, and keeps count. It belongs to one thread.
final class ResourceMapper {
  private let plan: ResourcePlan
  private let evaluator: ExpressionEvaluator
  private let itemParser: ItemParser?
  private var recorder: ReportRecorder

  init(_ plan: ResourcePlan, environment: JQEnvironment) {
    self.plan = plan
    evaluator = ExpressionEvaluator(plan.item.expressions, environment: environment)
    itemParser = plan.items.map { ItemParser($0, environment: environment) }
    recorder = ReportRecorder(plan)
  }

  /// What has come of the objects so far.
  var report: ResourceReport { recorder.report }

  /// Compiles what libjq must run and reports what does not compile.
  func compile() {
    recorder.record(rejections: evaluator.rejections, of: plan.item)
    if let itemParser { recorder.record(itemsRejection: itemParser.rejection) }
  }

  /// Maps `object`; its entities are appended to `entities`.
  func map(_ object: RawObject, into entities: inout [Entity]) {
    recorder.countRaw(object)
    if let defect = object.defect {
      recorder.countInvalid(object, defect)
      return
    }
    guard let itemParser else {
      object.json.withScanner { mapItem($0, of: object, into: &entities) }
      return
    }
    switch itemParser.parse(object.json) {
    case .items(let items):
      for range in items {
        itemParser.withItem(range) { mapItem($0, of: object, into: &entities) }
      }
    case .noList(let found): recorder.countUnparsed(object, found)
    case .invalid(let error): recorder.countInvalid(object, error)
    }
  }

  /// Records that the fetcher ended with an error.
  func fetchFailed(_ diagnostic: Diagnostic) {
    recorder.fetchFailed(diagnostic)
  }

  private func mapItem(
    _ item: JSONScanner, of object: RawObject, into entities: inout [Entity]
  ) {
    do throws(JSONError) {
      try evaluator.evaluate(item) { evaluator in
        evaluator.results.count > 1 || evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "t")
      }
    } catch {
      recorder.countInvalid(object, error)
      return
    }
    switch evaluator.results[ItemPlan.selector] {
    case .value where evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "t"):
      recorder.recordFields(evaluator)
      for mapping in plan.item.entities.indices { make(mapping, of: object, into: &entities) }
    case .value where evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "f"):
      recorder.countFiltered()
    case .value:
      let found = String(decoding: evaluator.json(ItemPlan.selector), as: UTF8.self)
      recorder.countFailedSelector(object, "gives \(found.shortened(to: 80)), neither true nor false")
    case .nothing:
      recorder.countFailedSelector(object, "gives nothing, neither true nor false")
    case .failure(let message):
      recorder.countFailedSelector(object, "failed: \(message)")
    }
  }

  private func make(_ mapping: Int, of object: RawObject, into entities: inout [Entity]) {
    let template = plan.item.entities[mapping]
    let writer = EntityWriter(evaluator)
    guard writer.isTruthy(template.identifier), writer.isTruthy(.field(template.blueprint)) else {
      recorder.countSkipped()
      return
    }
    recorder.countMapped()
    entities.append(writer.entity(template, mapping: mapping, of: object))
  }
}

extension String {
  /// The text, cut to `limit` characters with an ellipsis where it is longer.
  func shortened(to limit: Int) -> String {
    count > limit ? prefix(limit - 1) + "…" : self
  }
}
