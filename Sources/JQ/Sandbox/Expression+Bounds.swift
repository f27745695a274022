/// What the judge of boundedness asks of an expression's form.
extension Expression {
  /// The whole number that stands here, if it is not too large to repeat a text by.
  var smallNumber: Int? {
    switch node {
    case .parenthesized(let inner), .negate(let inner): return inner.smallNumber
    case .number(let text):
      guard let number = Double(text), number.magnitude <= 1000 else { return nil }
      return Int(number.rounded(.up))
    default: return nil
    }
  }

  /// Whether this counts something that is there: a number that stands here, or a length, give or take.
  var isSmallCount: Bool {
    switch node {
    case .parenthesized(let inner), .negate(let inner): inner.isSmallCount
    case .number: smallNumber != nil
    case .call("length", let arguments): arguments.isEmpty && !defines("length/0")
    case .pipe(_, let last): last.isSmallCount
    case .binary(let symbol, let first, let second):
      (symbol == .add || symbol == .subtract) && first.isSmallCount && second.isSmallCount
    default: false
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

  /// Whether this names places that stand there: keys, elements, small positions.
  var isFixedPlace: Bool {
    switch node {
    case .identity, .recurse: true
    case .field(let target, _), .iterate(let target), .optional(let target), .parenthesized(let target):
      target.isFixedPlace
    case .index(let target, let index):
      target.isFixedPlace && (index.smallNumber != nil || index.constantText != nil)
    case .pipe(let first, let second), .comma(let first, let second):
      first.isFixedPlace && second.isFixedPlace
    case .call("select", let arguments): arguments.count == 1
    case .call("empty", let arguments): arguments.isEmpty
    default: false
    }
  }

  /// Whether this node lets a place be named several times, or inside another one.
  var namesPlacesTwice: Bool {
    switch node {
    case .comma, .recurse: true
    case .call(let name, _): name != "select" && name != "empty"
    default: false
    }
  }

  /// The text of a string that stands here.
  var constantText: String? {
    switch node {
    case .string(let template) where template.format == nil: template.constant
    case .parenthesized(let inner): inner.constantText
    default: nil
    }
  }

  /// How many bytes of text stand in it.
  var textLength: Int {
    var length = children.reduce(0) { $0 + $1.textLength }
    if case .string(let template) = node {
      for case .text(let text) in template.parts { length += text.utf8.count }
    }
    return length
  }

  /// Whether this is an object that stands here.
  var isObject: Bool {
    switch node {
    case .object: true
    case .parenthesized(let inner): inner.isObject
    default: false
    }
  }

  /// How many times `self * other` may repeat a text, nil for any number of times.
  func repetitions(times other: Expression) -> Int? {
    if isObject || other.isObject || (isNoText && other.isNoText) { return 1 }
    return [self, other].compactMap(\.smallNumber).min()
  }

  /// Whether no output is a text.
  private var isNoText: Bool {
    switch node {
    case .number, .negate, .null, .array: true
    case .parenthesized(let inner), .pipe(_, let inner): inner.isNoText
    case .binary(let symbol, let first, let second):
      switch symbol {
      // A text divided by a text is a list.
      case .divide, .subtract, .modulo: true
      case .multiply: first.isNoText && second.isNoText
      default: false
      }
    case .call(let name, let arguments): arguments.isEmpty && Self.numberFunctions.contains(name)
    default: false
    }
  }

  private static let numberFunctions: Set<String> = [
    "tonumber", "length", "floor", "ceil", "round", "trunc", "fabs", "sqrt", "now", "mktime", "fromdate",
    "fromdateiso8601",
  ]

  /// Whether an update of a state adds only what does not hold the state itself.
  var growsByOthersOnly: Bool {
    switch node {
    case .identity: true
    case .parenthesized(let inner): inner.growsByOthersOnly
    case .binary(.add, let state, let added): state.node == .identity && !added.usesInput
    case .conditional(let branches, let otherwise):
      branches.allSatisfy { $0.consequence.growsByOthersOnly } && otherwise?.growsByOthersOnly ?? true
    default: !usesInput
    }
  }

  /// Whether an update of a state that is an object leaves it one, and puts in only what does not hold
  /// the state itself. At the top of an object no position can be a thousand million.
  var addsToObject: Bool {
    switch node {
    case .identity: return true
    case .parenthesized(let inner): return inner.addsToObject
    case .pipe(let first, let second): return first.addsToObject && second.addsToObject
    case .binary(.add, let state, let added): return state.node == .identity && !added.usesInput
    case .update(let symbol, let target, let value):
      guard symbol == .assign || symbol == .add || symbol == .alternative, !value.usesInput else {
        return false
      }
      switch target.node {
      case .field(let state, _): return state.node == .identity
      case .index(let state, let index): return state.node == .identity && !index.usesInput
      default: return false
      }
    case .conditional(let branches, let otherwise):
      return branches.allSatisfy { $0.consequence.addsToObject } && otherwise?.addsToObject ?? true
    default: return false
    }
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
      return entries.contains(where: \.takesFromInput) || children.contains(where: \.usesInput)
    default: return children.contains(where: \.usesInput)
    }
  }

  /// Whether a function of this name and arity is defined anywhere in it.
  func defines(_ key: String) -> Bool {
    contains { expression in
      guard case .definition(let definition, _) = expression.node else { return false }
      return key == "\(definition.name)/\(definition.parameters.count)"
        || definition.parameters.contains { "\($0.name)/0" == key }
    }
  }
}

extension ObjectEntry {
  /// Whether it stands alone, and so is the input's field of its name.
  fileprivate var takesFromInput: Bool {
    if value != nil { return false }
    switch key {
    case .name, .string: return true
    case .variable, .location, .computed: return false
    }
  }

  /// The expressions in it; a variable that stands alone is one.
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

extension FunctionDefinition.Parameter {
  var name: String {
    switch self {
    case .filter(let name), .value(let name): name
    }
  }
}

extension Pattern {
  /// The variables that it binds.
  var names: Set<String> {
    switch self {
    case .variable(let name): return [name]
    case .array(let elements): return elements.reduce(into: []) { $0.formUnion($1.names) }
    case .object(let entries):
      return entries.reduce(into: []) { names, entry in
        if case .variable(let name) = entry.key { names.insert(name) }
        names.formUnion(entry.pattern?.names ?? [])
      }
    }
  }

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
