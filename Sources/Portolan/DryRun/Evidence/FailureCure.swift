import JQ
import RawJSON

/// What helps against an error of jq: told from the part that raised it and the values that it was given, and not
/// from jq's words, which change from version to version.
struct FailureCure {
  /// Why the part fails, in plain words: `` `.fields.components` is a list``.
  let reason: String
  /// What to do.
  var advice: String

  init(_ reason: String, _ advice: String) {
    self.reason = reason
    self.advice = advice
  }

  /// The cure for a part, nil where there is nothing to say but what jq says.
  static func of(_ part: FailedPart) -> FailureCure? {
    if let key = part.hyphenatedKey {
      let text = String(decoding: part.whole[key], as: UTF8.self)
      return FailureCure(
        "jq reads `\(text)` as a subtraction, not as a key",
        "a key with a hyphen takes double quotes: `\(HyphenatedKey.quoted(key, of: part.whole))`")
    }
    return switch part.expression.node {
    case .field(_, let key): StepCure(part).member(key)
    case .index(_, let index): StepCure(part).element(index)
    case .slice: StepCure(part).slice
    case .iterate: StepCure(part).iteration
    case .binary(let symbol, let left, let right): OperatorCure(part, left, right).cure(symbol)
    case .negate: part.input.kind == .null ? FailureCure(part.subject, "write `-(… // 0)`") : nil
    case .call(let name, let arguments): CallCure(name, arguments, part).cure
    default: nil
    }
  }
}

extension FailedPart {
  /// The first of the values.
  var input: JSONView { values.first ?? JSONView(valid: Array("null".utf8)) }

  /// What the input is: `` `.fields.components` is a list``.
  var subject: String { "\(sourceName) is \(input.kind.plainPhrase)" }

  /// What gave the input, as messages name it.
  var sourceName: String { source == "." ? "the value here" : "`\(source.shortened(to: 60))`" }
}

/// What helps where a step such as `.name`, `[0]` or `[]` fails.
struct StepCure {
  private let part: FailedPart

  init(_ part: FailedPart) {
    self.part = part
  }

  private var source: String { part.source }
  private var input: JSONView { part.input }
  private var subject: String { part.subject }

  func member(_ key: String) -> FailureCure? {
    let step = KeyStep.text(key)
    if part.worksOnOthers, [.array, .string, .number, .boolean].contains(input.kind), part.condition == nil {
      return FailureCure(
        "\(subject) at times", "where it may be no object, write `\(source == "." ? "" : source)\(step)?`")
    }
    switch input.kind {
    case .array: return FailureCure(subject, listMember(key, step))
    case .string where (input.text ?? "").trimmed.hasPrefix("{"):
      return FailureCure("\(subject) that holds JSON", "write `\(source) | fromjson | \(step)`")
    case .string, .number, .boolean:
      return FailureCure(
        "\(subject), which has no keys",
        source == "."
          ? "leave `\(step)` out"
          : "write `\(source)` alone, or `\(source)\(step)?` where it may be an object")
    case .null, .object: return nil
    }
  }

  private func listMember(_ key: String, _ step: String) -> String {
    if let condition = part.condition { return "choose among its elements: `\(source) | map(\(condition))`" }
    if key == "length" || key == "size" || key == "count" { return "write `\(length)`" }
    let texts = input.elements?.compactMap(\.text) ?? []
    if texts.contains(where: { $0.hasPrefix(key + ":") }) {
      return "choose the text: `\(source) | map(select(startswith(\"\(key):\"))) | first`"
    }
    if let slice = source.wholeMatch(of: /(.+)\[(\d*):(\d+)\]/), let end = Int(slice.3),
      end == (Int(slice.2) ?? 0) + 1
    {
      return "a slice is a list; for its one element write `\(slice.1)[\(end - 1)]\(step)`"
    }
    return "write `\(source)[0]\(step)` for the first, or `\(source) | map(\(step))` for all"
  }

  /// jq's `length` in the place of the step, as it can stand among other parts.
  private var length: String {
    if case .field(let target, _) = part.expression.node, case .identity = target.node { return "length" }
    let isWhole = part.text(part.expression) == String(decoding: part.whole, as: UTF8.self).trimmed
    return isWhole ? "\(source) | length" : "(\(source) | length)"
  }

  func element(_ index: JQ.Expression) -> FailureCure? {
    if let key = index.constantText { return member(key) }
    guard case .number(let digits) = index.node else { return nil }
    switch input.kind {
    case .object:
      return FailureCure(
        "\(subject), not a list",
        "leave `[\(digits)]` out, `\(part.textWithoutStep)`, or take one of its keys: `\(source) | keys[\(digits)]`"
      )
    case .number, .boolean:
      return FailureCure("\(subject), not a list", "leave `[\(digits)]` out: `\(part.textWithoutStep)`")
    case .string: return FailureCure("\(subject), not a list", "its first letter is `\(source)[0:1]`")
    case .array, .null: return nil
    }
  }

