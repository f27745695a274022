import RawJSON

/// Finds the native form of expressions.
struct NativeCompiler {
  /// How many parts of an expression are looked at. What is not one value is looked at again as many, so
  /// that a deep expression takes more looks than it has parts.
  private static let limit = 2_000

  /// The paths of the document that are read.
  private(set) var reads: [JQPath] = []
  private var looks = 0

  /// The native form of an expression that gives one value, nil where it has none. `ofDocument` says whether
  /// its input is the document, and not a value inside of it.
  mutating func expression(_ expression: Expression, ofDocument: Bool) -> NativeExpression? {
    guard isStillShort() else { return nil }
    if let path = JQPath(expression) {
      if !ofDocument { return path.path.steps.isEmpty ? .input : .path(path) }
      return read(path)
    }
    switch expression.node {
    case .parenthesized(let inner): return self.expression(inner, ofDocument: ofDocument)
    case .null: return .null
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .number(let text): return Int(exactDigits: text.utf8).map { .number($0) }
    case .string(let template): return string(template, ofDocument)
    case .pipe(let first, let second):
      return two(first, second, ofDocument, second: false) { .pipe($0, $1) }
    case .binary(let symbol, let first, let second): return binary(symbol, first, second, ofDocument)
    case .conditional(let branches, let otherwise): return conditional(branches[...], otherwise, ofDocument)
    case .array(let content): return list(content, ofDocument)
    case .slice(let target, let from, let to): return slice(target, from, to, ofDocument)
    case .index(let target, let index): return element(target, index, ofDocument)
    case .field(let target, let key): return member(target, key, ofDocument)
    case .call(let name, let arguments): return call(name, arguments, ofDocument)
    default: return nil
    }
  }

  /// Counts a look at a part; false where there were too many for the expression to be native.
  mutating func isStillShort() -> Bool {
    looks += 1
    return looks <= Self.limit
  }

  /// The value at a path of the document.
  mutating func read(_ path: JQPath) -> NativeExpression {
    if let known = reads.firstIndex(of: path) { return .read(known) }
    reads.append(path)
    return .read(reads.count - 1)
  }

  private mutating func two(
    _ first: Expression, _ second: Expression, _ ofDocument: Bool, second secondOfDocument: Bool? = nil,
    _ make: (NativeExpression, NativeExpression) -> NativeExpression
  ) -> NativeExpression? {
    guard let first = expression(first, ofDocument: ofDocument),
      let second = expression(second, ofDocument: secondOfDocument ?? ofDocument)
    else { return nil }
    return make(first, second)
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ first: Expression, _ second: Expression, _ ofDocument: Bool
  ) -> NativeExpression? {
    let make: (NativeExpression, NativeExpression) -> NativeExpression
    switch symbol {
    case .add: make = { .add($0, $1) }
    case .subtract: make = { .subtract($0, $1) }
    case .alternative: make = { .alternative($0, $1) }
    case .and: make = { .and($0, $1) }
    case .or: make = { .or($0, $1) }
    case .equal: make = { .compare(.equal, $0, $1) }
    case .notEqual: make = { .compare(.notEqual, $0, $1) }
    case .less: make = { .compare(.less, $0, $1) }
    case .lessOrEqual: make = { .compare(.lessOrEqual, $0, $1) }
    case .greater: make = { .compare(.greater, $0, $1) }
    case .greaterOrEqual: make = { .compare(.greaterOrEqual, $0, $1) }
    case .multiply, .divide, .modulo: return nil
    }
    return two(first, second, ofDocument, make)
  }

  private mutating func conditional(
    _ branches: ArraySlice<Branch>, _ otherwise: Expression?, _ ofDocument: Bool
  ) -> NativeExpression? {
    guard let branch = branches.first else {
      return expression(otherwise ?? Expression(.identity), ofDocument: ofDocument)
    }
    guard let rest = conditional(branches.dropFirst(), otherwise, ofDocument) else { return nil }
    return two(branch.condition, branch.consequence, ofDocument) { .conditional($0, $1, otherwise: rest) }
  }

  private mutating func string(_ template: StringTemplate, _ ofDocument: Bool) -> NativeExpression? {
    guard template.format == nil else { return nil }
    if let constant = template.constant { return .text(ConstantText(constant)) }
    var parts: [NativeExpression] = []
    for part in template.parts {
      let native: NativeExpression? =
        switch part {
        case .text(let text): .text(ConstantText(text))
        case .interpolation(let inner): expression(inner, ofDocument: ofDocument)
        }
      guard let native else { return nil }
      parts.append(native)
    }
    return .interpolation(parts)
  }

  private mutating func slice(
    _ target: Expression, _ from: Expression?, _ to: Expression?, _ ofDocument: Bool
  ) -> NativeExpression? {
    let bounds = (from.map(Self.wholeNumber), to.map(Self.wholeNumber))
    if case .some(nil) = bounds.0 { return nil }
    if case .some(nil) = bounds.1 { return nil }
    return expression(target, ofDocument: ofDocument).map {
      .slice($0, from: bounds.0 ?? nil, to: bounds.1 ?? nil)
    }
  }

  private mutating func element(
    _ target: Expression, _ index: Expression, _ ofDocument: Bool
  ) -> NativeExpression? {
    guard let position = Self.wholeNumber(index) else { return nil }
    return expression(target, ofDocument: ofDocument).map { .element($0, position) }
  }

  /// `a.key`, where `a` is no path.
  private mutating func member(_ target: Expression, _ key: String, _ ofDocument: Bool) -> NativeExpression? {
    guard let path = JQPath(Expression(.field(Expression(.identity), key))) else { return nil }
    return expression(target, ofDocument: ofDocument).map { .pipe($0, .path(path)) }
  }

  /// The number that a constant of at most nine digits is.
  private static func wholeNumber(_ expression: Expression) -> Int? {
    switch expression.node {
    case .number(let text) where text.utf8.count <= 9: Int(text)
    case .negate(let inner): wholeNumber(inner).map { -$0 }
    case .parenthesized(let inner): wholeNumber(inner)
    default: nil
    }
  }
}
