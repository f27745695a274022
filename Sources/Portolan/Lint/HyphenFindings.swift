import JQ

/// Finds keys with a hyphen, which jq reads as a subtraction: `.content-type`.
struct HyphenFindings {
  private let expression: LintExpression
  private let bytes: [UInt8]

  init(_ expression: LintExpression) {
    self.expression = expression
    bytes = Array(expression.text.utf8)
  }

  /// The key that the name at `offset` is the end of, where no function of that name exists.
  func missingFunction(at offset: Int) -> Diagnostic? {
    guard offset > 0, offset < bytes.count, bytes[offset - 1] == UInt8(ascii: "-"),
      let range = key(around: offset)
    else { return nil }
    return finding(.error, range)
  }

  /// The key around the place where the text stops being jq, where quotes around it would help.
  func inText(at offset: Int) -> Diagnostic? {
    guard let range = key(around: offset) else { return nil }
    let corrected = text(0..<range.lowerBound) + suggestion(range) + text(range.upperBound..<bytes.count)
    guard JQExpression(corrected).program != nil else { return nil }
    return finding(.error, range)
  }

  /// The keys whose last part happens to be a function of jq, as in `.content-type`.
  func inTree(_ tree: JQ.Expression) -> [Diagnostic] {
    var ranges: [Range<Int>] = []
    collect(tree, into: &ranges)
    return ranges.prefix(ExpressionRules.limit).map { finding(.warning, $0) }
  }

  private func collect(_ tree: JQ.Expression, into ranges: inout [Range<Int>]) {
    if case .binary(.subtract, let left, let right) = tree.node,
      left.range.upperBound + 1 == right.range.lowerBound, right.isCallInFront,
      let range = key(around: right.range.lowerBound), !ranges.contains(range)
    {
      ranges.append(range)
    }
    for child in tree.children { collect(child, into: &ranges) }
  }

  private func finding(_ severity: Diagnostic.Severity, _ range: Range<Int>) -> Diagnostic {
    expression.finding(
      severity, .hyphenatedKey, "jq reads `\(text(range))` as a subtraction, not as a key",
      help: "a key with a hyphen takes double quotes: `\(expression.partInYAML(suggestion(range)))`",
      in: range, changing: [TextChange(range: range, text: suggestion(range))])
  }

  private func suggestion(_ range: Range<Int>) -> String {
    ".\"\(text(range.lowerBound + 1..<range.upperBound))\""
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The letters, digits and hyphens around `offset`, with the dot before them.
  private func key(around offset: Int) -> Range<Int>? {
    var start = min(offset, bytes.count)
    while start > 0, isPart(bytes[start - 1]) { start -= 1 }
    var end = min(offset, bytes.count)
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    guard start > 0, bytes[start - 1] == UInt8(ascii: "."), start < end, bytes[start] != UInt8(ascii: "-"),
      bytes[start..<end].contains(UInt8(ascii: "-"))
    else { return nil }
    return start - 1..<end
  }

  private func isPart(_ byte: UInt8) -> Bool { byte.continuesName || byte == UInt8(ascii: "-") }
}

extension JQ.Expression {
  /// Whether it begins with a function's name without arguments.
  fileprivate var isCallInFront: Bool {
    switch node {
    case .call(_, let arguments): arguments.isEmpty
    case .field(let target, _), .index(let target, _), .iterate(let target), .optional(let target):
      target.isCallInFront
    default: false
    }
  }
}

extension Diagnostic.Rule {
  /// A key with a hyphen, which jq reads as a subtraction.
  public static let hyphenatedKey = Self("hyphenated-key")
}
