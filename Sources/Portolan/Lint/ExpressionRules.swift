import JQ

/// The rules on each expression by itself.
struct ExpressionRules {
  private let document: LintDocument
  private let allowedVariables: Set<String>

  init(_ document: LintDocument, allowedVariables: Set<String>) {
    self.document = document
    self.allowedVariables = allowedVariables
  }

  func findings() -> [Diagnostic] {
    var functions = FunctionKnowledge()
    return document.resources.flatMap(\.expressions).flatMap { findings($0, &functions) }
  }

  private func findings(_ expression: LintExpression, _ functions: inout FunctionKnowledge) -> [Diagnostic] {
    guard let program = expression.jq.program else {
      // libjq has the last word: it is asked only here, as a compile takes it 15 ms.
      guard let error = expression.jq.syntaxError, let refusal = expression.jq.compileError() else {
        return []
      }
      return [SyntaxFindings(expression, document).finding(error, refusal)]
    }
    if let refusal = moduleFinding(program, expression) { return [refusal] }
    guard let body = program.body else {
      return program.definitions.isEmpty ? [] : [noBody(expression)]
    }
    let names = NameFindings(expression, body).findings(program.unresolvedNames, &functions)
    let hyphens = names.contains { $0.rule == .hyphenatedKey } ? [] : HyphenFindings(expression).inTree(body)
    return names + hyphens + hiddenVariables(body, expression)
      + [ManyOutputs(expression).finding(body)].compactMap { $0 }
  }

  private func moduleFinding(_ program: Program, _ expression: LintExpression) -> Diagnostic? {
    guard let module = program.imports.first else {
      guard program.metadata != nil else { return nil }
      return expression.finding(
        .error, .invalidExpression, "`\(expression.path)` is a jq module, not an expression",
        help: "write the expression itself")
    }
    return expression.finding(
      .error, .invalidExpression,
      "`\(expression.path)` reads the file `\(module.path)`, which no mapping may",
      help: "write what it defines into the expression: `def name: …; …`", in: module.range)
  }

  private func noBody(_ expression: LintExpression) -> Diagnostic {
    expression.finding(
      .error, .invalidExpression, "`\(expression.path)` defines functions and uses none",
      help: "write an expression behind the last `;`")
  }

  private func hiddenVariables(_ expression: JQ.Expression, _ owner: LintExpression) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let name = expression.environmentVariable, !allowedVariables.contains(name) {
      found.append(
        owner.finding(
          .warning, .hiddenVariable,
          "the environment variable `\(name)` is not shown to expressions: this is null",
          help: "run with `--allow-env \(name)` if the mapping may see it", in: expression.range))
    }
    return found + expression.children.flatMap { hiddenVariables($0, owner) }
  }
}

extension JQ.Expression {
  /// The variable that `env.NAME`, `$ENV.NAME` or `env["NAME"]` reads.
  fileprivate var environmentVariable: String? {
    switch node {
    case .field(let target, let name): target.isEnvironment ? name : nil
    case .index(let target, let key): target.isEnvironment ? key.constantText : nil
    default: nil
    }
  }

  private var isEnvironment: Bool {
    switch node {
    case .call("env", let arguments): arguments.isEmpty
    case .variable("ENV"): true
    case .parenthesized(let inner): inner.isEnvironment
    default: false
    }
  }
}
