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
  private let count: Int
  private var position = 0

  /// Compiles `expressions`.
  package init(_ expressions: [JQExpression], environment: JQEnvironment) {
    count = expressions.count
    let compiler = BatchCompiler(environment: environment)
    let compiled = compiler.compile(expressions)
    machine = compiled.machine
    loners = compiled.loners
    rejections = compiled.rejections
  }

  /// Starts over with `input`. ``next(_:)`` then gives the expressions' outcomes in their order.
  package func start(_ input: borrowing JQValue) {
    position = 0
    machine?.start(input)
  }

  /// The next expression's outcome; `input` is what the batch was started with.
  package func next(_ input: borrowing JQValue) -> JQOutcome {
    let place = position
    position += 1
    if let rejection = rejections[place] { return .failure(rejection.message) }
    if let loner = loners[place] { return Self.outcome(ofLoner: loner, input) }
    guard place < count, let machine else { return .nothing }
    switch machine.next() {
    case .value(let wrapped): return Self.unwrap(wrapped)
    case .failure(let message): return .failure(Self.words(message))
    case .end: return .nothing
    }
  }

  /// Drops what the last run still holds.
  package func stop() {
    machine?.stop()
  }

  private static func outcome(ofLoner loner: JQMachine, _ input: borrowing JQValue) -> JQOutcome {
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

/// Puts expressions together into one program that catches each one's errors.
struct BatchCompiler {
  var environment: JQEnvironment

  func compile(
    _ expressions: [JQExpression]
  ) -> (machine: JQMachine?, loners: [Int: JQMachine], rejections: JQBatch.Rejections) {
    var loners: [Int: JQMachine] = [:]
    var rejections: JQBatch.Rejections = [:]
    var together: [Int] = []
    for (place, expression) in expressions.enumerated() {
      if expression.runsWithOthers {
        together.append(place)
      } else {
        take(alone(expression), at: place, &loners, &rejections)
      }
    }
    if together.isEmpty { return (nil, loners, rejections) }
    do throws(JQCompileError) {
      return (try joined(together.map { expressions[$0] }), loners, rejections)
    } catch {
      // One of them does not compile; alone, each says so itself.
      var valid: [JQExpression] = []
      for place in together {
        let machine = alone(expressions[place])
        if case .success = machine { valid.append(expressions[place]) }
        take(machine, at: place, &loners, &rejections)
      }
      guard let machine = try? joined(valid) else { return (nil, loners, rejections) }
      for place in together { loners[place] = nil }
      return (machine, loners, rejections)
    }
  }

  private func take(
    _ machine: Result<JQMachine, JQCompileError>, at place: Int,
    _ loners: inout [Int: JQMachine], _ rejections: inout JQBatch.Rejections
  ) {
    switch machine {
    case .success(let machine): loners[place] = machine
    case .failure(let error): rejections[place] = error
    }
  }

  private func joined(_ expressions: [JQExpression]) throws(JQCompileError) -> JQMachine? {
    if expressions.isEmpty { return nil }
    let program = expressions.map(wrap).joined(separator: ", ")
    return try JQMachine(environment.definitions + program)
  }

  private func alone(_ expression: JQExpression) -> Result<JQMachine, JQCompileError> {
    Result { () throws(JQCompileError) in
      if let program = expression.program, let first = program.imports.first {
        throw JQCompileError(message: "a mapping cannot import or include a module (`\(first.path)`)")
      }
      return try JQMachine(environment.definitions + expression.source)
    }
  }

  /// One output for each expression: `[value]`, `[]` without an output, `{e: message}` for an error.
  ///
  /// The line breaks end a comment that the expression ends with, the second one where the comment's
  /// last character is a backslash.
  private func wrap(_ expression: JQExpression) -> String {
    "(try [first(\(expression.source)\n\n)] catch {e: .})"
  }
}

extension JQExpression {
  /// The text that libjq is given.
  fileprivate var source: String {
    program?.body == nil && program != nil ? text + "\n." : text
  }

  /// Whether the expression can stand in one program with others. One that this parser does not read
  /// might close the parentheses that keep it apart; `halt` ends everything.
  fileprivate var runsWithOthers: Bool {
    guard let program, program.imports.isEmpty, program.metadata == nil, let body = program.body else {
      return false
    }
    return !body.calls("halt") && !body.calls("halt_error")
  }
}

extension Expression {
  /// Whether the builtin `name` is called anywhere in it.
  fileprivate func calls(_ name: String) -> Bool {
    if case .call(name, _) = node { return true }
    return children.contains { $0.calls(name) }
  }
}
