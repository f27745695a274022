/// Puts expressions together into one program that catches each one's errors.
struct BatchCompiler {
  var environment: JQEnvironment
  var dialect = Dialect()

  /// What has become of a batch's expressions, by their places.
  struct Compiled {
    /// The program of those that run together.
    var machine: JQMachine?
    /// Those that run alone.
    var loners: [Int: JQMachine] = [:]
    /// Those that run alone, and not in this process.
    var sandboxed: [Int: JQMachine] = [:]
    /// Those that do not compile.
    var rejections: [Int: JQCompileError] = [:]
  }

  /// Compiles `expressions`; those that are not bounded are for the sandbox to run.
  func compile(_ expressions: [JQExpression]) -> Compiled {
    var compiled = Compiled()
    var together: [(place: Int, prepared: Prepared)] = []
    for (place, expression) in expressions.enumerated() {
      do throws(JQCompileError) {
        let prepared = try prepare(expression)
        if !expression.isBounded {
          compiled.sandboxed[place] = try alone(prepared)
        } else if prepared.runsWithOthers {
          together.append((place, prepared))
        } else {
          compiled.loners[place] = try alone(prepared)
        }
      } catch {
        compiled.rejections[place] = error
      }
    }
    join(together, &compiled)
    return compiled
  }

  /// Compiles the expressions that run together. Where one of them does not compile, each is asked alone,
  /// and the others are put together again.
  private func join(_ together: [(place: Int, prepared: Prepared)], _ compiled: inout Compiled) {
    if together.isEmpty { return }
    if let machine = try? joined(together.map(\.prepared)) {
      compiled.machine = machine
      return
    }
    var valid: [Prepared] = []
    var machines: [Int: JQMachine] = [:]
    for (place, prepared) in together {
      do throws(JQCompileError) {
        machines[place] = try alone(prepared)
        valid.append(prepared)
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

  private func joined(_ programs: [Prepared]) throws(JQCompileError) -> JQMachine {
    var definitions: [String] = []
    var seen: Set<String> = []
    for definition in programs.flatMap(\.definitions) where seen.insert(definition).inserted {
      definitions.append(definition)
    }
    let outputs = programs.map(wrap).joined(separator: ", ")
    return try JQMachine(environment.binding + definitions.joined(separator: " ") + " " + outputs)
  }

  private func alone(_ program: Prepared) throws(JQCompileError) -> JQMachine {
    // The definitions stand on one line, so that lines count from the expression's first.
    let definitions = program.definitions.joined(separator: " ").replacing("\n", with: " ")
    return try JQMachine(environment.binding + definitions + " " + program.text)
  }

  /// One output for each expression: `[value]`, `[]` without an output, `{e: message}` for an error.
  ///
  /// The line breaks end a comment that the expression ends with, the second one where the comment's
  /// last character is a backslash.
  private func wrap(_ program: Prepared) -> String {
    "(try [first(\(program.text)\n\n)] catch {e: .})"
  }
}

extension BatchCompiler {
  /// An expression in the words of the libjq at hand.
  struct Prepared {
    var text: String
    /// What must stand before it.
    var definitions: [String]
    /// Whether it can stand in one program with others.
    var runsWithOthers: Bool
  }

  /// Makes an expression ready.
  ///
  /// One that this parser does not read might close the parentheses that keep it apart, so it runs
  /// alone; `halt` would end the others with it.
  func prepare(_ expression: JQExpression) throws(JQCompileError) -> Prepared {
    guard let program = expression.program else {
      return Prepared(
        text: expression.text, definitions: Builtins.rows.compactMap(\.closing).sorted(),
        runsWithOthers: false)
    }
    if let first = program.imports.first {
      throw JQCompileError(message: "a mapping cannot import or include a module (`\(first.path)`)")
    }
    if program.metadata != nil { throw JQCompileError(message: "a mapping cannot be a module") }
    guard let body = program.body else {
      return Prepared(text: expression.text + "\n.", definitions: [], runsWithOthers: false)
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
      definitions: builtins.compactMap(\.closing) + (translation?.definitions.map(\.text) ?? []),
      runsWithOthers: !builtins.contains { $0.traits.contains(.ends) })
  }
}
