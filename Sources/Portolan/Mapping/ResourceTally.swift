import JQ
import RawJSON

/// What became of a page's raw objects by one resource: counts, and the first of what went wrong.
struct ResourceTally: Sendable {
  /// How a field did.
  struct Field: Sendable {
    var nulls = 0
    var errors = 0
    /// jq's message for the first failure.
    var message: String?
  }

  /// Something that went wrong with a raw object.
  struct Incident: Sendable {
    enum Cause: Sendable {
      case invalid(JSONError)
      case unparsed(ItemsFailure)
      case selector(EvaluationOutcome)
    }

    var cause: Cause
    var object: ObjectPosition
  }

  /// How many incidents of one cause are kept: a million broken objects fill neither memory nor screen.
  static let incidentLimit = 5

  /// How many entities an item makes: every count of items counts each.
  private let mappings: Int
  var raw = 0
  var rawBytes = 0
  var unparsed = 0
  var mapped = 0
  var filtered = 0
  var skipped = 0
  var failed = 0
  var passed = 0
  /// The fields, in the order of ``ItemPlan/fields``.
  var fields: [Field]
  /// The first incidents of each cause.
  private(set) var incidents: [Incident] = []
  private var invalidCount = 0
  private var unparsedCount = 0
  private var selectorCount = 0

  init(_ plan: ResourcePlan) {
    mappings = plan.item.entities.count
    fields = Array(repeating: Field(), count: plan.item.fields.count)
  }

  mutating func countRaw(bytes: Int) {
    raw += 1
    rawBytes += bytes
  }

  mutating func countMapped() { mapped += 1 }
  mutating func countSkipped() { skipped += 1 }
  mutating func countFiltered() { filtered += mappings }

  mutating func countFailedSelector(_ outcome: EvaluationOutcome, at object: ObjectPosition) {
    failed += mappings
    selectorCount += 1
    guard selectorCount <= Self.incidentLimit else { return }
    incidents.append(Incident(cause: .selector(outcome), object: object))
  }

  mutating func countUnparsed(_ found: ItemsFailure, at object: ObjectPosition) {
    unparsed += 1
    unparsedCount += 1
    guard unparsedCount <= Self.incidentLimit else { return }
    incidents.append(Incident(cause: .unparsed(found), object: object))
  }

  mutating func countInvalid(_ error: JSONError, at object: ObjectPosition) {
    failed += mappings
    invalidCount += 1
    guard invalidCount <= Self.incidentLimit else { return }
    incidents.append(Incident(cause: .invalid(error), object: object))
  }

  /// Counts the fields of an item that passed its selector.
  mutating func countFields(_ evaluator: borrowing Evaluator) {
    passed += 1
    let first = ItemPlan.place(ofField: 0)
    evaluator.forEachNull(in: first..<first + fields.count) { place, failure in
      fields[place - first].nulls += 1
      guard let failure else { return }
      fields[place - first].errors += 1
      if fields[place - first].message == nil { fields[place - first].message = failure }
    }
  }

  /// How many more incidents there were than those that are kept.
  func unkept(_ rule: Diagnostic.Rule) -> Int {
    let count =
      switch rule {
      case .invalidRawObject: invalidCount
      case .unparsedItems: unparsedCount
      case .selectorFailed: selectorCount
      default: 0
      }
    return max(0, count - Self.incidentLimit)
  }
}
