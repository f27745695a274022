import CLibJQ

/// Expressions compiled into one program, because libjq 1.6 takes 15 ms to compile anything at all.
///
/// A batch belongs to the thread that uses it.
package final class JQBatch {
  /// Why an expression is not part of the program.
  package typealias Rejections = [Int: JQCompileError]

  /// The expressions that do not compile, by their place in the list; each gives a failure.
  package let rejections: Rejections

  private let machine: JQMachine?
  /// Expressions that run alone: `halt` would end the others with it.
  private let loners: [Int: JQMachine]
  /// Runs the expressions that are not bounded, and those whose input is too large for them.
  private let sandbox: Sandbox?
  private let sandboxed: Set<Int>
  private let allowances: [Int: InputAllowance]
  /// An input of no more bytes is small enough for each expression.
  private let smallBytes: Int
  private let compiler: BatchCompiler
  private let apart: [(place: Int, prepared: BatchCompiler.Prepared)]
  /// The expressions of the common program one by one, compiled when an input is first too large for one of them.
  private lazy var single = order == .onDemand ? machine : try? compiler.joined(apart)
  /// The expressions that the input is too large for.
  private var exceeded: Set<Int> = []
  private let order: Order
  /// The input as JSON, for the sandbox; made when it is first asked for.
  private var inputJSON: [UInt8]?
  private var position = 0
  /// What the current run was started with.
  private var input = JQValue(consuming: jv_null())
  /// How many bytes the document has that the input is cut from.
  private var inputBytes = 0

  /// How the expressions are asked for.
  package enum Order: Sendable {
    /// One after the other, all of them: with ``next()``.
    case inTurn
    /// One here and there: with ``outcome(of:)``. What is not asked for is not run.
    case onDemand
  }

  /// Compiles `expressions`.
  package init(_ expressions: [JQExpression], _ order: Order = .inTurn, environment: JQEnvironment) {
    var compiler = BatchCompiler(environment: environment, order: order)
    let compiled = compiler.compile(expressions)
    compiler.order = .onDemand
    self.compiler = compiler
    apart = compiled.apart
    allowances = compiled.allowances
    smallBytes = compiled.allowances.values.lazy.map(\.allowance.bytes).min() ?? .max
    machine = compiled.machine
    loners = compiled.loners
    rejections = compiled.rejections
    sandboxed = compiled.sandboxed
    sandbox = compiled.sandbox
    self.order = order
  }

  /// The child process that runs the expressions which are not bounded, nil where there is none.
  var sandboxProcess: Int32? { sandbox?.process }

  /// Starts over with `input`, which is all or a part of a document of `bytes` bytes.
  package func start(_ input: consuming JQValue, bytes: Int = .max) {
    position = 0
    inputJSON = nil
    inputBytes = bytes
    if !exceeded.isEmpty { exceeded = [] }
    if order == .inTurn {
      if bytes > smallBytes { findExceeded(input) }
      if exceeded.isEmpty { machine?.start(input) }
    }
    self.input = input
  }

  private func findExceeded(_ input: borrowing JQValue) {
    for (place, allowance) in allowances where allowance.isExceeded(by: input, bytes: inputBytes) {
      exceeded.insert(place)
    }
  }

  /// The next expression's outcome, of a batch whose expressions are run in turn.
  package func next() -> JQOutcome {
    let place = position
    position += 1
    if let outcome = outcomeByItself(place) { return outcome }
    if !exceeded.isEmpty { return outcomeApart(place) }
    return unwrapped(machine?.next() ?? .nothing)
  }

  /// The outcome of the expression at `place`, of a batch whose expressions are run on demand.
  package func outcome(of place: Int) -> JQOutcome {
    if let allowance = allowances[place], allowance.isExceeded(by: input, bytes: inputBytes) {
      return runInSandbox(place)
    }
    return outcomeByItself(place) ?? outcomeApart(place)
  }

  private func outcomeApart(_ place: Int) -> JQOutcome {
    guard let single else { return .nothing }
    single.start(BatchCompiler.choice(place, input))
    return unwrapped(single.next())
  }

  /// The outcome of an expression that is no part of the common program, nil where it is one.
  private func outcomeByItself(_ place: Int) -> JQOutcome? {
    if let rejection = rejections[place] { return .failure(rejection.message) }
    if exceeded.contains(place) { return runInSandbox(place) }
    if let loner = loners[place] { return loner.outcome(on: input) }
    if sandboxed.contains(place) { return runInSandbox(place) }
    return nil
  }

  private func unwrapped(_ wrapped: consuming JQOutcome) -> JQOutcome {
    switch consume wrapped {
    case .value(let wrapped): BatchCompiler.unwrap(wrapped)
    case .nothing: .nothing
    case .failure(let message): .failure(message)
    }
  }

  /// Drops what the last run still holds.
  package func stop() {
    machine?.stop()
    if !exceeded.isEmpty { single?.stop() }
    input = JQValue(consuming: jv_null())
  }

  private func runInSandbox(_ place: Int) -> JQOutcome {
    let json = inputJSON ?? Self.json(input)
    inputJSON = json
    return sandbox?.run(place, on: json) ?? .nothing
  }

  private static func json(_ input: borrowing JQValue) -> [UInt8] {
    var json: [UInt8] = []
    _ = input.write(into: &json)
    return json
  }
}
