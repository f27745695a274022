import JQ
import RawJSON

/// Why `itemsToParse` is no list.
///
/// Its ``description`` is the rest of a sentence that begins with the expression.
struct ItemsFailure: Sendable, CustomStringConvertible {
  /// What it came to instead.
  let outcome: EvaluationOutcome

  var description: String {
    switch outcome {
    case .value(let json):
      "gives \(shown(json)), not a list"
    case .nothing: "gives nothing, not a list"
    case .failure(let message): "failed: \(message)"
    }
  }

  /// The value, with its type where that is a scalar's.
  private func shown(_ json: [UInt8]) -> String {
    let value = ShownValue.json(String(decoding: json, as: UTF8.self)).shortened(to: 80)
    switch json.first.map(JSONKind.init(firstByte:)) {
    case .string?: return "a text, \(value)"
    case .object?: return "an object, \(value)"
    default: return value
    }
  }

  private var givesObject: Bool {
    if case .value(let json) = outcome { json.first == UInt8(ascii: "{") } else { false }
  }

  /// What failures have in common that have the same cause.
  var kind: String {
    switch outcome {
    case .value(let json): json.first.map { JSONKind(firstByte: $0).rawValue } ?? ""
    case .nothing: "nothing"
    case .failure: "failure"
    }
  }

  /// What helps, for `expression`.
  func help(for expression: ConfigExpression) -> String {
    if EndedEvaluation.is(outcome) { return EndedEvaluation.help }
    let text = expression.text.trimmed
    let shown = text.shortened(to: 60)
    if let body = expression.expression.program?.body, case .iterate(let list) = body.node {
      let bytes = Array(expression.text.utf8)
      let inner = String(decoding: bytes[list.range.clamped(to: bytes.indices)], as: UTF8.self).trimmed
      // What is taken apart may be an object: its values in brackets are a list in any case.
      if case .failure = outcome {
        return "put it in brackets for a list, an empty one where there is nothing: `[\(shown)?]`"
      }
      if !givesObject { return "put it in brackets for a list: `[\(shown)]`" }
      return "drop the `[]`, which takes the list apart: `\(inner.isEmpty ? "." : inner)`"
    }
    switch outcome {
    case .value(let json):
      switch json.first.map(JSONKind.init(firstByte:)) {
      case .object: return "`\(shown)` is an object: name a list in it, or make one, `[\(shown)]`"
      case .null, nil: return "where the list may be absent, give an empty one: `(\(shown) // [])`"
      case .some(let kind): return "`\(shown)` is \(kind.plainPhrase): name a list"
      }
    case .nothing: return "put the expression in brackets for a list: `[\(shown)]`"
    case .failure: return "where the list may be absent, give an empty one: `((\(shown))? // [])`"
    }
  }
}
