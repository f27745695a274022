import JQ

/// The rules on each expression by itself.
struct ExpressionRules {
  private let expressions: [LintExpression]
  /// The file that they are in.
  private let source: [UInt8]
  private let allowedVariables: Set<String>

  init(_ expressions: [LintExpression], in source: [UInt8], allowedVariables: Set<String>) {
    self.expressions = expressions
    self.source = source
    self.allowedVariables = allowedVariables
  }

  func findings() -> [Diagnostic] {
    var functions = FunctionKnowledge()
    return expressions.flatMap { findings($0, &functions) }
  }

  private func findings(_ expression: LintExpression, _ functions: inout FunctionKnowledge) -> [Diagnostic] {
    if let command = TypedCommand(expression).finding() { return [command] }
    guard let program = expression.jq.program else {
      // libjq has the last word: it is asked only here, as a compile takes it 15 ms.
      guard let error = expression.jq.syntaxError, let refusal = expression.jq.compileError() else {
        return []
      }
      return [SyntaxFindings(expression, in: source).finding(error, refusal)]
    }
    if let refusal = moduleFinding(program, expression) { return [refusal] }
    guard let body = program.body else {
      return program.definitions.isEmpty ? [empty(expression)].compactMap { $0 } : [noBody(expression)]
    }
    if expression.role == .value, BareText.isDate(expression.text) { return [BareText.finding(expression)] }
    let names = NameFindings(expression, body).findings(program.unresolvedNames, &functions)
    let hyphens = names.contains { $0.rule == .hyphenatedKey } ? [] : HyphenFindings(expression).inTree(body)
    return names + hyphens + negation(body, expression) + hiddenVariables(body, expression)
      + [ManyOutputs(expression).finding(body)].compactMap { $0 } + PatternRules(expression).findings(body)
      + ConstantConditions(expression, body).findings()
      + CommaArguments(expression, body).findings() + TextPlaceholders(expression).findings(body)
      + [joinedByLogic(body, expression)].compactMap { $0 }
  }

  /// `""`, which is the whole object to jq.
  private func empty(_ expression: LintExpression) -> Diagnostic? {
    guard expression.text.isEmpty, expression.role != .selector, expression.role != .queryPart,
      !expression.isPart
    else { return nil }
    return expression.finding(
      .error, .invalidExpression, "an empty expression gives the whole object",
      help: expression.role == .identifier || expression.role == .blueprint
        ? "write the expression that gives it, as `\(expression.role == .identifier ? ".id" : "'\"service\"'")`"
        : "write `'\"\"'` for an empty text, or leave the key out")
  }

  /// `.a and .b` where a text stands: jq gives true or false.
  private func joinedByLogic(_ body: JQ.Expression, _ expression: LintExpression) -> Diagnostic? {
    guard case .binary(let symbol, let left, let right) = body.core.node, symbol == .and || symbol == .or,
      expression.isOfText, let first = expression.part(left.range),
      let second = expression.part(right.range)
    else { return nil }
    let meant = symbol == .and ? "\(first) + \" \" + \(second)" : "\(first) // \(second)"
    return expression.finding(
      .warning, .foreignSyntax, "`\(symbol.rawValue)` gives true or false",
      help: (symbol == .and ? "texts are joined with `+`: " : "for a value that may be absent, write ")
        + "`\(expression.inYAML(meant))`", in: body.range)
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
      help: "write an expression after the last `;`")
  }

  /// `not .a`, which jq reads as the key `a` of what `not` gives.
  private func negation(_ body: JQ.Expression, _ expression: LintExpression) -> [Diagnostic] {
    guard let range = body.misplacedNegation else { return [] }
    let path = negatedPath(after: range, in: expression)
    let help = path.map { "write `(\(expression.partInYAML($0.text)) | not)`" }
    return [
      expression.finding(
        .error, .foreignSyntax, "jq's `not` comes after what it negates",
        help: help ?? "write `(.a | not)`, with what is negated for `.a`", in: range,
        changing: path.map {
          [TextChange(range: range.lowerBound..<$0.range.upperBound, text: "(\($0.text) | not)")]
        } ?? [])
    ]
  }

  /// The path that follows `not` and a blank.
  private func negatedPath(after range: Range<Int>, in expression: LintExpression) -> TextChange? {
    let bytes = Array(expression.text.utf8)
    var start = range.upperBound
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    let length = bytes[start...].prefix { $0.continuesName || $0 == UInt8(ascii: ".") }.count
    guard length > 1, start + length == bytes.count || bytes[start + length] != UInt8(ascii: "[") else {
      return nil
    }
    let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
    return TextChange(range: start..<start + length, text: text)
  }

  private func hiddenVariables(_ body: JQ.Expression, _ expression: LintExpression) -> [Diagnostic] {
    var reads: [(name: String, range: Range<Int>)] = []
    collectReads(body, into: &reads)
    return reads.prefix(Self.limit).map { name, range in
      var finding = expression.finding(
        .warning, .hiddenVariable,
        "the environment variable `\(name)` is not shown to expressions: this is null",
        help: Spelling.nearest(to: name, in: allowedVariables).map { "did you mean `env.\($0)`?" }
          ?? "allow expressions to see `\(name)`, if the mapping may", in: range)
      if Spelling.nearest(to: name, in: allowedVariables) == nil { finding.remedy = .allowVariable(name) }
      return finding
    }
  }

  private func collectReads(
    _ expression: JQ.Expression, into reads: inout [(name: String, range: Range<Int>)]
  ) {
    if let name = expression.environmentVariable, !allowedVariables.contains(name) {
      reads.append((name, expression.range))
    }
    for child in expression.children { collectReads(child, into: &reads) }
  }

  /// How many findings of one kind an expression gets at most.
  static let limit = 10
}

extension JQ.Expression {
  /// Where the first `not` is of which a key is taken.
  fileprivate var misplacedNegation: Range<Int>? {
    if case .field(let target, _) = node, case .call("not", let arguments) = target.node, arguments.isEmpty {
      return target.range
    }
    return children.lazy.compactMap(\.misplacedNegation).first
  }

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

extension Diagnostic.Rule {
  /// An environment variable that expressions may not see.
  public static let hiddenVariable = Self("hidden-variable")
}