  var slice: FailureCure? {
    switch input.kind {
    case .number: FailureCure(subject, "turn it into a text first: `(\(source) | tostring)[…]`")
    case .object: FailureCure(subject, "only lists and texts are cut; name a key of it")
    case .boolean: FailureCure(subject, "only lists and texts are cut")
    default: nil
    }
  }

  var iteration: FailureCure? {
    switch input.kind {
    case .null where String(decoding: part.whole, as: UTF8.self).contains("/ length"):
      FailureCure(
        subject,
        "write `\(source)[]?`, and `if length == 0 then null else … end` around what is divided by the length"
      )
    case .null: FailureCure(subject, "write `\(source)[]?`, or `(\(source) // [])[]`")
    case .string, .number, .boolean: FailureCure("\(subject), not a list", "leave the `[]` out")
    case .array, .object: nil
    }
  }
}

/// What helps where an operator fails on its operands.
struct OperatorCure {
  private let part: FailedPart
  private let left: JQ.Expression
  private let right: JQ.Expression

  init(_ part: FailedPart, _ left: JQ.Expression, _ right: JQ.Expression) {
    self.part = part
    self.left = left
    self.right = right
  }

  func cure(_ symbol: BinaryOperator) -> FailureCure? {
    guard part.values.count == 2 else { return nil }
    let (first, second) = (part.values[0], part.values[1])
    switch symbol {
    case .add: return addition(first, second)
    case .divide where second.number.flatMap(Double.init) == 0,
      .modulo where second.number.flatMap(Double.init) == 0:
      return FailureCure(
        "`\(part.text(right))` is 0", "write `if \(part.text(right)) == 0 then null else … end`")
    case .subtract where first.kind == .string && second.kind == .string:
      return FailureCure("both sides are texts", subtraction(first, second))
    case .subtract, .multiply, .divide, .modulo: return number(first, second)
    default: return nil
    }
  }

  private func subtraction(_ first: JSONView, _ second: JSONView) -> String {
    if DateCure.isDate(first.text ?? ""), DateCure.isDate(second.text ?? "") {
      return "subtract seconds: `(\(part.text(left)) | fromdate) - (\(part.text(right)) | fromdate)`"
    }
    return "`ltrimstr(…)`, `rtrimstr(…)` and `gsub(…; \"\")` take a part of a text away"
  }

  private func addition(_ first: JSONView, _ second: JSONView) -> FailureCure? {
    let isTextFirst = first.kind == .string
    let (wrong, text) = isTextFirst ? (second, part.text(right)) : (first, part.text(left))
    guard isTextFirst || second.kind == .string else {
      return [first.kind, second.kind].contains(.array)
        ? FailureCure("one side is a list", "put the other into brackets to add it to the list: `[…]`") : nil
    }
    let reason = "`\(text.shortened(to: 60))` is \(wrong.kind.plainPhrase)"
    switch wrong.kind {
    case .array: return FailureCure(reason, "make a text of it: `(\(text) | join(\", \"))`")
    case .object: return FailureCure(reason, "take the part that is meant, as `\(text).name`")
    case .number, .boolean: return FailureCure(reason, "make a text of it: `(\(text) | tostring)`")
    case .string, .null: return nil
    }
  }

  /// Whether the expression makes a date, which 0 is as well: that of 1970.
  private var madeDate: Bool {
    let whole = String(decoding: part.whole, as: UTF8.self)
    return ["todate", "strftime", "gmtime"].contains { whole.contains($0) }
  }

  private func number(_ first: JSONView, _ second: JSONView) -> FailureCure? {
    let isFirst = first.kind != .number
    let (wrong, text) = isFirst ? (first, part.text(left)) : (second, part.text(right))
    let name = text == "." ? part.sourceName : "`\(text.shortened(to: 60))`"
    let reason = "\(name) is \(wrong.kind.plainPhrase), not a number"
    switch wrong.kind {
    case .number: return nil
    case .null where madeDate:
      return FailureCure(reason, "leave the date out where it is null: `(\(text) // empty)`")
    case .null: return FailureCure(reason, "give it a number where it may be null: `(\(text) // 0)`")
    case .string where Double(wrong.text ?? "") != nil:
      return FailureCure(reason, "turn it into a number: `(\(text) | tonumber)`")
    case .array: return FailureCure(reason, "`length`, `add` or `first` make a number of it")
    default: return FailureCure(reason, "take the number that is meant")
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
