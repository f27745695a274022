import JQ
import RawJSON

/// How one raw object becomes many items.
struct ItemsPlan: Sendable {
  /// The one expression, which gives the list.
  let program: EvaluationProgram
  /// The path that is removed from the object, nil where nothing is.
  let removed: JSONPath?
  /// The key of an item in the object.
  let name: String
  let config: ItemsToParse

  init(_ config: ItemsToParse) {
    self.config = config
    name = config.name
    program = EvaluationProgram([config.expression.expression])
    removed = config.removesParsedArray ? config.expression.expression.parsedPath : nil
  }
}

extension JQExpression {
  /// The path of the array that an `itemsToParse` parses: the first one in its pipe, nil where none
  /// can be read.
  ///
  /// `.fields.comments`, `(.b // [])` → `.b`, `.a.b | map(…)` → `.a.b`; `. as $x | …`, `.` and variables
  /// are passed over.
  package var parsedPath: JSONPath? {
    guard let body = program?.body, let path = body.firstPath, !path.steps.isEmpty else { return nil }
    return path
  }
}

extension JQ.Expression {
  /// The first path that this reads of its input, nil where it reads none.
  fileprivate var firstPath: JSONPath? {
    if let steps = pathSteps { return steps.isEmpty ? nil : JSONPath(steps) }
    switch node {
    case .parenthesized(let inner), .optional(let inner), .iterate(let inner), .slice(let inner, _, _),
      .tryCatch(let inner, _), .definition(_, let inner), .label(_, let inner), .field(let inner, _),
      .index(let inner, _), .array(let inner?):
      return inner.firstPath
    case .pipe(let first, let second), .comma(let first, let second), .binary(_, let first, let second):
      return first.firstPath ?? second.firstPath
    case .bind(let source, _, let body):
      return source.firstPath ?? body.firstPath
    default:
      return nil
    }
  }

  /// The steps of a path of constant keys and elements from the input, nil for anything else.
  fileprivate var pathSteps: [JSONPathStep]? {
    switch node {
    case .identity: []
    case .parenthesized(let inner), .optional(let inner): inner.pathSteps
    case .field(let target, let key): target.pathSteps.map { $0 + [.key(key)] }
    case .index(let target, let index):
      JQPath.step(index).flatMap { step in target.pathSteps.map { $0 + [step] } }
    default: nil
    }
  }
}

extension JSONPath {
  /// The path that `expression` is in jq: `.data.items`, `.["a b"][0]`; nil where it is something else.
  package init?(jq expression: String) {
    guard let steps = JQExpression(expression).program?.body?.pathSteps else { return nil }
    self.init(steps)
  }
}
