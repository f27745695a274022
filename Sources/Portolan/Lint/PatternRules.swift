import JQ

/// Regular expressions that are written out and that no text can be searched for.
struct PatternRules {
  private let expression: LintExpression
  private let bytes: [UInt8]

  init(_ expression: LintExpression) {
    self.expression = expression
    bytes = Array(expression.jq.text.utf8)
  }

  func findings(_ body: JQ.Expression) -> [Diagnostic] {
    var found: [Diagnostic] = []
    collect(body, into: &found)
    return Array(found.prefix(ExpressionRules.limit))
  }

  private func collect(_ node: JQ.Expression, into found: inout [Diagnostic]) {
    if case .call(let name, let arguments) = node.node,
      let search = Builtins[Signature(name, arguments.count)]?.search
    {
      let pattern = arguments.indices.contains(search.pattern) ? arguments[search.pattern] : nil
      let flags = arguments.indices.contains(search.flags) ? arguments[search.flags] : nil
      found += [pattern.flatMap(self.pattern), flags.flatMap { self.flags($0, of: node) }].compactMap { $0 }
    }
    if case .format(let name) = node.node, let finding = format(name, node.range) { found.append(finding) }
    if case .string(let template) = node.node, let name = template.format,
      let finding = format(name, node.range.lowerBound..<node.range.lowerBound + name.utf8.count + 1)
    {
      found.append(finding)
    }
    for child in node.children { collect(child, into: &found) }
  }

  // MARK: Patterns

  private func pattern(_ node: JQ.Expression) -> Diagnostic? {
    guard let text = node.constantText, let refusal = RegexRefusal.of(text) else { return nil }
    let problem = RegexProblem(refusal, in: Array(text.utf8))
    let range = problem.place.flatMap { place(of: $0, in: node) } ?? node.range
    return expression.finding(
      .error, .invalidPattern, problem.message, help: problem.help(expression.partInYAML), in: range)
  }

  /// Where the byte at `offset` of a literal's text is in the expression.
  private func place(of offset: Int, in node: JQ.Expression) -> Range<Int>? {
    guard case .string = node.node, node.range.upperBound <= bytes.count else { return nil }
    var place = node.range.lowerBound + 1
    var passed = 0
    while passed < offset {
      guard place + 1 < node.range.upperBound else { return nil }
      if bytes[place] == UInt8(ascii: "\\") {
        // What `\u` writes takes more than one byte of the text.
        guard bytes[place + 1] != UInt8(ascii: "u") else { return nil }
        place += 1
      }
      place += 1
      passed += 1
    }
    return place..<place + 1
  }

  // MARK: Flags and formats

  private func flags(_ node: JQ.Expression, of call: JQ.Expression) -> Diagnostic? {
    guard let text = node.constantText, let wrong = text.first(where: { !"gimnslpx".contains($0) }) else {
      return nil
    }
    return expression.finding(
      .error, .invalidPattern, "`\(wrong)` is no flag of a regular expression",
      help: piped(call)
        ?? "the flags are `g` (all), `i` (case does not matter), `x`, `s`, `n`, `p` and `l`", in: node.range)
  }

  /// `.a | split("b")` for `split(.a; "b")`.
  private func piped(_ call: JQ.Expression) -> String? {
    guard case .call(let name, let arguments) = call.node,
      Builtins[Signature(name, arguments.count - 1)] != nil
    else { return nil }
    let parts = arguments.compactMap { expression.part($0.range) }
    guard parts.count == arguments.count, let subject = parts.first, subject.hasPrefix(".") else {
      return nil
    }
    let whole = "\(subject) | \(name)(\(parts.dropFirst().joined(separator: "; ")))"
    return "what is searched stands before the call: `\(expression.partInYAML(whole))`"
  }

  private static let formats = [
    "text", "json", "html", "uri", "urid", "csv", "tsv", "sh", "base64", "base64d", "base32", "base32d",
  ]

  private func format(_ name: String, _ range: Range<Int>) -> Diagnostic? {
    let name = name.hasPrefix("@") ? String(name.dropFirst()) : name
    guard !Self.formats.contains(name) else { return nil }
    let nearest = Spelling.nearest(to: name, in: Self.formats)
    let changes = Spelling.onlyNearest(to: name, in: Self.formats).map {
      [TextChange(range: range, text: "@" + $0)]
    }
    return expression.finding(
      .error, .unknownFunction, "there is no format `@\(name)`",
      help: nearest.map { "did you mean `@\($0)`?" }
        ?? "the formats are \(Self.formats.map { "`@\($0)`" }.joined(separator: ", "))",
      in: range, changing: changes ?? [])
  }
}

extension Diagnostic.Rule {
  /// A regular expression, or its flags, that can never be searched for.
  public static let invalidPattern = Self("invalid-pattern")
}
