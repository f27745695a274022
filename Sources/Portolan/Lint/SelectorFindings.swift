import JQ

/// Selectors that can give neither true nor false, whatever the object.
struct SelectorFindings {
  private let query: LintExpression

  init(_ query: LintExpression) {
    self.query = query
  }

  func finding() -> Diagnostic? {
    guard let body = query.body else { return nil }
    return assignment(body) ?? select(body) ?? match(body) ?? position(body) ?? certainKind(body)
  }

  /// `.a = "b"`: jq sets the key, and gives the object.
  private func assignment(_ body: JQ.Expression) -> Diagnostic? {
    guard case .update(let symbol, let left, let right) = body.core.node else { return nil }
    let bytes = Array(query.jq.text.utf8)
    let between = left.range.upperBound..<max(left.range.upperBound, min(right.range.lowerBound, bytes.count))
    let sign = Array(symbol.rawValue.utf8)
    guard let start = between.first(where: { bytes[$0...].starts(with: sign) }) else { return nil }
    let range = start..<start + sign.count
    let help =
      symbol == .assign
      ? "compare with `==`" : "write a condition, as `.state == \"open\"`, or `true` to keep every item"
    return query.finding(
      .error, .selectorNotBoolean,
      "`\(symbol.rawValue)` sets a value and gives the whole object, never true or false: every item fails",
      help: help, in: range, changing: symbol == .assign ? [TextChange(range: range, text: "==")] : [])
  }

  /// `select(.a)`: gives the object or nothing.
  private func select(_ body: JQ.Expression) -> Diagnostic? {
    guard case .call("select", let arguments) = body.core.node, let condition = arguments.first,
      arguments.count == 1, let text = query.part(condition.range)
    else { return nil }
    return query.finding(
      .error, .selectorNotBoolean, "`select(…)` gives the whole object or nothing, never true or false",
      help: "write the condition alone: `\(query.partInYAML(text))`", in: body.range,
      changing: [TextChange(range: body.range, text: text)])
  }

  /// `.name | match("x")`: gives what was found or nothing.
  private func match(_ body: JQ.Expression) -> Diagnostic? {
    guard case .call(let name, let arguments) = body.last.node, ["match", "capture", "scan"].contains(name),
      (1...2).contains(arguments.count)
    else { return nil }
    let start = body.last.range.lowerBound
    let change = TextChange(range: start..<start + name.utf8.count, text: "test")
    guard let new = query.changed(by: [change]) else { return nil }
    return query.finding(
      .error, .selectorNotBoolean, "`\(name)(…)` gives what it finds or nothing, never true or false",
      help: "ask with `test(…)`: `\(query.partInYAML(new))`", in: body.range, changing: [change])
  }

  /// `.tags | index("x")`: gives a position or null.
  private func position(_ body: JQ.Expression) -> Diagnostic? {
    guard case .call(let name, let arguments) = body.last.node, ["index", "rindex"].contains(name),
      arguments.count == 1, let text = query.part(body.range)
    else { return nil }
    let end = body.range.upperBound..<body.range.upperBound
    return query.finding(
      .error, .selectorNotBoolean, "`\(name)(…)` gives a position or null, never true or false",
      help: "compare it with null: `\(query.partInYAML(text)) != null`", in: body.range,
      changing: body.core.range == body.range ? [TextChange(range: end, text: " != null")] : [])
  }

  private func certainKind(_ body: JQ.Expression) -> Diagnostic? {
    let kind = body.certainKind
    guard kind != .boolean, let phrase = kind?.phrase ?? body.arithmetic else { return nil }
    let asText = body.constantText
    let isQuoted = asText == "true" || asText == "false"
    return query.finding(
      .error, .selectorNotBoolean, "the selector is always \(phrase), never true or false: every item fails",
      help: isQuoted
        ? "write `\(asText ?? "")` without jq's own quotes, which make it a string"
        : "write a condition, as `.state == \"open\"`, or `true` to keep every item",
      changing: isQuoted ? [TextChange(range: body.range, text: asText ?? "")] : [])
  }
}

extension LintExpression {
  /// The text in `range`, nil where that is not within it.
  func part(_ range: Range<Int>) -> String? {
    let bytes = Array(jq.text.utf8)
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }
}

extension JQ.Expression {
  /// What it is without the parentheses around it.
  var core: JQ.Expression {
    if case .parenthesized(let inner) = node { inner.core } else { self }
  }

  /// What its outputs come from: what is behind its last pipe.
  fileprivate var last: JQ.Expression {
    switch node {
    case .parenthesized(let inner): inner.last
    case .pipe(_, let right): right.last
    case .bind(_, _, let body), .definition(_, let body): body.last
    default: self
    }
  }

  /// What arithmetic gives, for a message. A sum with null is what its other side is, and may be a boolean.
  fileprivate var arithmetic: String? {
    guard case .binary(let symbol, _, _) = core.node else { return nil }
    switch symbol {
    case .subtract, .divide, .multiply, .modulo: return "the result of a calculation"
    default: return nil
    }
  }
}
