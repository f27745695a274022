import CLibJQ

/// How large an input an expression may have to be run in this process, and what of the input counts.
struct InputAllowance {
  let allowance: Allowance
  let reads: ReadTree

  /// Whether the expression runs in a sandbox on `input`, a document of so many bytes.
  func isExceeded(by input: borrowing JQValue, bytes: Int) -> Bool {
    bytes > allowance.bytes && !allowance.admits(input.extent(of: reads, upTo: allowance.measured))
  }
}

/// Puts expressions together into one program that catches each one's errors.
struct BatchCompiler {
  var environment: JQEnvironment
  var order = JQBatch.Order.inTurn
  var dialect = Dialect()

  /// What has become of a batch's expressions, by their places.
  struct Compiled {
    /// The program of those that run together.
    var machine: JQMachine?
    /// Those that run alone.
    var loners: [Int: JQMachine] = [:]
    /// Those that never run in this process.
    var sandboxed: Set<Int> = []
    /// Those of the common program, each by itself, for inputs that are too large for another one of them.
    var apart: [(place: Int, prepared: Prepared)] = []
    /// How large an input each of the others may have to be run in this process.
    var allowances: [Int: InputAllowance] = [:]
    /// Runs those that do not run in this process, nil where there are none.
    var sandbox: Sandbox?
    /// Those that do not compile.
    var rejections: [Int: JQCompileError] = [:]
  }

  /// Compiles `expressions`; those that are not bounded are for the sandbox to run, and all are where libjq would
  /// read the user's own definitions in this process.
  func compile(_ expressions: [JQExpression]) -> Compiled {
    if HomeLibrary.isRead { return compileElsewhere(expressions) }
    var compiled = Compiled()
    var together: [(place: Int, prepared: Prepared)] = []
    var programs: [Int: String] = [:]
    for (place, expression) in expressions.enumerated() {
      do throws(JQCompileError) {
        let prepared = try prepare(expression)
        let interpretation = expression.interpretation
        if interpretation != .sandboxed { allow(expression, place, &compiled) }
        if interpretation == .sandboxed || compiled.allowances[place] != nil {
          programs[place] = text(prepared)
        }
        switch interpretation {
        case .sandboxed:
          // It never runs here, but whether it compiles is seen here.
          _ = try JQMachine(text(prepared))
          compiled.sandboxed.insert(place)
        case .together: together.append((place, prepared))
        default: compiled.loners[place] = try JQMachine(text(prepared))
        }
      } catch {
        compiled.rejections[place] = error
      }
    }
    join(together, &compiled)
    if !programs.isEmpty { compiled.sandbox = Sandbox(programs: programs, limits: environment.limits) }
    return compiled
  }

  private func allow(_ expression: JQExpression, _ place: Int, _ compiled: inout Compiled) {
    guard let cost = expression.cost else { return }
    let allowance = Allowance(cost, environment.limits)
    guard allowance.bytes < .max else { return }
    compiled.allowances[place] = InputAllowance(
      allowance: allowance, reads: expression.program?.reads ?? .all)
  }

  /// Gives all `expressions` to a sandbox, which also says which of them do not compile.
  private func compileElsewhere(_ expressions: [JQExpression]) -> Compiled {
    var compiled = Compiled()
    var programs: [Int: String] = [:]
    for (place, expression) in expressions.enumerated() {
      do throws(JQCompileError) {
        programs[place] = text(try prepare(expression))
      } catch {
        compiled.rejections[place] = error
      }
    }
    let sandbox = Sandbox(programs: programs, limits: environment.limits)
    for place in programs.keys.sorted() {
      if let error = sandbox.compileError(of: place) {
        compiled.rejections[place] = error
      } else {
        compiled.sandboxed.insert(place)
      }
    }
    compiled.sandbox = sandbox
    return compiled
  }

  /// Compiles the expressions that run together. Where one of them does not compile, each is asked alone,
  /// and the others are put together again.
  private func join(_ together: [(place: Int, prepared: Prepared)], _ compiled: inout Compiled) {
    if together.isEmpty { return }
    if let machine = try? joined(together) {
      compiled.machine = machine
      compiled.apart = together
      return
    }
    var valid: [(place: Int, prepared: Prepared)] = []
    var machines: [Int: JQMachine] = [:]
    for (place, prepared) in together {
      do throws(JQCompileError) {
        machines[place] = try JQMachine(text(prepared))
        valid.append((place, prepared))
      } catch {
        compiled.rejections[place] = error
      }
    }
    if valid.isEmpty { return }
    if let machine = try? joined(valid) {
      compiled.machine = machine
      compiled.apart = valid
    } else {
      compiled.loners.merge(machines) { _, machine in machine }
    }
  }

