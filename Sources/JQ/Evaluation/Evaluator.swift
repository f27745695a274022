import RawJSON

/// Evaluates an ``EvaluationProgram`` on one document after another.
///
/// A document is begun, then any of the expressions are evaluated, in any order and as often as one likes, then
/// the document is ended. What the evaluator says of results holds until the next document is begun; what it
/// writes of them, until the document is ended.
///
/// It belongs to one thread. libjq compiles its share when an expression first needs it.
package struct Evaluator: ~Copyable {
  /// Where a result is. It is a few numbers, because there is one for each field of each object.
  private enum Result {
    /// A part of the document.
    case found(Range<Int>)
    /// JSON that was made, in ``made``.
    case made(Range<Int>)
    case constant(ConstantTable.Number)
    /// `null`, because the document has nothing there.
    case missing
    case nothing
    /// An error, by the number of its message in ``failures``.
    case failure(Int)
  }

  private let program: EvaluationProgram
  private var matches: PathMatches
  // The document that was begun. Safe: the caller keeps its bytes in place until it has ended.
  private var document: JSONScanner
  private let native = NativeEvaluator()
  private var interpreted: InterpretedRun
  private var fallbacks: InterpretedRun
  private var results: [Result]
  /// The JSON of values that the document does not hold.
  private var made: [UInt8] = []
  private var failures: [String] = []

  /// An evaluator of `program`, whose expressions see `environment`.
  package init(_ program: EvaluationProgram, environment: JQEnvironment) {
    self.program = program
    matches = PathMatches(program.tree)
    document = JSONScanner(UnsafeBufferPointer(start: nil, count: 0))
    results = Array(repeating: .nothing, count: program.count)
    interpreted = InterpretedRun(program.interpreted, .inTurn, environment)
    fallbacks = InterpretedRun(program.fallbacks, .onDemand, environment)
  }

  /// Compiles what libjq runs on every document.
  ///
  /// - Returns: the expressions that libjq does not compile, by their places. Each fails on every document.
  package mutating func rejections() -> [Int: JQCompileError] {
    guard !program.interpreted.expressions.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: interpreted.rejections().map { (program.interpreted.places[$0.key], $0.value) })
  }

  /// Checks the object that starts at `index` of `text`, and begins with it. The text stays in place until
  /// ``end()``.
  ///
  /// - Returns: the index after the object.
  /// - Throws: `JSONError` where there is no valid object; no document has begun then.
  package mutating func begin(_ text: JSONScanner, at index: Int) throws(JSONError) -> Int {
    made.removeAll(keepingCapacity: true)
    if !failures.isEmpty { failures.removeAll() }
    document = text
    return try text.find(program.tree, inObjectAt: index, &matches)
  }

  /// Evaluates the expressions at `places` on the document that was begun.
  package mutating func evaluate(_ places: Range<Int>) {
    for place in places {
      let node = program.nodes[place]
      if node >= 0, let range = matches[node] {
        results[place] = .found(range)
      } else {
        evaluate(place)
      }
    }
  }

  /// Ends with the document: drops what evaluating it still holds.
  package mutating func end() {
    interpreted.stop()
    fallbacks.stop()
  }

  /// Checks `document`, evaluates every expression on it, and calls `body` before it is ended.
  ///
  /// - Throws: `JSONError` for a document that is not valid JSON or not an object.
  package mutating func withResults<Value>(
    on document: JSONScanner, _ body: (borrowing Evaluator) -> Value
  ) throws(JSONError) -> Value {
    try document.checkEnd(try begin(document, at: document.skipWhitespace(0)))
    evaluate(0..<program.count)
    defer { end() }
    return body(self)
  }

  private mutating func evaluate(_ place: Int) {
    switch program.ways[place] {
    case .plain(let reader): results[place] = read(reader)
    case .native(let native, let fallback):
      let start = made.count
      if self.native.evaluate(native, matches, document, program.tree, into: &made) {
        results[place] = .made(start..<made.count)
      } else {
        fallbacks.begin(document, matches, program.tree)
        take(fallbacks.outcome(of: fallback), place)
      }
    case .interpreted(let number):
      // All of them are run in turn, so those before it are evaluated with it, and kept.
      interpreted.begin(document, matches, program.tree)
      while interpreted.position <= number {
        let place = program.interpreted.places[interpreted.position]
        take(interpreted.next(), place)
      }
    }
  }

  private mutating func read(_ reader: PlainReader) -> Result {
    switch reader {
    case .constant(let number): return .constant(number)
    case .path(let path):
      switch path.read(matches, document, program.tree) {
      case .slice(let range): return .found(range)
      case .missing: return .missing
      case .nothing: return .nothing
      case .wrongKind(let step, let kind): return failure(step.message(for: kind))
      }
    case .alternative(let first, let second):
      let result = read(first)
      // `//` does not catch errors: libjq raises what its left side raises.
      if case .failure = result { return result }
      return isTrue(result) ? result : read(second)
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

  private mutating func failure(_ message: String) -> Result {
    failures.append(message)
    return .failure(failures.count - 1)
  }

  /// Whether `//` takes a result: a value other than null and false.
  private func isTrue(_ result: Result) -> Bool {
    let first = firstByte(result)
    return first != nil && first != UInt8(ascii: "n") && first != UInt8(ascii: "f")
  }

  private func firstByte(_ result: Result) -> UInt8? {
    switch result {
    case .found(let range): document.firstByte(range)
    case .made(let range): made[range.lowerBound]
    case .constant(let number): program.constants.firstByte(number)
    case .missing: UInt8(ascii: "n")
    case .nothing, .failure: nil
    }
  }
}

extension Evaluator {
  /// What the expression at `place` came to.
  package func outcome(of place: Int) -> EvaluationOutcome {
    switch results[place] {
    case .nothing: return .nothing
    case .failure(let number): return .failure(failures[number])
    case .found, .made, .constant, .missing:
      var output = ByteBuffer()
      write(place, into: &output)
      var json: [UInt8] = []
      output.append(to: &json)
      return .value(json)
    }
  }

  /// The kind of the value that the expression at `place` came to; nil where it came to none.
  package func kind(of place: Int) -> JSONKind? {
    firstByte(results[place]).map { JSONKind(firstByte: $0) }
  }

  /// Whether the value that the expression at `place` came to is true or false; nil for anything else.
  package func boolean(at place: Int) -> Bool? {
    switch firstByte(results[place]) {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// Calls `body` with each of the expressions at `places` that came to null, no output or an error: with its
  /// place, and jq's message where it failed.
  package func forEachNull(in places: Range<Int>, _ body: (_ place: Int, _ failure: String?) -> Void) {
    for place in places {
      switch results[place] {
      case .found(let range):
        if document.firstByte(range) == UInt8(ascii: "n") { body(place, nil) }
      case .made(let range):
        if made[range.lowerBound] == UInt8(ascii: "n") { body(place, nil) }
      case .constant(let number):
        if program.constants.firstByte(number) == UInt8(ascii: "n") { body(place, nil) }
      case .missing, .nothing: body(place, nil)
      case .failure(let number): body(place, failures[number])
      }
    }
  }

  /// Whether the expression at `place` names nothing: null, false, `""`, 0, `[]`, `{}`, or no value at all.
  package func isBlank(_ place: Int) -> Bool {
    switch results[place] {
    case .found(let range): document.isBlank(range)
    case .made(let range): made.withScanner { $0.isBlank(range) }
    case .constant(let number): program.constants.isBlank(number)
    case .missing, .nothing, .failure: true
    }
  }

  /// Appends the JSON of what the expression at `place` came to; `null` where it came to no value.
  package func write(_ place: Int, into output: inout ByteBuffer) {
    switch results[place] {
    case .found(let range): document.copy(range, into: &output)
    case .made(let range): output.append(made, range)
    case .constant(let number): program.constants.write(number, into: &output)
    case .missing, .nothing, .failure: ConstantTable.writeNull(into: &output)
    }
  }
}
