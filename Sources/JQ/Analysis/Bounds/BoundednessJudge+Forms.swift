/// What the judge asks of an expression's form, where names mean what they mean in its scope.
extension BoundednessJudge {
  /// The row of the builtin that a call calls; nil for a function of the program.
  func builtin(_ name: String, _ arguments: [Expression]) -> Builtin? {
    scope.builtin(Signature(name, arguments.count))
  }

  /// Whether this counts something that is there: a number that is written there, or a length, give or take.
  func isSmallCount(_ expression: Expression) -> Bool {
    switch expression.node {
    case .parenthesized(let inner), .negate(let inner): isSmallCount(inner)
    case .number: expression.smallNumber != nil
    case .call(let name, let arguments): builtin(name, arguments)?.traits.contains(.counts) ?? false
    case .pipe(_, let last): isSmallCount(last)
    case .binary(let symbol, let first, let second):
      (symbol == .add || symbol == .subtract) && isSmallCount(first) && isSmallCount(second)
    default: false
    }
  }

  /// Whether this names places that are written there: keys, elements, small positions.
  func isFixedPlace(_ expression: Expression) -> Bool {
    switch expression.node {
    case .identity, .recurse: true
    case .field(let target, _), .iterate(let target), .optional(let target), .parenthesized(let target):
      isFixedPlace(target)
    case .index(let target, let index):
      isFixedPlace(target) && (index.smallNumber != nil || index.constantText != nil)
    case .pipe(let first, let second), .comma(let first, let second):
      isFixedPlace(first) && isFixedPlace(second)
    case .call(let name, let arguments): staysInPlace(name, arguments)
    default: false
    }
  }

  /// Whether this lets a place be named several times, or inside another one.
  func namesPlacesTwice(_ target: Expression) -> Bool {
    target.contains { part in
      switch part.node {
      case .comma, .recurse: true
      case .call(let name, let arguments): !staysInPlace(name, arguments)
      default: false
      }
    }
  }

  private func staysInPlace(_ name: String, _ arguments: [Expression]) -> Bool {
    builtin(name, arguments)?.traits.contains(.staysInPlace) ?? false
  }

  /// How many times `first * second` may repeat a text, nil for any number of times.
  func repetitions(_ first: Expression, times second: Expression) -> Int? {
    if first.isObject || second.isObject || (givesNoText(first) && givesNoText(second)) { return 1 }
    return [first, second].compactMap(\.smallNumber).min()
  }

  /// Whether no output is a text.
  private func givesNoText(_ expression: Expression) -> Bool {
    switch expression.node {
    case .number, .negate, .null, .array: true
    case .parenthesized(let inner), .pipe(_, let inner): givesNoText(inner)
    case .binary(let symbol, let first, let second):
      switch symbol {
      // A text divided by a text is a list.
      case .divide, .subtract, .modulo: true
      case .multiply: givesNoText(first) && givesNoText(second)
      default: false
      }
    case .call(let name, let arguments): builtin(name, arguments)?.kind == .number
    default: false
    }
  }

  /// Whether every output is a number.
  func givesNumber(_ expression: Expression) -> Bool {
    switch expression.node {
    case .number: true
    case .negate(let inner), .parenthesized(let inner), .pipe(_, let inner): givesNumber(inner)
    case .binary(let symbol, let first, let second):
      switch symbol {
      case .modulo: true
      case .add, .subtract, .multiply, .divide: givesNumber(first) && givesNumber(second)
      default: false
      }
    case .call(let name, let arguments): builtin(name, arguments)?.kind == .number
    default: false
    }
  }

  /// Whether an update of a state adds only what does not hold the state itself.
  func growsByOthersOnly(_ update: Expression) -> Bool {
    switch update.node {
    case .identity: true
    case .parenthesized(let inner): growsByOthersOnly(inner)
    case .binary(.add, let state, let added): state.node == .identity && !usesInput(added)
    case .conditional(let branches, let otherwise):
      branches.allSatisfy { growsByOthersOnly($0.consequence) } && otherwise.map(growsByOthersOnly) ?? true
    default: !usesInput(update)
    }
  }

