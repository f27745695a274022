import RawJSON

extension Expression {
  /// What kind of value a literal is; nil for an expression that must be evaluated.
  package var constantKind: JSONKind? {
    switch node {
    case .null: .null
    case .true, .false: .boolean
    case .number: .number
    case .string(let template): template.constant == nil ? nil : .string
    case .array(let content): content.map(\.isConstantList) ?? true ? .array : nil
    case .object(let entries): entries.allSatisfy(\.isConstant) ? .object : nil
    case .parenthesized(let inner): inner.constantKind
    default: nil
    }
  }

  private var isConstantList: Bool {
    if case .comma(let left, let right) = node { return left.isConstantList && right.constantKind != nil }
    return constantKind != nil
  }

  /// The text of a string literal without interpolation or format; nil for anything else.
  package var constantText: String? {
    switch node {
    case .string(let template) where template.format == nil: template.constant
    case .parenthesized(let inner): inner.constantText
    default: nil
    }
  }

  /// Whether it is a number literal, such as `-1`.
  var isConstantNumber: Bool {
    switch node {
    case .parenthesized(let inner), .negate(let inner): inner.isConstantNumber
    case .number: true
    default: false
    }
  }
}

extension ObjectEntry {
  fileprivate var isConstant: Bool {
    guard let value, value.constantKind != nil else { return false }
    switch key {
    case .name: return true
    case .string(let template): return template.constant != nil
    case .computed(let expression): return expression.constantKind == .string
    case .variable, .location: return false
    }
  }
}
