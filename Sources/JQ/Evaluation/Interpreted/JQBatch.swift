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
  /// Runs the expressions that are not bounded, nil where all are.
  private let sandbox: Sandbox?
  private let sandboxed: Set<Int>
  private let order: Order
  /// The input as JSON, for the sandbox; made when it is first asked for.
  private var inputJSON: [UInt8]?
  private var position = 0
  /// What the current run was started with.
  private var input = JQValue(consuming: jv_null())

  /// How the expressions are asked for.
  package enum Order: Sendable {
    /// One after the other, all of them: with ``next()``.
    case inTurn
    /// One here and there: with ``outcome(of:)``. What is not asked for is not run.
    case onDemand
  }

  /// Compiles `expressions`.
  package init(_ expressions: [JQExpression], _ order: Order = .inTurn, environment: JQEnvironment) {
    let compiled = BatchCompiler(environment: environment, order: order).compile(expressions)
    machine = compiled.machine
    loners = compiled.loners
    rejections = compiled.rejections
    sandboxed = Set(compiled.sandboxed.keys)
    sandbox = compiled.sandbox
    self.order = order
  }

  /// The child process that runs the expressions which are not bounded, nil where there is none.
  var sandboxProcess: Int32? { sandbox?.process }

  /// Starts over with `input`.
  package func start(_ input: consuming JQValue) {
    position = 0
    inputJSON = nil
    if order == .inTurn { machine?.start(input) }
    self.input = input
  }

  /// The next expression's outcome, of a batch whose expressions are run in turn.
  package func next() -> JQOutcome {
    let place = position
    position += 1
    if let outcome = outcomeByItself(place) { return outcome }
    return unwrapped(machine?.next() ?? .nothing)
  }

  /// The outcome of the expression at `place`, of a batch whose expressions are run on demand.
  package func outcome(of place: Int) -> JQOutcome {
    if let outcome = outcomeByItself(place) { return outcome }
    guard let machine else { return .nothing }
    machine.start(BatchCompiler.choice(place, input))
    return unwrapped(machine.next())
  }

  /// The outcome of an expression that is no part of the common program, nil where it is one.
  private func outcomeByItself(_ place: Int) -> JQOutcome? {
    if let rejection = rejections[place] { return .failure(rejection.message) }
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
