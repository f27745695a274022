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
    /// The object of the first failure.
    var object: ObjectPosition?
    /// Whether its expression was ended, as it went on too long or took too much.
    var isEnded = false
  }

  /// An object of which something was not mapped.
  struct Loss: Sendable {
    enum Cause: Sendable {
      case filtered
      /// The mapping's number, and the field without which there is no entity.
      case skipped(Int, EntityTemplate.RequiredField)
      case selector(EvaluationOutcome)
      case unparsed(ItemsFailure)
      /// The number of bytes that are no object, where they are known.
      case invalid(JSONError, length: Int)
    }

    var cause: Cause
    var object: ObjectPosition
  }

  /// How many entities an item makes: every count of items counts each.
  private let mappings: Int
  var raw = 0
  var rawBytes = 0
  var unparsed = 0
  var withoutItems = 0
  var mapped = 0
  var filtered = 0
  var skipped = 0
  var failed = 0
  var passed = 0
  /// The fields, in the order of ``ItemPlan/fields``.
  var fields: [Field]
  /// The first incidents of each cause, with the number of the others.
  private(set) var incidents: [Incident] = []
  /// How often a mapping's entity had no identifier, and how often it had one and no blueprint: two counts a mapping.
  private(set) var missing: [Int]
  /// The selector and the list of items, where their expressions were ended.
  private(set) var ended: Set<String> = []
  /// The first objects of which something was not mapped; all of them where that is asked for.
  private(set) var losses: [Loss] = []
  private let lossLimit: Int
  private let hasMappingList: Bool

  /// A tally without objects. It keeps what was lost of every object if `keepsLosses`, and otherwise the first few.
  init(_ plan: ResourcePlan, keepsLosses: Bool) {
    mappings = plan.item.entities.count
    fields = Array(repeating: Field(), count: plan.item.fields.count)
    missing = Array(repeating: 0, count: 2 * mappings)
    lossLimit = keepsLosses ? .max : Incident.limit
    hasMappingList = plan.config.hasMappingList
  }

  /// The place in the resource of a field of a mapping, as ``FieldReport/field`` has it.
  func path(of field: EntityTemplate.RequiredField, _ mapping: Int) -> String {
    hasMappingList ? "mappings[\(mapping)].\(field.name)" : field.name
  }

  mutating func countRaw(bytes: Int) {
    raw += 1
    rawBytes += bytes
  }

  mutating func countWithoutItems() { withoutItems += 1 }
  mutating func countMapped() { mapped += 1 }

  mutating func countSkipped(
    _ mapping: Int, _ field: EntityTemplate.RequiredField, at object: ObjectPosition
  ) {
    skipped += 1
    missing[2 * mapping + field.rawValue] += 1
    keep(.skipped(mapping, field), object)
  }

  mutating func countFiltered(at object: ObjectPosition) {
    filtered += mappings
    keep(.filtered, object)
  }

  mutating func countFailedSelector(_ outcome: EvaluationOutcome, at object: ObjectPosition) {
    failed += mappings
    if EndedEvaluation.is(outcome) { ended.insert("selector.query") }
    keep(.selector(outcome), object)
    Incident.add(.selector(outcome), object, to: &incidents)
  }

  mutating func countUnparsed(_ found: ItemsFailure, at object: ObjectPosition) {
    unparsed += 1
    if EndedEvaluation.is(found.outcome) { ended.insert("itemsToParse") }
    keep(.unparsed(found), object)
    Incident.add(.unparsed(found), object, to: &incidents)
  }

  /// Counts what is no object; `length` is how many bytes that are, where it is known.
  mutating func countInvalid(_ error: JSONError, at object: ObjectPosition, length: Int = 0) {
    failed += mappings
    keep(.invalid(error, length: length), object)
    Incident.add(.invalid(error), object, to: &incidents)
  }

  private mutating func keep(_ cause: Loss.Cause, _ object: ObjectPosition) {
    if losses.count < lossLimit { losses.append(Loss(cause: cause, object: object)) }
  }

  /// Counts the fields of an item that passed its selector.
  mutating func countFields(_ evaluator: borrowing Evaluator, of object: ObjectPosition) {
    passed += 1
    let first = ItemPlan.place(ofField: 0)
    evaluator.forEachNull(in: first..<first + fields.count) { place, failure in
      fields[place - first].nulls += 1
      guard let failure else { return }
      fields[place - first].errors += 1
      if EndedEvaluation.is(failure) { fields[place - first].isEnded = true }
      if fields[place - first].message == nil {
        fields[place - first].message = failure
        fields[place - first].object = object
      }
    }
  }
}
