import JQ
import RawJSON

/// Evaluates an ``ExpressionPlan`` on one document after another. It belongs to one thread.
///
/// What it says of results holds until the next document is begun, and wants the same document again.
struct ExpressionEvaluator {
  private let plan: ExpressionPlan
  private var matches: PathMatches
  private let native = NativeEvaluator()
  private var interpreted: InterpretedRun
  private var fallbacks: InterpretedRun
  private var results: [EvaluationResult]
  /// The JSON of values that the document does not hold.
  private var made: [UInt8] = []
  /// jq's words for what failed.
  private var failures: [String] = []

  init(_ plan: ExpressionPlan, environment: JQEnvironment) {
    self.plan = plan
    matches = PathMatches(plan.tree)
    results = Array(repeating: .nothing, count: plan.ways.count)
    interpreted = InterpretedRun(plan.interpreted, plan.tree, environment)
    fallbacks = InterpretedRun(plan.fallbacks, plan.tree, environment)
  }

  /// The expressions that libjq does not compile, by their places.
  var rejections: [Int: JQCompileError] {
    mutating get {
      if plan.interpreted.expressions.isEmpty { return [:] }
      let rejections = interpreted.rejections
      var found: [Int: JQCompileError] = [:]
      for (place, way) in plan.ways.enumerated() {
        if case .interpreted(let number) = way { found[place] = rejections[number] }
      }
      return found
    }
  }

  /// Checks the object that starts at `index` of `text`, and begins with it.
  ///
  /// - Returns: the index after the object.
  /// - Throws: `JSONError` where there is no valid object.
  mutating func begin(_ text: JSONScanner, at index: Int) throws(JSONError) -> Int {
    made.removeAll(keepingCapacity: true)
    if !failures.isEmpty { failures.removeAll() }
    return try text.find(plan.tree, inObjectAt: index, &matches)
  }

  /// Evaluates the expressions at `places` on the document that was begun. On one document places must rise.
  mutating func evaluate(_ places: Range<Int>, _ document: JSONScanner) {
    for place in places {
      let node = plan.nodes[place]
      if node >= 0, let range = matches[node] {
        results[place] = .found(range)
      } else {
        evaluate(place, document)
      }
    }
  }

  /// Drops what evaluating the current document still holds.
  mutating func end() {
    interpreted.stop()
    fallbacks.stop()
  }

  /// Checks `document` and evaluates every expression on it.
  ///
  /// - Throws: `JSONError` for a document that is not valid JSON or not an object.
  mutating func evaluate(_ document: JSONScanner) throws(JSONError) {
    try document.checkEnd(try begin(document, at: document.skipWhitespace(0)))
    evaluate(plan.ways.indices, document)
    end()
  }

  private mutating func evaluate(_ place: Int, _ document: JSONScanner) {
    switch plan.ways[place] {
    case .plain(let reader): results[place] = read(reader, document)
    case .native(let program, let fallback):
      let start = made.count
      if native.evaluate(program, matches, document, plan.tree, into: &made) {
        results[place] = .made(start..<made.count)
      } else {
        take(fallbacks.outcome(fallback, document, matches), place)
      }
    case .interpreted(let number): take(interpreted.outcome(number, document, matches), place)
    }
  }

  private mutating func read(_ reader: PlainReader, _ document: JSONScanner) -> EvaluationResult {
    switch reader.read(matches, document, plan.tree, plan.constants) {
    case .slice(let range): .found(range)
    case .constant(let number): .constant(number)
    case .missing: .missing
    case .nothing: .nothing
    case .failure(let message): failure(message)
    }
  }

  private mutating func take(_ outcome: consuming JQOutcome, _ place: Int) {
    switch consume outcome {
    case .value(let value):
      let start = made.count
      results[place] =
        value.write(into: &made) ? .made(start..<made.count) : failure("the result is nested too deeply")
    case .nothing: results[place] = .nothing
    case .failure(let message): results[place] = failure(message)
    }
  }

  private mutating func failure(_ message: String) -> EvaluationResult {
    failures.append(message)
    return .failure(failures.count - 1)
  }
}

extension ExpressionEvaluator {
  /// Whether the expression at `place` gave no output.
  func isNothing(_ place: Int) -> Bool {
    if case .nothing = results[place] { true } else { false }
  }

  /// jq's words where the expression at `place` failed, nil where it did not.
  func failure(_ place: Int) -> String? {
    if case .failure(let number) = results[place] { failures[number] } else { nil }
  }

  /// The first byte of the value that the expression at `place` gave; nil where it gave none.
  func firstByte(_ place: Int, _ document: JSONScanner) -> UInt8? {
    switch results[place] {
    case .found(let range): document.firstByte(range)
    case .made(let range): made[range.lowerBound]
    case .constant(let number): plan.constants.firstByte(number)
    case .missing: UInt8(ascii: "n")
    case .nothing, .failure: nil
    }
  }

  /// Appends the JSON of what the expression at `place` gave; `null` where it gave no value.
  func write(_ place: Int, _ document: JSONScanner, into output: inout ByteBuffer) {
    switch results[place] {
    case .found(let range): document.copy(range, into: &output)
    case .made(let range): output.append(made, range)
    case .constant(let number): plan.constants.write(number, into: &output)
    case .missing, .nothing, .failure: output.append(Self.null, 0..<4)
    }
  }

  private static let null = Array("null".utf8)

  /// The JSON of what the expression at `place` gave; `null` where it gave no value.
  func json(_ place: Int, _ document: JSONScanner) -> [UInt8] {
    var output = ByteBuffer()
    write(place, document, into: &output)
    var json: [UInt8] = []
    output.append(to: &json)
    return json
  }

  /// Whether what the expression at `place` gave names anything: not null, false, `""`, 0, `[]` or `{}`.
  func isTruthy(_ place: Int, _ document: JSONScanner) -> Bool {
    switch results[place] {
    case .found(let range): !document.isBlank(range)
    case .made(let range): made.withScanner { !$0.isBlank(range) }
    case .constant(let number): plan.constants.isTruthy(number)
    case .missing, .nothing, .failure: false
    }
  }
}
