import JQ
import RawJSON

/// The part of an expression that raised an error, and what it was given.
struct FailedPart {
  /// The part.
  let expression: JQ.Expression
  /// Its own input; of an operator its two operands, of a step such as `.name` what it steps into.
  let values: [JSONView]
  /// The text that gave the input, as it stands in the expression: `.` where that is the object itself.
  let source: String
  /// The `select(…)` that it is the condition of, as it stands in the expression.
  var condition: String?
  /// The whole expression.
  var whole: [UInt8] = []
  /// The key with a hyphen around it, which jq reads as a subtraction; nil where there is none.
  var hyphenatedKey: Range<Int>?
  /// Whether the expression gives values on other items, so that this one is the exception.
  var worksOnOthers = false

  /// Whether it is a step to a key.
  var isMember: Bool {
    switch expression.node {
    case .field: true
    case .index(_, let key): key.constantText != nil
    default: false
    }
  }

  /// The part of the expression that is to blame.
  var blamedRange: Range<Int> { hyphenatedKey ?? expression.range }

  /// A part of the expression as it stands there.
  func text(_ part: JQ.Expression) -> String {
    String(decoding: whole[part.range.clamped(to: whole.indices)], as: UTF8.self).trimmed
  }

  /// The whole expression without the brackets that the part ends with.
  var textWithoutStep: String {
    let end = min(expression.range.upperBound, whole.count)
    guard let start = whole[..<end].lastIndex(of: UInt8(ascii: "[")) else { return source }
    return String(decoding: whole[..<start] + whole[end...], as: UTF8.self).trimmed.shortened(to: 80)
  }
}

/// Finds the part of an expression that fails on a document, by evaluating its parts.
struct FailureSearch {
  /// How many parts are evaluated at most.
  private static let limit = 60
  /// Functions of the elements of a list, which go into the members of an object as well before they fail.
  private static let ofLists: Set = ["map", "sort_by", "group_by", "unique_by", "min_by", "max_by"]

  private let source: [UInt8]
  private let document: [UInt8]
  private let environment: JQEnvironment
  private var count = 0

  /// The innermost part of `expression` that fails on the object `document`; nil where none is found.
  static func failedPart(
    of expression: JQExpression, on document: [UInt8], environment: JQEnvironment
  ) -> FailedPart? {
    guard let program = expression.program, let body = program.body else { return nil }
    var search = FailureSearch(
      source: Array(program.source.utf8), document: document, environment: environment)
    var found = search.find(body, Place())
    found?.whole = search.source
    if let range = found?.expression.range {
      found?.hyphenatedKey = HyphenatedKey.around(range, in: body, of: search.source)
    }
    return found
  }

  private init(source: [UInt8], document: [UInt8], environment: JQEnvironment) {
    self.source = source
    self.document = document
    self.environment = environment
  }

  /// What comes before a part.
  private struct Place {
    /// The text that gives the part its input and binds its variables, ready to be followed by the part.
    var prefix = ""
    /// The text of the stage before it.
    var source = "."

    /// The place behind a stage; one that only chooses gives what it was given.
    func after(_ stage: String) -> Place {
      Place(prefix: prefix + stage + "\n| ", source: stage.hasPrefix("select(") ? source : stage)
    }
  }

