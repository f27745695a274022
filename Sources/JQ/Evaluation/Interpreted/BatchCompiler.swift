import CLibJQ

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
    /// The programs of those that run alone, and not in this process.
    var sandboxed: [Int: String] = [:]
    /// Runs those, nil where there are none.
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
    for (place, expression) in expressions.enumerated() {
      do throws(JQCompileError) {
        let prepared = try prepare(expression)
        switch expression.interpretation {
        case .sandboxed:
          let text = text(prepared)
          // It never runs here, but whether it compiles is seen here.
          _ = try JQMachine(text)
          compiled.sandboxed[place] = text
        case .together: together.append((place, prepared))
        default: compiled.loners[place] = try JQMachine(text(prepared))
        }
      } catch {
        compiled.rejections[place] = error
      }
    }
    join(together, &compiled)
    if !compiled.sandboxed.isEmpty {
      compiled.sandbox = Sandbox(programs: compiled.sandboxed, limits: environment.limits)
    }
    return compiled
  }

  /// Gives all `expressions` to a sandbox, which also says which of them do not compile.
  private func compileElsewhere(_ expressions: [JQExpression]) -> Compiled {
    var compiled = Compiled()
    for (place, expression) in expressions.enumerated() {
      do throws(JQCompileError) {
        compiled.sandboxed[place] = text(try prepare(expression))
      } catch {
        compiled.rejections[place] = error
      }
    }
    let sandbox = Sandbox(programs: compiled.sandboxed, limits: environment.limits)
    for place in compiled.sandboxed.keys.sorted() {
      guard let error = sandbox.compileError(of: place) else { continue }
      compiled.rejections[place] = error
      compiled.sandboxed[place] = nil
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
    } else {
      compiled.loners.merge(machines) { _, machine in machine }
    }
  }

  private func joined(_ programs: [(place: Int, prepared: Prepared)]) throws(JQCompileError) -> JQMachine {
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
