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
      let range = HyphenatedKey.key(around: offset, of: bytes)
    else { return nil }
    return finding(.error, range)
  }

  /// The key around the place where the text stops being jq, where quotes around it would help.
  func inText(at offset: Int) -> Diagnostic? {
    guard let range = HyphenatedKey.key(around: offset, of: bytes) else { return nil }
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
    if let range = HyphenatedKey.subtracted(by: tree, of: bytes), !ranges.contains(range) {
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

  private func suggestion(_ range: Range<Int>) -> String { HyphenatedKey.quoted(range, of: bytes) }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension Diagnostic.Rule {
  /// A key with a hyphen, which jq reads as a subtraction.
  public static let hyphenatedKey = Self("hyphenated-key")
}
