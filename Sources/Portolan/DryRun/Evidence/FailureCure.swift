import JQ
import RawJSON

/// What helps against an error of jq: told from the part that raised it and the values that it was given, and not
/// from jq's words, which change from version to version.
struct FailureCure {
  private let part: FailedPart

  init(_ part: FailedPart) {
    self.part = part
  }

  /// The advice, nil where there is nothing to say but what jq says.
  var help: String? {
    switch part.expression.node {
    case .field(_, let key): member(JSONPath([.key(key)]).description)
    case .index(_, let index): element(index)
    case .slice: slice
    case .iterate: iteration
    case .binary(let symbol, let left, let right): operation(symbol, left, right)
    case .negate: input.kind == .null ? "where it may be null, write `-(… // 0)`" : nil
    case .call(let name, let arguments): CallCure(name, arguments, input, part.source).help
    default: nil
    }
  }

  private var input: JSONView { part.values.first ?? JSONView(valid: Array("null".utf8)) }

  /// What the input is, as the beginning of a sentence: `` `.fields.components` is a list``.
  private var subject: String { Self.subject(part.source, input) }

  static func subject(_ source: String, _ value: JSONView) -> String {
    (source == "." ? "the value here" : "`\(source.shortened(to: 60))`") + " is \(value.kind.plainPhrase)"
  }

  private func member(_ key: String) -> String? {
    let source = part.source
    switch input.kind {
    case .array:
      let base = source == "." ? "." : source
      return "\(subject): write `\(base)[0]\(key)` for the first, or `[\(base)[]\(key)]` for all"
    case .string where (input.text ?? "").trimmed.hasPrefix("{"):
      return "\(subject) that holds JSON: write `\(source) | fromjson | \(key)`"
    case .string, .number, .boolean:
      return "\(subject), which has no keys: "
        + (source == "." ? "leave `\(key)` out" : "write `\(source)` alone, or `\(source)\(key)?` where it may be")
    case .null, .object: return nil
    }
  }

  private func element(_ index: JQ.Expression) -> String? {
    if let key = index.constantText { return member(JSONPath([.key(key)]).description) }
    guard case .number(let digits) = index.node else { return nil }
    let source = part.source
    switch input.kind {
    case .object:
      return "\(subject), not a list: leave `[\(digits)]` out, or take its values with `[\(source)[]][\(digits)]`"
    case .string: return "\(subject), not a list: its first letter is `\(source)[0:1]`"
    case .number, .boolean: return "\(subject), not a list: leave `[\(digits)]` out"
    case .array, .null: return nil
    }
  }

  private var slice: String? {
    switch input.kind {
    case .number: "\(subject): turn it into a text first, `(\(part.source) | tostring)[…]`"
    case .object: "\(subject), and only lists and texts are cut: name a key of it"
    case .boolean: "\(subject), and only lists and texts are cut"
    default: nil
    }
  }

  private var iteration: String? {
    let source = part.source
    switch input.kind {
    case .null: return "\(subject): write `\(source)[]?`, or `(\(source) // [])[]`"
    case .string, .number, .boolean: return "\(subject), not a list: leave the `[]` out"
    case .array, .object: return nil
    }
  }

  private func operation(_ symbol: BinaryOperator, _ left: JQ.Expression, _ right: JQ.Expression) -> String? {
    guard part.values.count == 2 else { return nil }
    let (first, second) = (part.values[0], part.values[1])
    switch symbol {
    case .add: return addition(first, second)
    case .divide where second.number.flatMap(Double.init) == 0,
      .modulo where second.number.flatMap(Double.init) == 0:
      return "what is divided by is 0: write `if … == 0 then null else … end`"
    case .subtract where [first.kind, second.kind].contains(.string):
      return first.kind == second.kind
        ? "texts cannot be subtracted: `ltrimstr(…)`, `rtrimstr(…)` and `gsub(…; \"\")` take a part away"
        : number(first, second)
    case .subtract, .multiply, .divide, .modulo: return number(first, second)
    default: return nil
    }
  }

  private func addition(_ first: JSONView, _ second: JSONView) -> String? {
    guard first.kind == .string || second.kind == .string else {
      return [first.kind, second.kind].contains(.array)
        ? "put the other side into brackets to add it to the list: `[…]`" : nil
    }
    switch first.kind == .string ? second.kind : first.kind {
    case .array: return "the other side is a list: make a text of it with `(… | join(\", \"))`"
    case .object: return "the other side is an object: take the part that is meant, as `….name`"
    case .number, .boolean:
      return "the other side is \((first.kind == .string ? second : first).kind.plainPhrase): "
        + "write `(… | tostring)`, or put both into one text: `\"\\(…) \\(…)\"`"
    case .string, .null: return nil
    }
  }

  private func number(_ first: JSONView, _ second: JSONView) -> String? {
    guard let wrong = [first, second].first(where: { $0.kind != .number }) else { return nil }
    switch wrong.kind {
    case .null: return "one side is null: give it a number where it may be, `(… // 0)`"
    case .string where Double(wrong.text ?? "") != nil:
      return "one side is a text: turn it into a number, `(… | tonumber)`"
    case .array: return "one side is a list: `length`, `add` or `first` make a number of it"
    default: return "one side is \(wrong.kind.plainPhrase), not a number"
    }
  }
}

extension JSONKind {
  /// The type as people who do not program call it.
  var plainPhrase: String {
    switch self {
    case .array: "a list"
    case .string: "a text"
    case .boolean: "true or false"
    default: phrase
    }
  }
}
