/// The names that an expression may use where it stands.
struct NameScope {
  /// As `name/arity`.
  var functions: Set<String> = []
  var variables: Set<String> = ["ENV", "__loc__", "__prog_args"]
  var labels: Set<String> = []

  func binding(_ patterns: [Pattern]) -> NameScope {
    var scope = self
    for pattern in patterns { scope.variables.formUnion(pattern.variables) }
    return scope
  }
}

/// Walks a tree with the names that are defined at each place.
struct NameResolution {
  let source: [UInt8]
  private(set) var unresolved: [UnresolvedName] = []

  init(source: [UInt8]) {
    self.source = source
  }

  mutating func walk(_ expression: Expression, _ scope: NameScope) {
    switch expression.node {
    case .call(let name, let arguments):
      check(call: name, arguments.count, at: expression.range, scope)
      for argument in arguments { walk(argument, scope) }
    case .variable(let name):
      check(variable: name, at: expression.range, scope)
    case .breakOut(let name):
      guard !scope.labels.contains(name) else { return }
      report(name, .label, expression.range, scope.labels)
    case .label(let name, let body):
      var inner = scope
      inner.labels.insert(name)
      walk(body, inner)
    case .definition(let definition, let body):
      walk(definition, body, scope)
    case .bind(let source, let patterns, let body):
      walk(source, scope)
      walk(keysOf: patterns, scope)
      walk(body, scope.binding(patterns))
    case .reduce(let source, let patterns, let initial, let update):
      walk(fold: source, patterns, [initial], [update], scope)
    case .foreach(let source, let patterns, let initial, let update, let extract):
      walk(fold: source, patterns, [initial], [update] + (extract.map { [$0] } ?? []), scope)
    default:
      walkOther(expression, scope)
    }
  }

  private mutating func walk(_ definition: FunctionDefinition, _ body: Expression, _ scope: NameScope) {
    var outer = scope
    outer.functions.insert("\(definition.name)/\(definition.parameters.count)")
    var inner = outer
    for parameter in definition.parameters {
      switch parameter {
      case .filter(let name): inner.functions.insert("\(name)/0")
      case .value(let name):
        inner.functions.insert("\(name)/0")
        inner.variables.insert(name)
      }
    }
    walk(definition.body, inner)
    walk(body, outer)
  }

  private mutating func walk(
    fold source: Expression, _ patterns: [Pattern], _ before: [Expression], _ within: [Expression],
    _ scope: NameScope
  ) {
    walk(source, scope)
    walk(keysOf: patterns, scope)
    for expression in before { walk(expression, scope) }
    let inner = scope.binding(patterns)
    for expression in within { walk(expression, inner) }
  }

  /// The expressions in patterns may use the variables that stand before them in the same pattern.
  private mutating func walk(keysOf patterns: [Pattern], _ scope: NameScope) {
    let carrier = Expression(
      .bind(source: Expression(.identity), patterns: patterns, body: Expression(.identity)))
    let inner = scope.binding(patterns)
    for key in carrier.children { walk(key, inner) }
  }

  private mutating func walkOther(_ expression: Expression, _ scope: NameScope) {
    if case .object(let entries) = expression.node {
      for case .variable(let name) in entries.map(\.key) {
        check(variable: name, at: place(of: "$" + name, in: expression.range), scope)
      }
    }
    for child in expression.children { walk(child, scope) }
  }

  private mutating func check(call name: String, _ arity: Int, at range: Range<Int>, _ scope: NameScope) {
    guard !scope.functions.contains("\(name)/\(arity)"), !Builtins.contains(name, arity: arity) else {
      return
    }
    let end = min(range.lowerBound + name.utf8.count, range.upperBound)
    report(name, .function(arity: arity), range.lowerBound..<end, scope.functions)
  }

  private mutating func check(variable name: String, at range: Range<Int>, _ scope: NameScope) {
    guard !scope.variables.contains(name) else { return }
    report(name, .variable, range, scope.variables)
  }

  private mutating func report(
    _ name: String, _ use: UnresolvedName.Use, _ range: Range<Int>, _ known: Set<String>
  ) {
    unresolved.append(UnresolvedName(name: name, use: use, range: range, known: known))
  }

  /// Where `text` first stands in a part of the source: entries of objects have no place of their own.
  private func place(of text: String, in range: Range<Int>) -> Range<Int> {
    let wanted = Array(text.utf8)
    let range = range.clamped(to: 0..<source.count)
    let start = range.first { source[$0..<range.upperBound].starts(with: wanted) } ?? range.lowerBound
    return start..<min(start + wanted.count, range.upperBound)
  }
}

extension Pattern {
  /// The variables that it binds.
  fileprivate var variables: [String] {
    switch self {
    case .variable(let name): [name]
    case .array(let elements): elements.flatMap(\.variables)
    case .object(let entries):
      entries.flatMap { entry in
        let inner = entry.pattern?.variables ?? []
        if case .variable(let name) = entry.key { return inner + [name] }
        return inner
      }
    }
  }
}
