import JQ
import RawJSON

/// The rules on the values of a property that can be told without running anything.
struct ValueRules {
  private let expression: LintExpression
  private let name: String
  private let property: BlueprintProperty

  init(_ expression: LintExpression, _ name: String, _ property: BlueprintProperty) {
    self.expression = expression
    self.name = name
    self.property = property
  }

  func findings() -> [Diagnostic] {
    guard let body = expression.body else { return [] }
    let literals = body.literalOutcomes
    let wrong = literals.compactMap(wrongType) + literals.compactMap(outsideEnum)
    if !literals.isEmpty { return wrong }
    return [wrongType(body)].compactMap { $0 }
  }

  private func wrongType(_ value: JQ.Expression) -> Diagnostic? {
    guard let type = property.type, let kind = value.certainKind, !kind.fits(type) else { return nil }
    return expression.finding(
      .error, .wrongValue, "`\(name)` takes \(type.phrase); this is \(kind.phrase)",
      help: remedy(value, kind, type), in: value.range)
  }

  private func remedy(
    _ value: JQ.Expression, _ kind: JQ.Expression.ConstantKind, _ type: BlueprintProperty.ValueType
  ) -> String {
    let text = value.constantText
    switch (kind, type) {
    case (.string, .boolean) where text == "true" || text == "false":
      return "write `\(text ?? "")` without jq's quotes"
    case (.string, .number) where text.flatMap(Double.init) != nil:
      return "write `\(text ?? "")` without jq's quotes"
    case (.string, .number): return "turn it into one with `| tonumber`"
    case (.array, .string): return "join the elements with `| join(\", \")`, or take the first with `| first`"
    case (_, .string): return "turn it into one with `| tostring`"
    case (_, .array): return "put it in brackets: `[…]`"
    default: return "change the expression, or the property's type in blueprints.json"
    }
  }

  private func outsideEnum(_ value: JQ.Expression) -> Diagnostic? {
    guard let allowed = property.enumValues, value.constantKind != .null, let json = value.literalJSON,
      !allowed.contains(json), property.type.map({ value.certainKind?.fits($0) ?? true }) ?? true
    else { return nil }
    let nearest = Spelling.nearest(to: json, in: allowed)
    return expression.finding(
      .error, .wrongValue, "`\(name)` does not take the value \(json)",
      help: nearest.map { "did you mean `\($0)`?" } ?? "it takes \(allowed.joined(separator: ", "))",
      in: value.range)
  }
}

extension JQ.Expression {
  /// A string, number or boolean literal as compact JSON.
  fileprivate var literalJSON: String? {
    switch node {
    case .number(let digits): return digits
    case .true: return "true"
    case .false: return "false"
    case .parenthesized(let inner): return inner.literalJSON
    default: return constantText.map(JSONText.quoted)
    }
  }
}
