import JQ
import RawJSON

/// Counts what becomes of objects and keeps the first few words on what goes wrong.
struct ReportRecorder {
  /// How many diagnostics of one rule are kept: a million broken objects fill neither memory nor screen.
  static let diagnosticLimit = 5

  private let plan: ResourcePlan
  private var counted: ResourceReport
  private var fields: [FieldReport]
  /// The batch of each field's first failure: of those that several threads have seen, the first counts.
  private var failedBatches: [Int]
  /// The number of the batch that is being mapped.
  var batch = 0
  /// Where the diagnostics of each rule stand in the report.
  private var kept: [Diagnostic.Rule: [Int]] = [:]
  /// The fields whose expressions do not compile. That is said once, not for each object.
  private var rejected: Set<String> = []

  init(_ plan: ResourcePlan) {
    self.plan = plan
    counted = ResourceReport(kind: plan.config.kind, index: plan.config.index)
    fields = plan.item.fields.map {
      FieldReport(field: $0.path, expression: $0.source.text, location: $0.source.location)
    }
    failedBatches = Array(repeating: .max, count: plan.item.fields.count)
  }

  /// The report so far.
  var report: ResourceReport {
    var report = counted
    report.fields = fields.filter { $0.nulls > 0 || $0.errors > 0 }
    return report
  }

  /// How many raw objects there were so far.
  var objectCount: Int { counted.raw }

  /// How many entities an item makes: every count of items counts each.
  private var mappings: Int { plan.item.entities.count }

  mutating func countRaw(bytes: Int) {
    counted.raw += 1
    counted.rawBytes += bytes
  }

  mutating func countMapped() { counted.mapped += 1 }
  mutating func countSkipped() { counted.skipped += 1 }
  mutating func countFiltered() { counted.filtered += mappings }

  mutating func countFailedSelector(_ place: ResourceMapper.Place, _ failure: SelectorFailure) {
    counted.failed += mappings
    guard !rejected.contains("selector.query") else { return }
    guard !isKnown(.selectorFailed) else { return }
    let query = plan.config.selector.query
    add(
      Diagnostic(
        .error, .selectorFailed,
        "the selector of kind `\(counted.kind)` \(failure)" + named(place),
        help: "make `\(query.text.shortened(to: 60))` give true or false for every object",
        at: query.location, field: "selector.query"))
  }

  mutating func countUnparsed(_ place: ResourceMapper.Place, _ what: String) {
    counted.unparsed += 1
    guard let items = plan.config.itemsToParse, !rejected.contains("itemsToParse"), !isKnown(.unparsedItems)
    else { return }
    add(
      Diagnostic(
        .warning, .unparsedItems,
        "itemsToParse of kind `\(counted.kind)` \(what)" + named(place),
        help:
          "where the list may be absent, give an empty one: `(\(items.expression.text.shortened(to: 40)) // [])`",
        at: items.expression.location, field: "itemsToParse"))
  }

  mutating func countInvalid(_ place: ResourceMapper.Place, _ error: JSONError) {
    counted.failed += mappings
    guard !isKnown(.invalidRawObject) else { return }
    let location = place(error.offset)
    let number = location == nil ? counted.raw : nil
    add(Diagnostic(error, in: .rawObject(kind: counted.kind, number: number), at: location))
  }

  mutating func fetchFailed(_ diagnostic: Diagnostic) {
    counted.isComplete = false
    counted.diagnostics.append(diagnostic)
  }

  /// Counts the fields of an item that passed its selector.
  mutating func recordFields(_ evaluator: borrowing ExpressionEvaluator, _ item: JSONScanner) {
    counted.passed += 1
    for field in fields.indices {
      let place = ItemPlan.place(ofField: field)
      switch evaluator.firstByte(place, item) {
      case UInt8(ascii: "n"):
        fields[field].nulls += 1
      case nil:
        fields[field].nulls += 1
        if let message = evaluator.failure(place) { fail(field, message) }
      default:
        break
      }
    }
  }

  private mutating func fail(_ field: Int, _ message: String) {
    fields[field].errors += 1
    guard fields[field].message == nil else { return }
    fields[field].message = message
    failedBatches[field] = batch
  }

  /// Whether enough has been said of a rule. It is counted once more then, without looking for its place,
  /// which takes a look at all that stands before it.
  private mutating func isKnown(_ rule: Diagnostic.Rule) -> Bool {
    guard let places = kept[rule], let last = places.last, places.count == Self.diagnosticLimit else {
      return false
    }
    counted.diagnostics[last].similar += 1
    return true
  }

  private mutating func add(_ diagnostic: Diagnostic) {
    let places = kept[diagnostic.rule, default: []]
    if let last = places.last, places.count == Self.diagnosticLimit {
      counted.diagnostics[last].similar += 1 + diagnostic.similar
    } else {
      kept[diagnostic.rule, default: []].append(counted.diagnostics.count)
      counted.diagnostics.append(diagnostic)
    }
  }

  /// Which object it was, where that is known.
  private func named(_ place: ResourceMapper.Place) -> String {
    place(0).map { " (object at \($0))" } ?? " (object \(counted.raw))"
  }

  /// Adds what `other`, a recorder of the same resource, has counted.
  mutating func merge(_ other: ReportRecorder) {
    counted.raw += other.counted.raw
    counted.rawBytes += other.counted.rawBytes
    counted.unparsed += other.counted.unparsed
    counted.mapped += other.counted.mapped
    counted.filtered += other.counted.filtered
    counted.skipped += other.counted.skipped
    counted.failed += other.counted.failed
    counted.passed += other.counted.passed
    counted.compiles = counted.compiles && other.counted.compiles
    counted.isComplete = counted.isComplete && other.counted.isComplete
    for (place, field) in other.fields.enumerated() {
      fields[place].nulls += field.nulls
      fields[place].errors += field.errors
      guard other.failedBatches[place] < failedBatches[place] else { continue }
      fields[place].message = field.message
      failedBatches[place] = other.failedBatches[place]
    }
    for diagnostic in other.counted.diagnostics where diagnostic.rule != .invalidExpression {
      add(diagnostic)
    }
  }
}

extension ReportRecorder {
  /// Reports the expressions of items and fields that do not compile, by their places.
  mutating func record(rejections: [Int: JQCompileError], of plan: ItemPlan) {
    for (place, error) in rejections.sorted(by: { $0.key < $1.key }) {
      if place == ItemPlan.selector {
        record(error, self.plan.config.selector.query, "selector.query")
      } else {
        let field = plan.fields[place - 1]
        record(error, field.source, field.path)
      }
    }
  }

  /// Reports an `itemsToParse` that does not compile.
  mutating func record(itemsRejection error: JQCompileError?) {
    guard let error, let items = plan.config.itemsToParse else { return }
    record(error, items.expression, "itemsToParse")
  }

  private mutating func record(_ error: JQCompileError, _ expression: ConfigExpression, _ field: String) {
    counted.compiles = false
    rejected.insert(field)
    counted.diagnostics.append(Diagnostic(expression, error, field: field, kind: counted.kind))
  }
}
