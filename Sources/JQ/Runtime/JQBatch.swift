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
  /// The input as JSON, for the sandbox; made when it is first asked for.
  private var inputJSON: [UInt8]?
  private var position = 0
  /// What the current run was started with.
  private var input = JQValue(consuming: jv_null())

  /// Compiles `expressions`.
  package init(_ expressions: [JQExpression], environment: JQEnvironment) {
    let compiled = BatchCompiler(environment: environment).compile(expressions)
    machine = compiled.machine
    loners = compiled.loners
    rejections = compiled.rejections
    sandboxed = Set(compiled.sandboxed.keys)
    sandbox =
      compiled.sandboxed.isEmpty ? nil : Sandbox(compiled.sandboxed, limits: environment.limits)
  }

  /// The child process that runs the expressions which are not bounded, nil where there is none.
  var sandboxProcess: Int32? { sandbox?.process }

  /// Starts over with `input`. ``next()`` then gives the expressions' outcomes in their order.
  package func start(_ input: consuming JQValue) {
    position = 0
    inputJSON = nil
    machine?.start(input)
    self.input = input
  }

  /// The next expression's outcome.
  package func next() -> JQOutcome {
    let place = position
    position += 1
    if let rejection = rejections[place] { return .failure(rejection.message) }
    if let loner = loners[place] { return Self.outcome(ofLoner: loner, input) }
    if sandboxed.contains(place) { return runInSandbox(place) }
    guard let machine else { return .nothing }
    switch machine.next() {
    case .value(let wrapped): return Self.unwrap(wrapped)
    case .failure(let message): return .failure(Self.words(message))
    case .end: return .nothing
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

  /// Runs a program of its own on `input`.
  static func outcome(ofLoner loner: JQMachine, _ input: borrowing JQValue) -> JQOutcome {
    loner.start(input)
    defer { loner.stop() }
    switch loner.next() {
    case .value(let value): return .value(value)
    case .failure(let message): return .failure(words(message))
    case .end: return .nothing
    }
  }

  /// Undoes ``BatchCompiler/wrap(_:)``: `[value]`, `[]`, or `{e: message}`.
  private static func unwrap(_ wrapped: borrowing JQValue) -> JQOutcome {
    if wrapped.kind == JV_KIND_OBJECT {
      return .failure(words(JQValue(consuming: jv_object_get(wrapped.copied(), jv_string("e")))))
    }
    guard jv_array_length(wrapped.copied()) > 0 else { return .nothing }
    return .value(JQValue(consuming: jv_array_get(wrapped.copied(), 0)))
  }

  /// An error's words: its message, or its JSON where it is no string.
  private static func words(_ message: borrowing JQValue) -> String {
    message.string ?? message.json
  }
}
