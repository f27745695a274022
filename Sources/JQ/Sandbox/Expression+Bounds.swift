/// What the judge of boundedness asks of an expression's form.
extension Expression {
  /// The whole number that stands here, if it is not too large to repeat a text by.
  var smallNumber: Int? {
    switch node {
    case .parenthesized(let inner), .negate(let inner): return inner.smallNumber
    case .number(let text):
      guard let number = Double(text) else { return nil }
      // A text times 1000 is a thousand texts; a factor such as 3600000 is for numbers, but who knows.
      return number <= 1000 ? Int(number) : nil
    default: return nil
    }
  }

  /// Whether this counts something that is there: a number that stands here, or a length, give or take.
  var isSmallCount: Bool {
    switch node {
    case .parenthesized(let inner): inner.isSmallCount
    case .number: smallNumber != nil
    case .call("length", let arguments): arguments.isEmpty
    case .pipe(_, let last): last.isSmallCount
    case .binary(let symbol, let first, let second):
      (symbol == .add || symbol == .subtract) && first.isSmallCount && second.isSmallCount
    default: false
    }
  }

  /// Whether every output lies inside the input.
  var descends: Bool {
    switch node {
    case .field(let target, _), .iterate(let target): target.isDescentOrInput
    case .optional(let inner), .parenthesized(let inner): inner.descends
    case .pipe(let first, let second): first.descends && second.descends
    default: false
    }
  }

  private var isDescentOrInput: Bool {
    if case .identity = node { return true }
    return descends
  }

  /// Whether this names places that stand there: keys, elements, small positions.
  var isFixedPlace: Bool {
    switch node {
    case .identity, .recurse: true
    case .field(let target, _), .iterate(let target), .optional(let target), .parenthesized(let target):
      target.isFixedPlace
    case .index(let target, let index):
      target.isFixedPlace && (index.smallNumber != nil || index.isConstantText)
    case .pipe(let first, let second), .comma(let first, let second):
      first.isFixedPlace && second.isFixedPlace
    case .call("select", _), .call("empty", _): true
    default: false
    }
  }

  private var isConstantText: Bool {
    guard case .string(let template) = node else { return false }
    return template.constant != nil
  }

  /// Whether an update of a state adds only what does not hold the state itself.
  var growsByOthersOnly: Bool {
    switch node {
    case .identity: true
    case .parenthesized(let inner): inner.growsByOthersOnly
    case .binary(.add, let state, let added): state.isInput && !added.usesInput
    case .conditional(let branches, let otherwise):
      branches.allSatisfy { $0.consequence.growsByOthersOnly } && otherwise?.growsByOthersOnly ?? true
    default: !usesInput
    }
  }

  private var isInput: Bool {
    if case .identity = node { return true }
    return false
  }

  /// Whether this may look at its input.
  private var usesInput: Bool {
    switch node {
    case .number, .null, .true, .false, .variable, .location, .breakOut: return false
    case .identity, .recurse, .format: return true
    case .pipe(let first, _): return first.usesInput
    case .bind(let source, _, let body): return source.usesInput || body.usesInput
    case .call(let name, let arguments): return !(name == "empty" && arguments.isEmpty)
    case .object(let entries):
      return entries.contains { entry in
        if case .name = entry.key, entry.value == nil { return true }
        return false
      } || children.contains { $0.usesInput }
    default: return children.contains { $0.usesInput }
    }
  }
}

extension Pattern {
  /// The expressions that stand as keys in it.
  var keyExpressions: [Expression] {
    switch self {
    case .variable: []
    case .array(let elements): elements.flatMap(\.keyExpressions)
    case .object(let entries):
      entries.flatMap { entry -> [Expression] in
        let inner = entry.pattern?.keyExpressions ?? []
        switch entry.key {
        case .computed(let key): return [key] + inner
        case .string(let template): return [Expression(.string(template))] + inner
        case .name, .variable: return inner
        }
      }
    }
  }
}
