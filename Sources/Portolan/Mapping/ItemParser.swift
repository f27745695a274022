import JQ
import RawJSON

/// Makes items of raw objects. It belongs to one thread.
struct ItemParser: ~Copyable {
  /// What parsing an object comes to.
  enum Outcome {
    /// Where the items are in the list.
    case items([Range<Int>])
    /// No list, but what is given.
    case noList(ItemsFailure)
    /// The object is not valid.
    case invalid(JSONError)
  }

  private let plan: ItemsPlan
  private var evaluator: Evaluator
  /// The list that the expression gave for the current object.
  private var list: [UInt8] = []
  /// The object without what is removed, open at its end.
  private var object: [UInt8] = []
  private var objectEnd = 0

  init(_ plan: ItemsPlan, environment: JQEnvironment) {
    self.plan = plan
    evaluator = Evaluator(plan.program, environment: environment)
  }

  /// Compiles the expression.
  ///
  /// - Returns: why it does not compile, nil if it does.
  mutating func rejection() -> JQCompileError? {
    evaluator.rejections()[0]
  }

  /// Checks the raw object that starts at `index` of `text`, and begins with it.
  ///
  /// - Returns: the index after the object.
  /// - Throws: `JSONError` where there is no valid object.
  mutating func begin(_ text: JSONScanner, at index: Int) throws(JSONError) -> Int {
    try evaluator.begin(text, at: index)
  }

  /// Evaluates the expression on the raw object that was begun, which is in `range` of `text`.
  mutating func parse(_ text: JSONScanner, _ range: Range<Int>) -> Outcome {
    evaluator.evaluate(0..<1)
    defer { evaluator.end() }
    let outcome = evaluator.outcome(of: 0)
    guard case .value(let json) = outcome, json.first == UInt8(ascii: "[") else {
      return .noList(ItemsFailure(outcome: outcome))
    }
    list = json
    open(text, range)
    var items: [Range<Int>] = []
    list.withScanner { $0.forEachElement(0) { items.append($0) } }
    return .items(items)
  }

  /// Evaluates the expression on a raw object.
  mutating func parse(_ object: RawObject) -> Outcome {
    if let defect = object.defect { return .invalid(defect) }
    do throws(JSONError) {
      return try object.json.withScanner { document throws(JSONError) in
        let start = document.skipWhitespace(0)
        let end = try begin(document, at: start)
        try document.checkEnd(end)
        return parse(document, start..<end)
      }
    } catch {
      return .invalid(error)
    }
  }

  /// The item that the list's element in `range` makes, as JSON.
  mutating func item(_ range: Range<Int>) -> [UInt8] {
    object.removeSubrange(objectEnd...)
    object.append(contentsOf: list[range])
    object.append(UInt8(ascii: "}"))
    return object
  }

  /// Copies the object up to where an item is put.
  private mutating func open(_ text: JSONScanner, _ range: Range<Int>) {
    object.removeAll(keepingCapacity: true)
    text.openObject(range, without: plan.removed, replacing: plan.name, into: &object)
    JSONText.encode(plan.name, into: &object)
    object.append(UInt8(ascii: ":"))
    objectEnd = object.count
  }
}