  /// The program of expressions that run together.
  func joined(_ programs: [(place: Int, prepared: Prepared)]) throws(JQCompileError) -> JQMachine {
    var definitions: [String] = []
    var seen: Set<String> = []
    for definition in programs.flatMap(\.prepared.definitions) where seen.insert(definition).inserted {
      definitions.append(definition)
    }
    let body =
      switch order {
      case .inTurn: programs.map { wrap($0.prepared) }.joined(separator: ", ")
      case .onDemand: branches(programs[...])
      }
    return try JQMachine(environment.binding + definitions.joined(separator: " ") + " " + body)
  }

  /// A program for what ``choice(_:_:)`` makes: it runs the one expression whose place it is given, which it
  /// finds by halves, so that the last costs what the first does. No variable is bound on the way, which an
  /// expression could see.
  private func branches(_ programs: ArraySlice<(place: Int, prepared: Prepared)>) -> String {
    guard programs.count > 1 else { return programs.first.map { ".[1] | \(wrap($0.prepared))" } ?? "empty" }
    let middle = programs.startIndex + programs.count / 2
    return "if .[0] < \(programs[middle].place) then \(branches(programs[..<middle])) "
      + "else \(branches(programs[middle...])) end"
  }

  /// The input of a program of branches: which expression is to be run, and on what.
  static func choice(_ place: Int, _ input: borrowing JQValue) -> JQValue {
    JQValue(
      consuming: jv_array_append(jv_array_append(jv_array(), jv_number(Double(place))), input.copied()))
  }

  /// The program of an expression that runs alone.
  private func text(_ program: Prepared) -> String {
    // The definitions are on one line, so that lines count from the expression's first.
    let definitions = program.definitions.joined(separator: " ").replacing("\n", with: " ")
    return environment.binding + definitions + " " + program.text
  }

  /// One output for each expression: `[value]`, `[]` without an output, `{e: message}` for an error.
  ///
  /// The line breaks end a comment that the expression ends with, the second one where the comment's
  /// last character is a backslash.
  private func wrap(_ program: Prepared) -> String {
    "(try [first(\(program.text)\n\n)] catch {e: .})"
  }

  /// Undoes ``wrap(_:)``.
  static func unwrap(_ wrapped: borrowing JQValue) -> JQOutcome {
    if wrapped.kind == JV_KIND_OBJECT {
      return .failure(message: JQValue(consuming: jv_object_get(wrapped.copied(), jv_string("e"))))
    }
    guard jv_array_length(wrapped.copied()) > 0 else { return .nothing }
    return .value(JQValue(consuming: jv_array_get(wrapped.copied(), 0)))
  }
}

extension BatchCompiler {
  /// An expression as the libjq at hand understands it.
  struct Prepared {
    var text: String
    /// What must be before it.
    var definitions: [String]
  }

  /// Makes an expression ready.
  func prepare(_ expression: JQExpression) throws(JQCompileError) -> Prepared {
    guard let program = expression.program else {
      return Prepared(text: expression.text, definitions: Builtins.rows.compactMap(\.closing).sorted())
    }
    if let first = program.imports.first {
      throw JQCompileError(message: "a mapping cannot import or include a module (`\(first.path)`)")
    }
    if program.metadata != nil { throw JQCompileError(message: "a mapping cannot be a module") }
    guard let body = program.body else {
      return Prepared(text: expression.text + "\n.", definitions: [])
    }
    let builtins = body.calledBuiltins.sorted().compactMap { Builtins[$0] }
    for builtin in builtins {
      guard let instead = builtin.replacement else { continue }
      throw JQCompileError(
        message: "\(builtin.signature) is not defined: jq 1.7 removed it; write `\(instead)`")
    }
    let translation = dialect.translate(program)
    return Prepared(
      text: translation?.text ?? expression.text,
      definitions: builtins.compactMap(\.closing) + (translation?.definitions.map(\.text) ?? []))
  }
}
