import JQ
import RawJSON

/// Evaluates an ``ExpressionPlan`` on one document after another. It belongs to one thread.
final class ExpressionEvaluator {
  /// What an expression gave. A value stands in the evaluator's buffer until the next document.
  enum Result {
    /// A value's JSON.
    case value(Range<Int>)
    /// No output.
    case nothing
    /// An error, in jq's words.
    case failure(String)
  }

  private let plan: ExpressionPlan
  private let environment: JQEnvironment
  private var matches: PathMatches
  private var compiled: JQBatch?
  /// Where the values of the current document are put.
  private(set) var values: [UInt8] = []
  /// What the current document's expressions gave, in their order.
  private(set) var results: [Result] = []

  init(_ plan: ExpressionPlan, environment: JQEnvironment) {
    self.plan = plan
    self.environment = environment
    matches = PathMatches(plan.tree)
  }

  /// The expressions that libjq does not compile, by their places.
  var rejections: [Int: JQCompileError] {
    let places = plan.ways.indices.filter { if case .interpreted = plan.ways[$0] { true } else { false } }
    return Dictionary(uniqueKeysWithValues: batch().rejections.map { (places[$0.key], $0.value) })
  }

  /// Checks `document` and evaluates the expressions on it, in their order, for as long as `isWanted`
  /// says so of what has been evaluated last.
  ///
  /// - Throws: `JSONError` for a document that is not valid JSON or not an object.
  func evaluate(
    _ document: JSONScanner, while isWanted: (ExpressionEvaluator) -> Bool
  ) throws(JSONError) {
    values.removeAll(keepingCapacity: true)
    results.removeAll(keepingCapacity: true)
    try document.find(plan.tree, &matches)
    guard let first = plan.ways.firstIndex(where: { if case .interpreted = $0 { true } else { false } })
    else {
      readPlain(plan.ways.indices, document, isWanted)
      return
    }
    guard readPlain(0..<first, document, isWanted) else { return }
    interpret(plan.ways.indices.suffix(from: first), document, isWanted)
  }

  /// What the expression at `place` gave as a value's first byte; nil for anything but a value.
  func firstByte(_ place: Int) -> UInt8? {
    guard case .value(let range) = results[place] else { return nil }
    return values[range.lowerBound]
  }

  /// The JSON of the expression at `place`; `null` for anything but a value.
  func json(_ place: Int) -> ArraySlice<UInt8> {
    guard case .value(let range) = results[place] else { return Self.null }
    return values[range]
  }

  private static let null: ArraySlice<UInt8> = Array("null".utf8)[...]

  private func batch() -> JQBatch {
    if let compiled { return compiled }
    let batch = JQBatch(plan.interpreted, environment: environment)
    compiled = batch
    return batch
  }

  /// Evaluates from the first expression that libjq must run.
  private func interpret(
    _ places: Range<Int>, _ document: JSONScanner, _ isWanted: (ExpressionEvaluator) -> Bool
  ) {
    let batch = batch()
    let input =
      plan.cut?.value(document, matches) ?? JQValue(document, document.skipWhitespace(0)..<document.count)
    batch.start(input)
    defer { batch.stop() }
    for place in places {
      switch plan.ways[place] {
      case .plain(let reader): take(reader, document)
      case .interpreted: take(batch.next(input))
      }
      guard isWanted(self) else { return }
    }
  }

  @discardableResult
  private func readPlain(
    _ places: Range<Int>, _ document: JSONScanner, _ isWanted: (ExpressionEvaluator) -> Bool
  ) -> Bool {
    for place in places {
      if case .plain(let reader) = plan.ways[place] { take(reader, document) }
      guard isWanted(self) else { return false }
    }
    return true
  }

  private func take(_ reader: PlainReader, _ document: JSONScanner) {
    let start = values.count
    switch reader.read(matches, document, plan.tree) {
    case .slice(let range):
      document.copy(range, into: &values)
      results.append(.value(start..<values.count))
    case .constant(let json):
      values.append(contentsOf: json)
      results.append(.value(start..<values.count))
    case .missing:
      values.append(contentsOf: Self.null)
      results.append(.value(start..<values.count))
    case .nothing: results.append(.nothing)
    case .failure(let message): results.append(.failure(message))
    }
  }

  private func take(_ outcome: consuming JQOutcome) {
    switch consume outcome {
    case .value(let value):
      let start = values.count
      let isWritten = value.write(into: &values)
      results.append(
        isWritten ? .value(start..<values.count) : .failure("the result is nested too deeply"))
    case .nothing: results.append(.nothing)
    case .failure(let message): results.append(.failure(message))
    }
  }
}
