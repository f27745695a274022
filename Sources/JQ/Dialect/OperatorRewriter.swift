/// Replaces jq 1.6's operators and formats that differ by calls of ``CompatibilityDefinitions``.
struct OperatorRewriter {
  func rewrite(_ program: Expression) -> Expression {
    rewrite(program, Names())
  }

  private func rewrite(_ expression: Expression, _ names: Names) -> Expression {
    let inner = expression.mapChildren(in: names, rewrite)
    return Expression(rewrite(inner.node, names), range: inner.range)
  }

  private func rewrite(_ node: Node, _ names: Names) -> Node {
    switch node {
    case .update(.modify, let target, let update): return .call("__modify", [target, update])
    case .format("uri"): return .call("__uri", [])
    case .format("urid"): return .call("__urid", [])
    case .string(let template) where template.format == "uri" || template.format == "urid":
      return .string(formatted(template))
    case .binary(.divide, let left, let right):
      // 1.6 folds constants while it compiles, and then division by zero is no error to catch.
      guard case .number = right.node else { return node }
      return .binary(.divide, left, Expression(.pipe(Expression(.null), right)))
    case .binary(.modulo, let left, let right):
      return .call("__modulo", [left, right])
    case .binary(.multiply, let left, let right) where !Self.isWhole(left) && !Self.isWhole(right):
      return .call("__multiply", [left, right])
    case .index(let target, let index): return .index(target, position(index))
    case .slice(let target, let first, let last):
      return .slice(target, first.map { bound($0, "__from") }, last.map { bound($0, "__to") })
    case .foreach(let source, let patterns, let initial, let update, let extract):
      return Self.foreach(source, patterns, initial, update, extract)
    case .call(let name, let arguments): return call(name, arguments, names)
    default: return node
    }
  }

  /// A position with a fraction: later versions leave the fraction off, 1.6 finds nothing.
  private func position(_ index: Expression) -> Expression {
    switch index.node {
    case .string: return index
    case .number(let text) where Int(text) != nil: return index
    default: return Expression(.pipe(index, Expression(.call("__position", []))))
    }
  }

  /// A slice's end that is not a number: 1.6 ends the process.
  private func bound(_ index: Expression, _ function: String) -> Expression {
    switch index.node {
    case .number, .negate: return index
    default: return Expression(.pipe(index, Expression(.call(function, []))))
    }
  }

  /// Whether this is a whole number above 0, by which 1.6 repeats a text as later versions do.
  private static func isWhole(_ expression: Expression) -> Bool {
    guard case .number(let text) = expression.node, let number = Int(text) else { return false }
    return number > 0
  }

  /// An initial value with several outputs starts over for each.
  private static func foreach(
    _ source: Expression, _ patterns: [Pattern], _ initial: Expression, _ update: Expression,
    _ extract: Expression?
  ) -> Node {
    let state = Expression(.variable("__initial"))
    return .bind(
      source: initial, patterns: [.variable("__initial")],
      body: Expression(
        .foreach(source: source, patterns: patterns, initial: state, update: update, extract: extract)))
  }

  private func formatted(_ template: StringTemplate) -> StringTemplate {
    let function = Expression(.call(template.format == "uri" ? "__uri" : "__urid", []))
    return StringTemplate(
      parts: template.parts.map { part in
        guard case .interpolation(let value) = part else { return part }
        return .interpolation(Expression(.pipe(value, function)))
      })
  }

  /// Global matches of a pattern that can match nothing end in a crash or without end in 1.6: those
  /// are found by a search of our own, the function's twin. Any other pattern keeps the library's.
  private func call(_ name: String, _ arguments: [Expression], _ names: Names) -> Node {
    let isPath = name == "getpath" && names.builtin(Signature(name, arguments.count)) != nil
    if isPath, let path = arguments.first, !path.isConstant {
      // A place in it may be a slice whose end is not a number.
      return .call(name, [Expression(.pipe(path, Expression(.call("__places", []))))])
    }
    guard let search = names.builtin(Signature(name, arguments.count))?.search, search.gives != .verdict
    else {
      return .call(name, arguments)
    }
    let isExtended = arguments.dropFirst(search.flags).first.map(Self.mayBeExtended) ?? false
    if let text = arguments[search.pattern].constantText, !isExtended, !RegexShape(text).canMatchEmpty {
      return .call(name, arguments)
    }
    return .call("__" + name, arguments)
  }

  /// Whether these can be flags that make a pattern's spaces and signs mean something else.
  private static func mayBeExtended(_ flags: Expression) -> Bool {
    flags.node != .null && flags.constantText?.contains("x") ?? true
  }
}
