import JQ
import RawJSON

/// Maps raw objects of one resource to entities, and keeps count. It belongs to one thread.
struct ResourceMapper {
  /// Takes an entity that has been made: the evaluated fields, the item that they were evaluated on, the
  /// entity's shape, and the number of the mapping that made it.
  typealias Emit = (
    _ fields: borrowing ExpressionEvaluator, _ item: JSONScanner, _ template: EntityTemplate, _ mapping: Int
  ) -> Void

  /// Where the byte at an offset of the raw object's text stands, nil where the object came from nowhere.
  /// Asked only for an object that something is said of.
  typealias Place = (_ offset: Int) -> SourceLocation?

  private let plan: ResourcePlan
  private var evaluator: ExpressionEvaluator
  private var itemParser: ItemParser?
  private var recorder: ReportRecorder

  init(_ plan: ResourcePlan, environment: JQEnvironment) {
    self.plan = plan
    evaluator = ExpressionEvaluator(plan.item.expressions, environment: environment)
    itemParser = plan.items.map { ItemParser($0, environment: environment) }
    recorder = ReportRecorder(plan)
  }

  /// What has come of the objects so far.
  var report: ResourceReport { recorder.report }

  /// How many raw objects there were so far.
  var objectCount: Int { recorder.objectCount }

  /// Compiles what libjq must run and reports what does not compile.
  mutating func compile() {
    recorder.record(rejections: evaluator.rejections, of: plan.item)
    recorder.record(itemsRejection: itemParser?.rejection)
  }

  /// Maps `object`; its entities are appended to `entities`.
  mutating func map(_ object: RawObject, into entities: inout [Entity]) {
    let place: Place = { object.location(ofOffset: $0) }
    if let defect = object.defect {
      reject(defect, at: place)
    } else {
      object.json.withScanner { document in
        map(document, at: place) { fields, item, template, mapping in
          entities.append(template.entity(fields, item, mapping: mapping, of: object))
        }
      }
    }
  }

  /// Maps the raw object that is all of `document`, calling `emit` for each entity that comes of it.
  mutating func map(_ document: JSONScanner, at place: Place, emit: Emit) {
    do throws(JSONError) {
      let start = document.skipWhitespace(0)
      let end = try begin(document, at: start)
      try document.checkEnd(end)
      map(document, start..<end, at: place, emit: emit)
    } catch {
      reject(error, at: place, bytes: document.count)
    }
  }

  /// Checks the raw object that starts at `index` of `text`, and begins with it.
  ///
  /// - Returns: the index after the object.
  /// - Throws: `JSONError` where there is no valid object; nothing is counted then.
  mutating func begin(_ text: JSONScanner, at index: Int) throws(JSONError) -> Int {
    if itemParser != nil { return try itemParser?.begin(text, at: index) ?? index }
    return try evaluator.begin(text, at: index)
  }

  /// Maps the raw object that was begun, which stands in `range` of `text`, calling `emit` for each entity
  /// that comes of it.
  mutating func map(_ text: JSONScanner, _ range: Range<Int>, at place: Place, emit: Emit) {
    recorder.countRaw(bytes: range.count)
    guard itemParser != nil else {
      mapItem(text, at: place, emit)
      return
    }
    switch itemParser?.parse(text, range) {
    case .items(let items): for item in items { mapItem(item, at: place, emit) }
    case .noList(let found): recorder.countUnparsed(place, found)
    case .invalid(let error): recorder.countInvalid(place, error)
    case nil: break
    }
  }

  /// Counts what stands where a raw object should, and is none.
  mutating func reject(_ defect: JSONError, at place: Place, bytes: Int = 0) {
    recorder.countRaw(bytes: bytes)
    recorder.countInvalid(place, defect)
  }

  /// Goes on with the objects of another batch of the stream.
  mutating func start(batch: Int) {
    recorder.batch = batch
  }

  /// Takes over what `other`, a mapper of the same resource, has counted.
  mutating func merge(_ other: ResourceMapper) {
    recorder.merge(other.recorder)
  }

  /// Records that the fetcher ended with an error.
  mutating func fetchFailed(_ diagnostic: Diagnostic) {
    recorder.fetchFailed(diagnostic)
  }

  /// Maps the item that the element in `range` of the parsed list makes.
  private mutating func mapItem(_ range: Range<Int>, at place: Place, _ emit: Emit) {
    guard let json = itemParser?.item(range) else { return }
    json.withScanner { item in
      do throws(JSONError) {
        _ = try evaluator.begin(item, at: 0)
        mapItem(item, at: place, emit)
      } catch {
        recorder.countInvalid(place, error)
      }
    }
  }

  /// Maps the item that the evaluator has begun.
  private mutating func mapItem(_ item: JSONScanner, at place: Place, _ emit: Emit) {
    defer { evaluator.end() }
    evaluator.evaluate(ItemPlan.selector..<ItemPlan.selector + 1, item)
    switch evaluator.firstByte(ItemPlan.selector, item) {
    case UInt8(ascii: "t"):
      evaluator.evaluate(plan.item.fieldPlaces, item)
      recorder.recordFields(evaluator, item)
      for mapping in plan.item.entities.indices { make(mapping, item, emit) }
    case UInt8(ascii: "f"):
      recorder.countFiltered()
    default:
      recorder.countFailedSelector(place, failure(ItemPlan.selector, item))
    }
  }

  /// What the selector is, if neither true nor false.
  private func failure(_ selector: Int, _ item: JSONScanner) -> SelectorFailure {
    if let message = evaluator.failure(selector) { return .error(message) }
    if evaluator.isNothing(selector) { return .nothing }
    return .value(String(decoding: evaluator.json(selector, item), as: UTF8.self))
  }

  private mutating func make(_ mapping: Int, _ item: JSONScanner, _ emit: Emit) {
    let template = plan.item.entities[mapping]
    guard template.hasIdentifier(evaluator, item), template.hasBlueprint(evaluator, item) else {
      recorder.countSkipped()
      return
    }
    recorder.countMapped()
    emit(evaluator, item, template, mapping)
  }
}
