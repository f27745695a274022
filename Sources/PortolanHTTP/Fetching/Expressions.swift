import JQ
import Portolan
import RawJSON
import Synchronization

/// Expressions of a fetcher that are evaluated on the same document, made ready once for any number of requests.
final class Expressions: Sendable {
  /// Collects expressions.
  struct Builder {
    fileprivate var expressions: [ConfigExpression] = []

    /// Adds an expression.
    ///
    /// - Returns: what its result is asked for with.
    mutating func add(_ expression: ConfigExpression) -> Key {
      expressions.append(expression)
      return Key(place: expressions.count - 1)
    }

    mutating func add(_ expression: ConfigExpression?) -> Key? { expression.map { add($0) } }
  }

  /// Which expression is meant.
  struct Key: Sendable {
    fileprivate let place: Int
  }

  /// What the expressions came to on one document.
  struct Results {
    fileprivate let outcomes: [EvaluationOutcome]
    fileprivate let expressions: [ConfigExpression]
  }

  /// One evaluator. Sendable because whoever takes it out of the pool uses it alone until it is given back.
  private final class Worker: @unchecked Sendable {
    private var evaluator: Evaluator
    private let count: Int

    init(_ program: EvaluationProgram) {
      evaluator = Evaluator(program, environment: JQEnvironment())
      count = program.count
    }

    func outcomes(on document: [UInt8]) throws(JSONError) -> [EvaluationOutcome] {
      try document.withScanner { (scanner) throws(JSONError) in
        try evaluator.withResults(on: scanner) { results in
          (0..<count).map { results.outcome(of: $0) }
        }
      }
    }
  }

  private let expressions: [ConfigExpression]
  private let program: EvaluationProgram
  private let pool = Mutex<[Worker]>([])

  init(_ builder: Builder) {
    expressions = builder.expressions
    program = EvaluationProgram(builder.expressions.map(FetcherExpression.evaluated))
  }

  /// Whether there are none.
  var isEmpty: Bool { expressions.isEmpty }

  /// Evaluates all of them on a document of a ``FetchScope``, which is made only if there are any.
  ///
  /// - Throws: `JSONError` for a document that is not valid JSON.
  func results(on document: () -> [UInt8]) throws(JSONError) -> Results {
    guard !isEmpty else { return Results(outcomes: [], expressions: []) }
    let document = document()
    let worker = pool.withLock { $0.popLast() } ?? Worker(program)
    defer { pool.withLock { $0.append(worker) } }
    return Results(outcomes: try worker.outcomes(on: document), expressions: expressions)
  }
}

extension Expressions.Results {
  /// The JSON of what an expression gave, nil for null and for no output.
  ///
  /// - Throws: `Diagnostic` where it failed, at its place in the file.
  func json(_ key: Expressions.Key) throws(Diagnostic) -> [UInt8]? {
    switch outcomes[key.place] {
    case .value(let json): return json == Array("null".utf8) ? nil : json
    case .nothing: return nil
    case .failure(let message): throw failure(of: key, message)
    }
  }

  /// What an expression gave, nil for null and for no output.
  func value(_ key: Expressions.Key?) throws(Diagnostic) -> JSONView? {
    guard let key else { return nil }
    return try json(key).map(JSONView.init(valid:))
  }

  /// Whether an expression gave anything but null and false, as jq's `if` takes it; `standard` where there is none.
  func isTrue(_ key: Expressions.Key?, _ standard: Bool = false) throws(Diagnostic) -> Bool {
    guard let key else { return standard }
    guard let value = try value(key) else { return false }
    return value.boolean ?? true
  }

  /// Where an expression is.
  func expression(_ key: Expressions.Key) -> ConfigExpression { expressions[key.place] }

  private func failure(of key: Expressions.Key, _ message: String) -> Diagnostic {
    let expression = expression(key)
    return Diagnostic(
      .error, .fetcherExpressionFailed, "`\(expression.text)` fails: \(message)",
      help: "`portolan explain` shows what it is given; `//` gives a value where there is none",
      at: expression.location)
  }
}

/// An expression by itself.
struct SingleExpression: Sendable {
  private let expressions: Expressions
  private let key: Expressions.Key

  init(_ expression: ConfigExpression) {
    var builder = Expressions.Builder()
    key = builder.add(expression)
    expressions = Expressions(builder)
  }

  /// What it gives on a document of a ``FetchScope``, as JSON; nil for null and for no output.
  func json(on document: [UInt8]) throws -> [UInt8]? {
    try expressions.results(on: { document }).json(key)
  }

  /// What it gives, nil for null and for no output.
  func value(on document: [UInt8]) throws -> JSONView? {
    try json(on: document).map(JSONView.init(valid:))
  }

  /// Whether it gives anything but null and false.
  func isTrue(on document: [UInt8]) throws -> Bool {
    try expressions.results(on: { document }).isTrue(key)
  }
}

extension Diagnostic.Rule {
  /// An expression of a fetcher's file failed.
  public static let fetcherExpressionFailed = Self("fetcher-expression-failed")
}