  private mutating func find(_ expression: JQ.Expression, _ place: Place) -> FailedPart? {
    switch expression.node {
    case .parenthesized(let inner), .array(let inner?), .tryCatch(_, let inner?): return find(inner, place)
    case .pipe(let first, let second):
      return find(first, place) ?? find(second, place.after(text(first)))
    case .bind(let source, _, let body):
      let head = text(expression.range.lowerBound..<body.range.lowerBound)
      return find(source, place)
        ?? find(body, Place(prefix: place.prefix + head + "\n", source: place.source))
    case .definition(_, let body), .label(_, let body):
      let head = text(expression.range.lowerBound..<body.range.lowerBound)
      return find(body, Place(prefix: place.prefix + head + "\n", source: place.source))
    case .comma(let first, let second): return find(first, place) ?? find(second, place)
    case .binary(let symbol, let left, let right): return binary(expression, symbol, left, right, place)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise, place)
    case .field(let target, _), .index(let target, _), .slice(let target, _, _), .iterate(let target):
      return step(expression, into: target, place)
    case .optional(let inner): return optional(expression, inner, place)
    case .object, .string: return first(of: expression.children, place) ?? itself(expression, place)
    case .call(let name, let arguments): return call(expression, name, arguments, place)
    case .negate(let operand):
      return find(operand, place) ?? itself(expression, place)
    default: return itself(expression, place)
    }
  }

  private mutating func first(of parts: [JQ.Expression], _ place: Place) -> FailedPart? {
    for part in parts {
      if let found = find(part, place) { return found }
    }
    return nil
  }

  /// The part itself, where it fails on one of its inputs.
  private mutating func itself(_ expression: JQ.Expression, _ place: Place) -> FailedPart? {
    input(failing: text(expression), place).map {
      FailedPart(expression: expression, values: [$0], source: place.source)
    }
  }

  /// `.a.b?`, which takes no error of `.a`.
  private mutating func optional(
    _ expression: JQ.Expression, _ inner: JQ.Expression, _ place: Place
  ) -> FailedPart? {
    switch inner.node {
    case .field(let target, _), .index(let target, _), .slice(let target, _, _), .iterate(let target):
      return find(target, place) ?? itself(expression, place)
    default: return itself(expression, place)
    }
  }

  /// A step into what `target` gives.
  private mutating func step(
    _ expression: JQ.Expression, into target: JQ.Expression, _ place: Place
  ) -> FailedPart? {
    if case .identity = target.node { return itself(expression, place) }
    if let found = find(target, place) { return found }
    let steps = text(min(target.range.upperBound, expression.range.upperBound)..<expression.range.upperBound)
    let step = steps.hasPrefix(".") ? steps : "." + steps
    let input = input(failing: step, place.after(text(target)))
    return input.map { FailedPart(expression: expression, values: [$0], source: text(target)) }
      ?? itself(expression, place)
  }

  private mutating func binary(
    _ expression: JQ.Expression, _ symbol: BinaryOperator, _ left: JQ.Expression, _ right: JQ.Expression,
    _ place: Place
  ) -> FailedPart? {
    // An error on the left of `//` is one to some versions of libjq.
    if let found = find(right, place) ?? find(left, place) { return found }
    let operands = first(
      "(\(text(left))\n) as $__left | (\(text(right))\n) as $__right"
        + " | try (($__left \(symbol.rawValue) $__right) | empty) catch [$__left, $__right]", place)
    return operands?.elements.map {
      FailedPart(expression: expression, values: $0, source: place.source)
    } ?? itself(expression, place)
  }

  /// Follows the branch that the conditions lead to.
  private mutating func conditional(
    _ branches: [Branch], _ otherwise: JQ.Expression?, _ place: Place
  ) -> FailedPart? {
    for branch in branches {
      if let found = find(branch.condition, place) { return found }
      let guarded = Place(
        prefix: place.prefix + "select(\(text(branch.condition))\n) | ", source: place.source)
      if let found = find(branch.consequence, guarded) { return found }
    }
    return otherwise.flatMap { find($0, place) }
  }

  private mutating func call(
    _ expression: JQ.Expression, _ name: String, _ arguments: [JQ.Expression], _ place: Place
  ) -> FailedPart? {
    guard input(failing: text(expression), place) != nil else { return nil }
    if let argument = arguments.first, arguments.count == 1 {
      switch name {
      case "select":
        var found = find(argument, place)
        if found?.source == place.source || found?.source.isEmpty ?? true {
          found?.condition = text(expression)
        }
        if let found { return found }
      case _ where Self.ofLists.contains(name) && isObject(place):
        return itself(expression, place)
      case "map", "any", "all", "map_values", "sort_by", "group_by", "unique_by", "min_by", "max_by":
        let elements = Place(prefix: place.prefix + ".[]\n| ", source: ".")
        if input(failing: ".[]", place) == nil, let found = find(argument, elements) { return found }
      case "with_entries":
        let entries = Place(prefix: place.prefix + "to_entries[]\n| ", source: ".")
        if input(failing: "to_entries", place) == nil, let found = find(argument, entries) { return found }
      default:
        if let found = find(argument, place) { return found }
      }
    } else if let found = first(of: arguments, place) {
      return found
    }
    return itself(expression, place)
  }

  /// Whether the input is an object.
  private mutating func isObject(_ place: Place) -> Bool {
    first("select(type == \"object\") | 1", place) != nil
  }

  // MARK: Evaluating

  /// The first input of `part` on which it fails.
  private mutating func input(failing part: String, _ place: Place) -> JSONView? {
    first(". as $__input | try ((\(part)\n) | empty) catch [$__input]", place)?.elements?.first
  }

  /// The first output of `text` where `place` is before it.
  private mutating func first(_ text: String, _ place: Place) -> JSONView? {
    count += 1
    guard count <= Self.limit else { return nil }
    let program = EvaluationProgram([JQExpression("first(\(place.prefix)\(text))")])
    var evaluator = Evaluator(program, environment: environment)
    let outcome = document.withScanner { try? evaluator.withResults(on: $0) { $0.outcome(of: 0) } }
    guard case .value(let json)? = outcome else { return nil }
    return JSONView(valid: json)
  }

  private func text(_ expression: JQ.Expression) -> String { text(expression.range) }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: source[range.clamped(to: source.indices)], as: UTF8.self).trimmed
  }
}
