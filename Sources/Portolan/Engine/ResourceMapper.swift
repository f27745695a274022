import JQ
import RawJSON

/// Maps raw objects of one resource to entities, and keeps count. It belongs to one thread.
final class ResourceMapper {
  /// Takes an entity: the writer that can write it, its shape, and the number of the mapping that made it.
  typealias Emit = (_ writer: EntityWriter, _ template: EntityTemplate, _ mapping: Int) -> Void

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
    let place = RawPlace { object.origin?.location(of: $0, in: object.json) }
    if let defect = object.defect {
      reject(defect, at: place)
    } else {
      object.json.withScanner { document in
        map(document, at: place) { writer, template, mapping in
          entities.append(writer.entity(template, mapping: mapping, of: object))
        }
      }
    }
  }

  /// Maps the raw object in `document`, calling `emit` for each entity that comes of it.
  func map(_ document: JSONScanner, at place: borrowing RawPlace, emit: Emit) {
    recorder.countRaw(bytes: document.count)
    guard let itemParser else {
      mapItem(document, at: place, emit)
      return
    }
    switch itemParser.parse(document) {
    case .items(let items):
      for range in items {
        itemParser.withItem(range) { mapItem($0, at: place, emit) }
      }
    case .noList(let found): recorder.countUnparsed(place, found)
    case .invalid(let error): recorder.countInvalid(place, error)
    }
  }

  /// Counts what stands where a raw object should, and is none.
  func reject(_ defect: JSONError, at place: borrowing RawPlace) {
    recorder.countRaw(bytes: 0)
    recorder.countInvalid(place, defect)
  }

  /// Takes over what `other`, a mapper of the same resource, has counted.
  func merge(_ other: ResourceMapper) {
    recorder.merge(other.recorder)
  }

  /// Records that the fetcher ended with an error.
  func fetchFailed(_ diagnostic: Diagnostic) {
    recorder.fetchFailed(diagnostic)
  }

  private func mapItem(_ item: JSONScanner, at place: borrowing RawPlace, _ emit: Emit) {
    do throws(JSONError) {
      try evaluator.evaluate(item) { evaluator in
        evaluator.results.count > 1 || evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "t")
      }
    } catch {
      recorder.countInvalid(place, error)
      return
    }
    switch evaluator.results[ItemPlan.selector] {
    case .value where evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "t"):
      recorder.recordFields(evaluator)
      for mapping in plan.item.entities.indices { make(mapping, emit) }
    case .value where evaluator.firstByte(ItemPlan.selector) == UInt8(ascii: "f"):
      recorder.countFiltered()
    case .value:
      let found = String(decoding: evaluator.json(ItemPlan.selector), as: UTF8.self)
      recorder.countFailedSelector(place, "gives \(found.shortened(to: 80)), neither true nor false")
    case .nothing:
      recorder.countFailedSelector(place, "gives nothing, neither true nor false")
    case .failure(let message):
      recorder.countFailedSelector(place, "failed: \(message)")
    }
  }

  private func make(_ mapping: Int, _ emit: Emit) {
    let template = plan.item.entities[mapping]
    let writer = EntityWriter(evaluator)
    guard writer.isTruthy(template.identifier), writer.isTruthy(.field(template.blueprint)) else {
      recorder.countSkipped()
      return
    }
    recorder.countMapped()
    emit(writer, template, mapping)
  }
}

/// Where a raw object came from; worked out only for one that something is said of.
struct RawPlace: ~Copyable {
  /// The place of the byte at an offset of the object, nil where the object came from nowhere.
  let location: (Int) -> SourceLocation?
}

extension String {
  /// The text, cut to `limit` characters with an ellipsis where it is longer.
  func shortened(to limit: Int) -> String {
    count > limit ? prefix(limit - 1) + "…" : self
  }
}
