import JQ
import RawJSON

extension BlueprintJudge {
  /// A value that a blueprint does not take, as it is written in an expression.
  struct LiteralProblem {
    let problem: BlueprintProblem
    /// The part of the expression that gives the value.
    let value: JQ.Expression
  }

  /// Which values the field does not take that its expression may give as it is written: its literals, or
  /// where it has none what it always gives.
  func literalProblems(_ field: ConfigTree.Field, of blueprint: Blueprint) -> [LiteralProblem] {
    guard field.group != .top, let body = field.expression?.body else { return [] }
    let literals = body.literalOutcomes
    return (literals.isEmpty ? [body] : literals).compactMap { value in
      problem(value, field, blueprint).map { LiteralProblem(problem: $0, value: value) }
    }
  }

  private func problem(
    _ value: JQ.Expression, _ field: ConfigTree.Field, _ blueprint: Blueprint
  ) -> BlueprintProblem? {
    // jq has numbers that are not JSON, such as `.5`.
    let json = value.literalJSON.flatMap { try? JSONView(validating: Array($0.utf8)) }
    return json.flatMap { problem($0, for: field.group, field.name, of: blueprint)?.problem }
      ?? value.certainKind.flatMap { problem($0.json, for: field.group, field.name, of: blueprint) }
  }
}

extension JQ.Expression {
  /// A string, number or boolean literal as compact JSON.
  var literalJSON: String? {
    switch node {
    case .number(let digits): return digits
    case .true: return "true"
    case .false: return "false"
    case .parenthesized(let inner): return inner.literalJSON
    default: return constantText.map(JSONText.quoted)
    }
  }
}

extension JQ.Expression.ConstantKind {
  /// The kind as that of a value.
  fileprivate var json: JSONKind { JSONKind(rawValue: rawValue) ?? .null }
}
