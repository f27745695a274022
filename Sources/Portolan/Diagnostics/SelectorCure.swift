import JQ
import RawJSON

/// What helps where a selector is neither true nor false.
enum SelectorCure {
  /// The advice for `query`, which came to `outcome`.
  static func help(_ query: ConfigExpression, _ outcome: EvaluationOutcome) -> String {
    if EndedEvaluation.is(outcome) { return EndedEvaluation.help }
    let body = query.expression.program?.body
    if case .call("select", let arguments)? = body?.node, let condition = arguments.first {
      return "drop `select(…)`, the condition alone is the selector: `\(text(condition, query))`"
    }
    if case .update(.assign, let left, let right)? = body?.node {
      return "compare with `==`, a single `=` sets a value: `\(text(left, query)) == \(text(right, query))`"
    }
    let shown = query.text.trimmed.shortened(to: 60)
    guard case .value(let json) = outcome, body?.constantKind == nil else {
      return "make `\(shown)` give true or false for every object"
    }
    switch json.first.map(JSONKind.init(firstByte:)) {
    case .null?: return "where it may be null, say what that means: `(\(shown)) // false`"
    case .string?: return "compare the text: `\(shown) == \"…\"`"
    case .number? where isSearch(body): return "compare with null: `(\(shown)) != null`"
    case .number?: return "compare the number: `\(shown) > 0`"
    case .array?: return "ask something of the list: `(\(shown)) | length > 0`, or `any(…)`"
    case .object?: return "ask something of the object: `(\(shown)) != null`, or take a key of it"
    default: return "make `\(shown)` give true or false for every object"
    }
  }

  /// What failures have in common that have the same cause.
  static func kind(_ outcome: EvaluationOutcome) -> String { ItemsFailure(outcome: outcome).kind }

  /// Whether the last thing that it does is to look for a place.
  private static func isSearch(_ body: JQ.Expression?) -> Bool {
    switch body?.node {
    case .pipe(_, let last), .bind(_, _, let last): isSearch(last)
    case .call("index", _), .call("rindex", _): true
    default: false
    }
  }

  private static func text(_ part: JQ.Expression, _ query: ConfigExpression) -> String {
    let bytes = Array(query.text.utf8)
    let text = String(decoding: bytes[part.range.clamped(to: bytes.indices)], as: UTF8.self)
    return text.trimmed.shortened(to: 60)
  }
}
