import JQ

/// A part of an expression, to be evaluated with the others.
struct PlannedStep {
  /// How the parts of a part work together.
  enum Composition {
    /// There are none.
    case single
    /// Each gets what the one before it gave: `a | b`.
    case pipe
    /// All get the same input: `a + b`.
    case operands
    /// A condition, then what it leads to, and so on; what is left at the end is the `else`.
    case conditional
  }

  var role: String
  var text: String
  /// Where it is in the expression, in bytes.
  var offset: Int
  /// Its place among the expressions that are evaluated.
  var place: Int
  var composition = Composition.single
  var parts: [PlannedStep] = []
}

/// Takes an expression apart. A part of a pipe is evaluated after all that is before it, so that it
/// gets its input and knows the variables and functions that are bound there.
struct StepPlanner {
  private static let maximumDepth = 6
  private static let maximumSteps = 80

  /// How many outputs of a part are shown.
  static let outputLimit = 3

  /// What is evaluated on the object, for the steps by their places.
  private(set) var expressions: [JQExpression] = []
  private let source: [UInt8]

  init(_ program: Program) {
    source = Array(program.source.utf8)
  }

  /// The parts of `expression`, which is evaluated after `prefix`; nothing for one without parts.
  mutating func parts(
    _ expression: Expression, after prefix: String = "", depth: Int = 0
  ) -> (composition: PlannedStep.Composition, steps: [PlannedStep]) {
    guard depth < Self.maximumDepth, expressions.count < Self.maximumSteps else { return (.single, []) }
    switch expression.node {
    case .parenthesized(let inner):
      return parts(inner, after: prefix, depth: depth)
    case .pipe, .bind, .definition, .label:
      return (.pipe, stages(expression, after: prefix, depth: depth))
    case .binary(let symbol, _, _):
      let operands = Self.operands(expression, of: symbol)
      return (
        .operands,
        operands.enumerated().map { place, operand in
          step(operand, role: place == 0 ? "" : symbol.rawValue, after: prefix, depth: depth)
        }
      )
    case .conditional(let branches, let otherwise):
      return (.conditional, steps(branches, otherwise, after: prefix, depth: depth))
    default:
      return (.single, [])
    }
  }

  /// A step and its own parts; `label` is shown in place of its text.
  private mutating func step(
    _ expression: Expression, role: String, after prefix: String, depth: Int, label: String? = nil
  ) -> PlannedStep {
    let text = text(expression.range)
    expressions.append(Self.collecting("\(prefix)(\(text)\n)"))
    var step = PlannedStep(
      role: role, text: label ?? text, offset: expression.range.lowerBound, place: expressions.count - 1)
    (step.composition, step.parts) = parts(expression, after: prefix, depth: depth + 1)
    return step
  }

  private mutating func stages(
    _ expression: Expression, after prefix: String, depth: Int
  ) -> [PlannedStep] {
    var stages: [PlannedStep] = []
    var prefix = prefix
    var rest = expression
    while true {
      let role = stages.isEmpty ? "" : "|"
      switch rest.node {
      case .pipe(let first, let second):
        stages.append(step(first, role: role, after: prefix, depth: depth))
        prefix += text(first.range) + "\n| "
        rest = second
      case .bind(let source, _, let body):
        let head = text(rest.range.lowerBound..<max(rest.range.lowerBound, body.range.lowerBound))
        stages.append(step(source, role: role, after: prefix, depth: depth, label: head))
        prefix += head + "\n"
        rest = body
      case .definition(_, let body), .label(_, let body):
        prefix += text(rest.range.lowerBound..<max(rest.range.lowerBound, body.range.lowerBound)) + "\n"
        rest = body
      default:
        stages.append(step(rest, role: role, after: prefix, depth: depth))
        return stages
      }
    }
  }

  private mutating func steps(
    _ branches: [Branch], _ otherwise: Expression?, after prefix: String, depth: Int
  ) -> [PlannedStep] {
    var steps: [PlannedStep] = []
    for branch in branches {
      steps.append(
        step(branch.condition, role: steps.isEmpty ? "if" : "elif", after: prefix, depth: depth))
      steps.append(step(branch.consequence, role: "then", after: prefix, depth: depth))
    }
    if let otherwise { steps.append(step(otherwise, role: "else", after: prefix, depth: depth)) }
    return steps
  }

  /// The operands of a chain such as `a + b + c`.
  private static func operands(_ expression: Expression, of symbol: BinaryOperator) -> [Expression] {
    guard case .binary(symbol, let left, let right) = expression.node else { return [expression] }
    switch symbol {
    case .add, .and, .or: return operands(left, of: symbol) + [right]
    case .alternative: return [left] + operands(right, of: symbol)
    default: return [left, right]
    }
  }

  /// An expression that gives `text`'s first outputs as a list of `{v: output}`, with `{e: message}` at its
  /// end where it failed. What needs no interpreter stays as it is, and its numbers keep every digit.
  private static func collecting(_ text: String) -> JQExpression {
    let alone = JQExpression(text)
    guard alone.plain == nil else { return alone }
    return JQExpression("[limit(\(outputLimit + 1); try ((\(text)) | {v: .}) catch {e: .})]")
  }

  private func text(_ range: Range<Int>) -> String {
    let bytes = source[range.clamped(to: source.indices)]
    let text = String(decoding: bytes, as: UTF8.self)
    return String(text[..<(text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex)])
  }
}
