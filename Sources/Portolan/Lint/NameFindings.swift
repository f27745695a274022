import JQ

/// Says what is wrong with names that nothing defines.
struct NameFindings {
  private let expression: LintExpression
  private let body: JQ.Expression

  init(_ expression: LintExpression, _ body: JQ.Expression) {
    self.expression = expression
    self.body = body
  }

  func findings(_ names: [UnresolvedName], _ functions: inout FunctionKnowledge) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let bare = BareArguments(expression, body, names)
    for name in names {
      if found.count == ExpressionRules.limit { break }
      switch name.use {
      case .function(let arity):
        if arity == 0, expression.functions.contains(name.name) { continue }
        if functions.has(Signature(name.name, arity)) { continue }
        if let whole = wholeText(name) { return [whole] }
        found.append(bare.finding(name) ?? function(name, arity))
      case .variable:
        if expression.role == .queryPart, expression.text == "$" + name.name {
          return [BareText.finding(expression)]
        }
        found.append(variable(name))
      case .label:
        found.append(
          expression.finding(
            .error, .unknownVariable, "no `label $\(name.name)` is around this `break`",
            help: "put `label $\(name.name) |` before what it leaves", in: name.range))
      }
    }
    // One key with several hyphens is found at each of them.
    var places: Set<Diagnostic> = []
    return found.filter { places.insert($0).inserted }
  }

  /// The finding for an expression that is a single word, or in a blueprint anything like words.
  private func wholeText(_ name: UnresolvedName) -> Diagnostic? {
    let text = expression.text
    // The leaves of a search query are words such as `in`, which is a function of jq with an argument.
    let arities = FunctionKnowledge.arities[text]
    let isFunction = expression.role == .queryPart ? arities?.contains(0) ?? false : arities != nil
    guard FunctionKnowledge.otherConstants[text] == nil, !isFunction else {
      return nil
    }
    let isName = expression.role == .blueprint || expression.role == .icon || expression.role == .queryPart
    guard BareText.isWord(text) || (isName && BareText.isText(expression)) else { return nil }
    return BareText.finding(expression)
  }

  private func function(_ name: UnresolvedName, _ arity: Int) -> Diagnostic {
    if let constant = FunctionKnowledge.otherConstants[name.name], arity == 0 {
      return expression.finding(
        .error, .foreignSyntax, "`\(name.name)` is not a word of jq", help: "write `\(constant)`",
        in: name.range, changing: [TextChange(range: name.range, text: constant)])
    }
    if let hyphenated = HyphenFindings(expression).missingFunction(at: name.range.lowerBound) {
      return hyphenated
    }
    if let slashes = CallCures.slashes(before: name.range, in: expression) {
      return expression.finding(
        .error, .foreignSyntax, "the steps of a path take a dot, not a slash",
        help: "write `\(expression.partInYAML(slashes.whole))`", in: slashes.range, changing: slashes.changes)
    }
    let counts = knownCounts(name)
    if !counts.isEmpty { return wrongCount(name, arity, counts) }
    if let call = calls.piped(name) ?? calls.foreign(name) {
      return expression.finding(
        .error, .unknownFunction, "there is no function `\(name.name)`",
        help: "write `\(expression.partInYAML(call.text))`", in: name.range, changing: [call])
    }
    return expression.finding(
      .error, .unknownFunction, "there is no function `\(name.name)`", help: remedy(name, arity),
      in: name.range, changing: onlyCure(name, arity).map { [$0] } ?? [])
  }

  /// With how many arguments a function of this name exists.
  private func knownCounts(_ name: UnresolvedName) -> [Int] {
    let own = name.knownFunctions.filter { $0.name == name.name }.map(\.arity)
    if expression.functions.contains(name.name) { return [0] }
    return Set(own + (FunctionKnowledge.arities[name.name] ?? [])).sorted()
  }

  private var calls: CallCures { CallCures(expression, body) }

  /// The one thing that can be meant.
  private func onlyCure(_ name: UnresolvedName, _ arity: Int) -> TextChange? {
    if Builtins[Signature(name.name, arity)]?.replacement != nil { return nil }
    if let instead = FunctionKnowledge.otherLanguages[name.name] {
      let isName = arity == 0 && instead.utf8.allSatisfy(\.continuesName)
      return isName ? TextChange(range: name.range, text: instead) : nil
    }
    if arity == 0, path(from: name.range) != nil {
      return TextChange(range: name.range.lowerBound..<name.range.lowerBound, text: ".")
    }
    let known = name.knownFunctions.filter { $0.arity == arity }.map(\.name)
    let builtins = FunctionKnowledge.arities.filter { $0.value.contains(arity) }.map(\.key)
    let candidates = Array(Set(expression.functions + known + builtins))
    return Spelling.onlyNearest(to: name.name, in: candidates).map { TextChange(range: name.range, text: $0) }
  }

  private func wrongCount(_ name: UnresolvedName, _ arity: Int, _ counts: [Int]) -> Diagnostic {
    let known = counts.map { $0 == 0 ? "none" : String($0) }.joined(separator: " or ")
    let example = counts.map { Self.call(name.name, $0) }.map { "`\($0)`" }.joined(separator: " or ")
    let isNegation = name.name == "not" && arity == 1
    let subjectFirst = calls.subjectFirst(name, counts)
    let hasCommas = arity == 1 && counts.contains { $0 > 1 }
    let separated = hasCommas ? calls.separated(name, counts) : calls.listed(name)
    let instead = separated.map { "`\(expression.partInYAML($0.text))`" } ?? example
    return expression.finding(
      .error, .unknownFunction,
      "`\(name.name)` takes \(known == "none" ? "no" : known) argument\(counts == [1] ? "" : "s"); here it has \(arity == 0 ? "none" : String(arity))",
      help: subjectFirst.map { "what it works on comes before it: `\(expression.partInYAML($0.text))`" }
        ?? (isNegation
          ? "write `not` after what it negates: `(.a == 1) | not`"
          : "write \(instead)" + (hasCommas ? ": arguments are separated by `;`" : "")),
      in: name.range,
      changing: (subjectFirst ?? separated).map { [$0] } ?? [])
  }

  private static func call(_ name: String, _ count: Int) -> String {
    count == 0 ? name : "\(name)(\(Array(repeating: "…", count: count).joined(separator: "; ")))"
  }

  private func remedy(_ name: UnresolvedName, _ arity: Int) -> String {
    if let instead = Builtins[Signature(name.name, arity)]?.replacement {
      return "jq 1.7 removed it; write `\(instead)`"
    }
    if name.name == "jq" { return "leave out `jq` and its options: the expression stands alone" }
    if let word = foreignWord(name) { return word }
    if arity == 0, isArgumentOfHas(name.range) {
      return "`has` takes the key as a text: `has(\"\(name.name)\")`"
    }
    if let instead = FunctionKnowledge.otherLanguages[name.name] { return "jq's way is `\(instead)`" }
    if let nearest = Spelling.nearest(to: name.name, in: expression.functions) {
      return "did you mean `\(nearest)`?"
    }
    if arity == 0, let path = path(from: name.range) { return "a path begins with a dot: `.\(path)`" }
    let candidates = (name.knownFunctions.map(\.name) + FunctionKnowledge.arities.keys).sorted()
    // Of so few letters every name is near.
    if name.name.utf8.count > 2, let nearest = Spelling.nearest(to: name.name, in: candidates) {
      return "did you mean `\(nearest)`?"
    }
    return arity == 0
      ? "write `.\(name.name)` for a key of the object, or `\"\(name.name)\"` for a text"
      : textWithPath.map {
        "a text takes jq's own quotes, and what is put into it `\\(…)`: write `'\"\($0)\"'`"
      }
        ?? "define it before it is used, or see the list of functions at https://jqlang.org/manual"
  }

  /// A text and a path in parentheses, without jq's quotes: `PR \(.number)` for `PR (.number)`.
  private var textWithPath: String? {
    guard let match = expression.text.wholeMatch(of: /(\w+ )\((\.[\w.]+)\)/) else { return nil }
    return "\(match.1)\\(\(match.2))"
  }

  /// What to do with a word that other languages put before a value.
  private func foreignWord(_ name: UnresolvedName) -> String? {
    switch name.name {
    case "return":
      let rest = expression.text.utf8.dropFirst(name.range.upperBound)
      return "leave out `return`: `\(expression.partInYAML(String(rest)?.trimmed ?? "…"))`"
    case "os":
      let variable = expression.text.firstMatch(of: /os\.(?:environ\[|getenv\()["'](\w+)["']/)?.output.1
      return "a variable of the environment is `env.\(variable ?? "NAME")`"
    default: return nil
    }
  }

  /// Whether the name alone is in the parentheses of `has`.
  private func isArgumentOfHas(_ range: Range<Int>) -> Bool {
    let bytes = Array(expression.text.utf8)
    return bytes.prefix(range.lowerBound).suffix(4).elementsEqual("has(".utf8)
      && bytes.dropFirst(range.upperBound).first == UInt8(ascii: ")")
  }

  /// The path that a name at its beginning makes with the dots after it: `item.name`.
  private func path(from range: Range<Int>) -> String? {
    // Within brackets it is a key without its quotes: `.fields[System.State]`.
    let before = expression.text.utf8.dropFirst(max(0, range.lowerBound - 1)).first
    guard range.lowerBound == 0 || before != UInt8(ascii: "[") else { return nil }
    let bytes = Array(expression.text.utf8.dropFirst(range.lowerBound))
    guard range.count < bytes.count, bytes[range.count] == UInt8(ascii: ".") else { return nil }
    return String(decoding: bytes.prefix { $0.continuesName || $0 == UInt8(ascii: ".") }, as: UTF8.self)
  }

  private func variable(_ name: UnresolvedName) -> Diagnostic {
    let known = name.knownVariables.subtracting(["__prog_args", "__loc__"]).sorted()
    let nearest = Spelling.nearest(to: name.name, in: known)
    // That is how a shell writes a variable of the environment.
    let isShells = name.name.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    let other =
      isShells
      ? "a variable of the environment is `env.\(name.name)`" : "bind it first: `.a as $\(name.name) | …`"
    return expression.finding(
      .error, .unknownVariable, "the variable `$\(name.name)` is not bound here",
      help: nearest.map { "did you mean `$\($0)`?" } ?? other, in: name.range)
  }
}

extension Diagnostic.Rule {
  /// A function that does not exist, or not with so many arguments.
  public static let unknownFunction = Self("unknown-function")
  /// A variable or label that is not bound where it is used.
  public static let unknownVariable = Self("unknown-variable")
}
