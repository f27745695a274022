import JQ
import RawJSON

/// Maps raw objects of one resource to entities. It belongs to one thread.
struct ResourceMapper: ~Copyable {
  private let plan: ResourcePlan
  private var evaluator: Evaluator
  private var itemParser: ItemParser?

  init(_ plan: ResourcePlan, environment: JQEnvironment) {
    self.plan = plan
    evaluator = Evaluator(plan.item.program, environment: environment)
    if let items = plan.items {
      itemParser = ItemParser(items, environment: environment)
    } else {
      itemParser = nil
    }
  }

  /// Compiles what libjq must run.
  ///
  /// - Returns: what does not compile.
  mutating func compile() -> [Rejection] {
    var rejections = evaluator.rejections().sorted { $0.key < $1.key }.map { place, error in
      let (field, source) = plan.expression(at: place)
      return Rejection(field: field, source: source, error: error)
    }
    if let items = plan.items, let error = itemParser?.rejection() {
      rejections.append(Rejection(field: "itemsToParse", source: items.config.expression, error: error))
    }
    return rejections
  }

  /// Checks and maps the raw object that starts at `index` of `text`, in which `framer` found it.
  ///
  /// - Returns: the index after the object.
  /// - Throws: `JSONError` where there is no valid object; nothing is counted then.
  mutating func map(
    _ text: JSONScanner, at index: Int, _ framer: borrowing Framer, _ tally: inout ResourceTally,
    into output: inout EntityWriter
  ) throws(JSONError) -> Int {
    let end = try begin(text, at: index)
    try framer.check(end, of: text)
    map(text, index..<end, &tally, into: &output)
    return end
  }

  private mutating func begin(_ text: JSONScanner, at index: Int) throws(JSONError) -> Int {
    if let end = try itemParser?.begin(text, at: index) { return end }
    return try evaluator.begin(text, at: index)
  }

  /// Maps the raw object that was begun, which is in `range` of `text`.
  private mutating func map(
    _ text: JSONScanner, _ range: Range<Int>, _ tally: inout ResourceTally, into output: inout EntityWriter
  ) {
    tally.countRaw(bytes: range.count)
    switch itemParser?.parse(text, range) {
    case nil: mapItem(&tally, into: &output)
    case .items(let items):
      if items.isEmpty { tally.countWithoutItems() }
      for item in items { mapItem(item, &tally, into: &output) }
    case .noList(let found): tally.countUnparsed(found, at: output.object)
    case .invalid(let error): tally.countInvalid(error, at: output.object)
    }
  }

  /// Maps the item that the element in `range` of the parsed list makes.
  private mutating func mapItem(
    _ range: Range<Int>, _ tally: inout ResourceTally, into output: inout EntityWriter
  ) {
    guard let json = itemParser?.item(range) else { return }
    json.withScanner { item in
      do throws(JSONError) {
        _ = try evaluator.begin(item, at: 0)
        mapItem(&tally, into: &output)
      } catch {
        // Its place is the item's, which stands in no file.
        tally.countInvalid(JSONError(error.reason, at: 0), at: output.object)
      }
    }
  }

  /// Maps the item that the evaluator has begun.
  private mutating func mapItem(_ tally: inout ResourceTally, into output: inout EntityWriter) {
    defer { evaluator.end() }
    evaluator.evaluate(ItemPlan.selector..<ItemPlan.selector + 1)
    switch evaluator.boolean(at: ItemPlan.selector) {
    case true?:
      evaluator.evaluate(plan.item.fieldPlaces)
      tally.countFields(evaluator, of: output.object)
      for mapping in plan.item.entities.indices {
        let template = plan.item.entities[mapping]
        if let field = template.missingField(evaluator) {
          tally.countSkipped(mapping, field, at: output.object)
        } else {
          tally.countMapped()
          output.add(template, evaluator, resource: plan.config.index, mapping: mapping)
        }
      }
    case false?:
      tally.countFiltered(at: output.object)
    case nil:
      tally.countFailedSelector(evaluator.outcome(of: ItemPlan.selector), at: output.object)
    }
  }
}
