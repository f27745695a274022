extension Expression {
  /// What a literal can be.
  public enum ConstantKind: String, Sendable, Hashable {
    /// `null`
    case null
    /// `true`
    case boolean
    /// `1`
    case number
    /// `"a"`
    case string
    /// `[1]`
    case array
    /// `{a: 1}`
    case object
  }

  /// What kind of value a literal is; nil for an expression that must be evaluated.
  package var constantKind: ConstantKind? {
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
