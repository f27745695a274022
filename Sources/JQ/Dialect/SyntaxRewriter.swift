/// Says in jq 1.6's syntax what later versions added to it.
///
/// The printer already writes `.a.[0]` as `.a[0]` and puts parentheses where versions disagree.
struct SyntaxRewriter {
  /// jq 1.7 takes keywords as names of variables; they get this before them.
  private static let keywordPrefix = "__keyword_"
  private static let keywords: Set<String> = [
    "module", "import", "include", "def", "if", "then", "else", "elif", "end", "as", "reduce", "foreach",
    "try", "catch", "label", "and", "or",
  ]

  func rewrite(_ expression: Expression) -> Expression {
    let inner = expression.mapChildren(rewrite)
    return Expression(rewrite(inner.node), range: inner.range)
  }

  private func rewrite(_ node: Node) -> Node {
    switch node {
    case .conditional(let branches, nil): return .conditional(branches, otherwise: Expression(.identity))
    case .object(let entries): return .object(entries.map(rewrite))
    case .variable(let name): return .variable(safe(name))
    case .label(let name, let body): return .label(safe(name), body)
    case .breakOut(let name): return .breakOut(safe(name))
    case .field(let target, let key) where Self.readsAsExponent(key):
      return .index(target, Expression(.string(StringTemplate(key))))
    case .location(let line): return Self.location(line)
    case .bind(let source, let patterns, let body):
      return .bind(source: source, patterns: patterns.map(rewrite), body: body)
    case .reduce(let source, let patterns, let initial, let update):
      return .reduce(source: source, patterns: patterns.map(rewrite), initial: initial, update: update)
    case .foreach(let source, let patterns, let initial, let update, let extract):
      return .foreach(
        source: source, patterns: patterns.map(rewrite), initial: initial, update: update, extract: extract)
    case .definition(var definition, let body):
      definition.parameters = definition.parameters.map { parameter in
        if case .value(let name) = parameter { .value(safe(name)) } else { parameter }
      }
      return .definition(definition, body)
    default: return node
    }
  }

  /// 1.6 takes `.e0` for a number.
  private static func readsAsExponent(_ key: String) -> Bool {
    let bytes = Array(key.utf8.prefix(2))
    return bytes.count == 2 && bytes[0] | 0x20 == UInt8(ascii: "e") && (0x30...0x39).contains(bytes[1])
  }

  private func safe(_ name: String) -> String {
    Self.keywords.contains(name) ? Self.keywordPrefix + name : name
  }

  /// `$__loc__`: the place is the expression's, whatever comes before it in the program.
  private static func location(_ line: Int) -> Node {
    .object([
      ObjectEntry(key: .name("file"), value: Expression(.string(StringTemplate("<top-level>")))),
      ObjectEntry(key: .name("line"), value: Expression(.number(String(line)))),
    ])
  }

  private func rewrite(_ entry: ObjectEntry) -> ObjectEntry {
    switch (entry.key, entry.value) {
    case (.variable(let name), let value):
      let variable = Expression(.variable(safe(name)))
      guard let value else {
        return ObjectEntry(key: .string(StringTemplate(name)), value: variable)
      }
      return ObjectEntry(key: .computed(variable), value: enclosed(value))
    case (.name(let name), nil) where Self.keywords.contains(name):
      return ObjectEntry(
        key: .string(StringTemplate(name)), value: Expression(.field(Expression(.identity), name)))
    case (.name(let name), let value?) where Self.keywords.contains(name):
      return ObjectEntry(key: .string(StringTemplate(name)), value: enclosed(value))
    case (.location(let line), nil):
      return ObjectEntry(key: .string(StringTemplate("__loc__")), value: Expression(Self.location(line)))
    case (let key, let value): return ObjectEntry(key: key, value: value.map(enclosed))
    }
  }

  /// Values with operators in them came with 1.8; before, parentheses make them terms.
  private func enclosed(_ value: Expression) -> Expression {
    Expression(.parenthesized(value), range: value.range)
  }

  private func rewrite(_ pattern: Pattern) -> Pattern {
    switch pattern {
    case .variable(let name): .variable(safe(name))
    case .array(let elements): .array(elements.map(rewrite))
    case .object(let entries): .object(entries.map(rewrite))
    }
  }

  private func rewrite(_ entry: ObjectPatternEntry) -> ObjectPatternEntry {
    let pattern = entry.pattern.map(rewrite)
    switch entry.key {
    case .variable(let name) where Self.keywords.contains(name) && pattern == nil:
      return ObjectPatternEntry(key: .string(StringTemplate(name)), pattern: .variable(safe(name)))
    case .name(let name) where Self.keywords.contains(name):
      return ObjectPatternEntry(key: .string(StringTemplate(name)), pattern: pattern)
    default: return ObjectPatternEntry(key: entry.key, pattern: pattern)
    }
  }
}