  /// Whether an update of a state that is an object leaves it one, and puts in only what does not hold
  /// the state itself. At the top of an object no position can be a thousand million.
  func addsToObject(_ update: Expression) -> Bool {
    switch update.node {
    case .identity: return true
    case .parenthesized(let inner): return addsToObject(inner)
    case .pipe(let first, let second): return addsToObject(first) && addsToObject(second)
    case .binary(.add, let state, let added): return state.node == .identity && !usesInput(added)
    case .update(let symbol, let target, let value):
      guard symbol == .assign || symbol == .add || symbol == .alternative, !usesInput(value) else {
        return false
      }
      switch target.node {
      case .field(let state, _): return state.node == .identity
      case .index(let state, let index): return state.node == .identity && !usesInput(index)
      default: return false
      }
    case .conditional(let branches, let otherwise):
      return branches.allSatisfy { addsToObject($0.consequence) } && otherwise.map(addsToObject) ?? true
    default: return false
    }
  }

  /// Whether this may look at its input.
  private func usesInput(_ expression: Expression) -> Bool {
    switch expression.node {
    case .number, .null, .true, .false, .variable, .location, .breakOut: return false
    case .identity, .recurse, .format: return true
    case .pipe(let first, _): return usesInput(first)
    case .bind(let source, _, let body): return usesInput(source) || usesInput(body)
    case .call(let name, let arguments):
      guard arguments.isEmpty, case .nothing? = builtin(name, arguments)?.reads else { return true }
      return false
    case .object(let entries):
      return entries.contains(where: \.takesFromInput) || expression.children.contains(where: usesInput)
    default: return expression.children.contains(where: usesInput)
    }
  }
}

extension Expression {
  /// The whole number that is written here, if it is not too large to repeat a text by.
  fileprivate var smallNumber: Int? {
    switch node {
    case .parenthesized(let inner), .negate(let inner): return inner.smallNumber
    case .number(let text):
      guard let number = Double(text), number.magnitude <= 1000 else { return nil }
      return Int(number.rounded(.up))
    default: return nil
    }
  }

  /// Whether every output lies inside the input.
  var descends: Bool {
    switch node {
    case .field(let target, _), .iterate(let target): target.node == .identity || target.descends
    case .optional(let inner), .parenthesized(let inner): inner.descends
    case .pipe(let first, let second): first.descends && second.descends
    default: false
    }
  }

  /// How many bytes of text are written in it.
  var textLength: Int {
    var length = children.reduce(0) { $0 + $1.textLength }
    if case .string(let template) = node {
      for case .text(let text) in template.parts { length += text.utf8.count }
    }
    return length
  }

  /// Whether it is written here and reads nothing.
  var isConstant: Bool {
    switch node {
    case .number, .null, .true, .false: true
    case .string: constantText != nil
    case .parenthesized(let inner), .negate(let inner): inner.isConstant
    case .array(let content): content?.isConstant ?? true
    case .comma(let first, let second): first.isConstant && second.isConstant
    default: false
    }
  }

  /// Whether it updates a place.
  var isUpdate: Bool { if case .update = node { true } else { false } }

  /// Whether this is an object that is written here.
  var isObject: Bool {
    switch node {
    case .object: true
    case .parenthesized(let inner): inner.isObject
    default: false
    }
  }
}

extension ObjectEntry {
  /// Whether it is a name alone, and so is the input's field of its name.
  fileprivate var takesFromInput: Bool {
    if value != nil { return false }
    switch key {
    case .name, .string: return true
    case .variable, .location, .computed: return false
    }
  }

  /// The expressions in it; a variable alone is one.
  var expressions: [Expression] {
    var found = [value].compactMap { $0 }
    switch key {
    case .computed(let key): found.append(key)
    case .string(let template): found.append(Expression(.string(template)))
    case .variable(let name): found.append(Expression(.variable(name)))
    case .name, .location: break
    }
    return found
  }
}

extension StringTemplate {
  /// The expressions in it.
  var interpolations: [Expression] {
    parts.compactMap { part in
      if case .interpolation(let value) = part { value } else { nil }
    }
  }
}
