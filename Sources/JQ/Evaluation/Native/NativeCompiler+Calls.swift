import RawJSON

extension NativeCompiler {
  /// The native form of a call of a builtin. A mapping's expression with functions of its own has none.
  mutating func call(_ name: String, _ arguments: [Expression], _ ofDocument: Bool) -> NativeExpression? {
    switch Builtins[Signature(name, arguments.count)]?.native {
    case .map:
      return generator(arguments[0], ofDocument: false).map {
        .collect(.pipe(.iterate(input(ofDocument), isOptional: false), $0))
      }
    case .element(let position): return .element(input(ofDocument), position)
    case .function(let function): return called(function, ofDocument)
    case .ofText(let function):
      guard let text = Self.text(arguments[0]), !text.isEmpty else { return nil }
      return called(function(text), ofDocument)
    case .ofAnyText(let function):
      return Self.text(arguments[0]).map { called(function($0), ofDocument) }
    case .select, .empty, .filter, nil: return nil
    }
  }

  private mutating func called(_ function: NativeFunction, _ ofDocument: Bool) -> NativeExpression {
    ofDocument ? .pipe(input(true), .call(function)) : .call(function)
  }

  /// The native form of `[content]`.
  mutating func list(_ content: Expression?, _ ofDocument: Bool) -> NativeExpression? {
    guard let content else { return .collect(.empty) }
    return generator(content, ofDocument: ofDocument).map { .collect($0) }
  }

  private mutating func generator(_ expression: Expression, ofDocument: Bool) -> NativeGenerator? {
    guard isStillShort() else { return nil }
    if !ofDocument, let path = JQPath(expression), path.isOptional.contains(true) {
      return .optional(path)
    }
    if let single = self.expression(expression, ofDocument: ofDocument) { return .single(single) }
    switch expression.node {
    case .parenthesized(let inner): return generator(inner, ofDocument: ofDocument)
    case .iterate(let target): return iteration(target, isOptional: false, ofDocument)
    case .optional(let inner):
      guard case .iterate(let target) = inner.node else { return nil }
      return iteration(target, isOptional: true, ofDocument)
    case .recurse: return ofDocument ? nil : .recurse
    case .binary(.alternative, let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: ofDocument)) {
        .alternative($0, $1)
      }
    case .field, .index: return step(expression, ofDocument)
    case .pipe(let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: false)) {
        .pipe($0, $1)
      }
    case .comma(let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: ofDocument)) {
        .comma($0, $1)
      }
    case .call(let name, let arguments):
      switch Builtins[Signature(name, arguments.count)]?.native {
      case .empty: return .empty
      case .filter(let kinds): return ofDocument ? nil : .kinds(kinds)
      case .select:
        // What a `select` of the document itself tests would be read from it by other means.
        guard !ofDocument, let condition = self.expression(arguments[0], ofDocument: false) else {
          return nil
        }
        return .select(condition)
      default: return nil
      }
    default: return nil
    }
  }

  /// `a[]`, where `a` may give any number of values itself.
  private mutating func iteration(
    _ target: Expression, isOptional: Bool, _ ofDocument: Bool
  ) -> NativeGenerator? {
    if let single = expression(target, ofDocument: ofDocument) {
      return .iterate(single, isOptional: isOptional)
    }
    return generator(target, ofDocument: ofDocument).map {
      .pipe($0, .iterate(.input, isOptional: isOptional))
    }
  }

  /// `a[].b`: a step into each of what the target gives.
  private mutating func step(_ expression: Expression, _ ofDocument: Bool) -> NativeGenerator? {
    let (target, step): (Expression, Node)
    switch expression.node {
    case .field(let inner, let key): (target, step) = (inner, .field(Expression(.identity), key))
    case .index(let inner, let index): (target, step) = (inner, .index(Expression(.identity), index))
    default: return nil
    }
    guard let values = generator(target, ofDocument: ofDocument),
      let taken = self.expression(Expression(step), ofDocument: false)
    else { return nil }
    return .pipe(values, .single(taken))
  }

  private func pair(
    _ first: NativeGenerator?, _ second: NativeGenerator?,
    _ make: (NativeGenerator, NativeGenerator) -> NativeGenerator
  ) -> NativeGenerator? {
    guard let first, let second else { return nil }
    return make(first, second)
  }

  private mutating func input(_ ofDocument: Bool) -> NativeExpression {
    expression(Expression(.identity), ofDocument: ofDocument) ?? .input
  }

  /// The text of a string that is written there, nil for anything else.
  private static func text(_ expression: Expression) -> String? {
    expression.constantText.flatMap { $0.utf8.contains(0) ? nil : $0 }
  }
}
