import JQ

/// Words that stand without jq's quotes where a text is wanted: the key in `.fields[System.State]`, and the arguments
/// in `IN(open, closed)`.
struct BareArguments {
  private let expression: LintExpression
  private let body: JQ.Expression
  /// Where the names begin that nothing defines.
  private let unresolved: Set<Int>

  init(_ expression: LintExpression, _ body: JQ.Expression, _ names: [UnresolvedName]) {
    self.expression = expression
    self.body = body
    unresolved = Set(names.map(\.range.lowerBound))
  }

  /// Functions whose arguments are texts, or are compared with some.
  private static let takers: Set<String> = [
    "IN", "split", "join", "test", "match", "capture", "scan", "startswith", "endswith", "contains",
    "ltrimstr",
    "rtrimstr", "index", "rindex", "sub", "gsub", "splits",
  ]

  /// The finding on all words that stand where `name` does, nil where it stands elsewhere.
  func finding(_ name: UnresolvedName) -> Diagnostic? {
    CallCures.find(body) { node in
      guard node.range.contains(name.range.lowerBound) else { return nil }
      return key(node, name) ?? arguments(node, name)
    }
  }

  private func key(_ node: JQ.Expression, _ name: UnresolvedName) -> Diagnostic? {
    guard case .index(let target, let key) = node.node, key.range.contains(name.range.lowerBound),
      unresolved.contains(key.range.lowerBound), let word = expression.part(key.range),
      word.utf8.allSatisfy({ $0.continuesName || ".-".utf8.contains($0) }),
      let path = expression.part(target.range)
    else { return nil }
    return expression.finding(
      .error, .missingQuotes, "the key `\(word)` has no quotes, so jq looks for a function",
      help: "write `\(expression.partInYAML("\(path)[\"\(word)\"]"))`", in: key.range,
      changing: [TextChange(range: key.range, text: "\"\(word)\"")])
  }

  private func arguments(_ node: JQ.Expression, _ name: UnresolvedName) -> Diagnostic? {
    guard case .call(let function, let arguments) = node.node, Self.takers.contains(function) else {
      return nil
    }
    let parts = arguments.flatMap(\.separatedByCommas)
    let words = parts.filter { isBare($0) }
    guard words.contains(where: { $0.range == name.range }), let first = words.first, let last = words.last,
      parts.allSatisfy({ isBare($0) || $0.constantKind != nil })
    else { return nil }
    let quoted = { (part: JQ.Expression) in
      let text = expression.part(part.range) ?? ""
      return isBare(part) ? "\"\(text)\"" : text
    }
    let whole = "\(function)(\(parts.map(quoted).joined(separator: function == "IN" ? ", " : "; ")))"
    let shown = expression.part(first.range) ?? ""
    return expression.finding(
      .error, .missingQuotes, "`\(shown)` is a text without jq's quotes, so jq looks for a function",
      help: "write `\(expression.partInYAML(whole))`, or `.\(shown)` for a key of the object",
      in: first.range.lowerBound..<last.range.upperBound,
      changing: words.count > 1 ? [TextChange(range: node.range, text: whole)] : [])
  }

  /// Whether it is one word that nothing defines.
  private func isBare(_ node: JQ.Expression) -> Bool {
    guard case .call(let name, let arguments) = node.node, arguments.isEmpty else { return false }
    return unresolved.contains(node.range.lowerBound) && FunctionKnowledge.otherConstants[name] == nil
  }
}
