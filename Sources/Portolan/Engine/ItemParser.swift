import JQ
import RawJSON

/// Makes items of raw objects. It belongs to one thread.
final class ItemParser {
  /// What parsing an object gives.
  enum Outcome {
    /// Where the items stand in the list.
    case items([Range<Int>])
    /// No list; the text says what was found instead.
    case noList(String)
    /// The object is not valid.
    case invalid(JSONError)
  }

  private let plan: ItemsPlan
  private let evaluator: ExpressionEvaluator
  /// The object without what is removed, open at its end.
  private var object: [UInt8] = []
  private var objectEnd = 0

  init(_ plan: ItemsPlan, environment: JQEnvironment) {
    self.plan = plan
    evaluator = ExpressionEvaluator(plan.expression, environment: environment)
  }

  /// Why the expression does not compile, nil if it does.
  var rejection: JQCompileError? { evaluator.rejections[0] }

  /// Evaluates the expression on the raw object in `document`.
  func parse(_ document: JSONScanner) -> Outcome {
    do throws(JSONError) {
      try evaluator.evaluate(document) { _ in true }
      return outcome(document)
    } catch {
      return .invalid(error)
    }
  }

  /// Calls `body` with the item that the list's element in `range` makes.
  func withItem(_ range: Range<Int>, _ body: (JSONScanner) -> Void) {
    object.removeSubrange(objectEnd...)
    object.append(contentsOf: evaluator.values[range])
    object.append(UInt8(ascii: "}"))
    object.withScanner(body)
  }

  private func outcome(_ document: JSONScanner) -> Outcome {
    switch evaluator.results[0] {
    case .failure(let message): return .noList("failed: \(message)")
    case .nothing: return .noList("gives nothing, not a list")
    case .value(let range):
      guard evaluator.values[range.lowerBound] == UInt8(ascii: "[") else {
        let found = String(decoding: evaluator.values[range], as: UTF8.self)
        return .noList("gives \(found.shortened(to: 80)), not a list")
      }
      open(document)
      var items: [Range<Int>] = []
      evaluator.values.withScanner { $0.forEachElement(range.lowerBound) { items.append($0) } }
      return .items(items)
    }
  }

  /// Copies the object up to where an item is put.
  private func open(_ document: JSONScanner) {
    object.removeAll(keepingCapacity: true)
    let start = document.skipWhitespace(0)
    document.openObject(start..<document.count, without: plan.removed, replacing: plan.name, into: &object)
    JSONText.encode(plan.name, into: &object)
    object.append(UInt8(ascii: ":"))
    objectEnd = object.count
  }
}
