import JQ
import RawJSON

/// A comparison in a selector of what is at a path with a literal, and what the items have there.
struct SelectorComparison {
  /// How many different values are counted.
  private static let valueLimit = 1000

  /// How many values are named.
  private static let shownValues = 4

  /// The path's keys.
  let keys: [String]
  /// Where the literal is in the selector.
  let literalRange: Range<Int>?
  /// What helps where it is clear what is wrong with it.
  let help: String?
  /// Where the operator is, where that is wrong.
  private(set) var operatorRange: Range<Int>?
  /// The literal as JSON.
  let literal: String
  /// Whether an item is kept that has another value.
  private(set) var isNegated = false
  private var counts: [String: Int] = [:]
  private var order: [String] = []
  private var total = 0

  /// The comparisons of `selector`, in the order of the text; of one that is a path alone, that it is true.
  static func all(in selector: JQExpression) -> [SelectorComparison] {
    guard let body = selector.program?.body else { return [] }
    if let keys = body.keys {
      return [SelectorComparison(keys: keys, literal: "true", literalRange: nil, help: bareHelp(keys))]
    }
    var found: [SelectorComparison] = []
    body.visit { expression in
      guard case .binary(let symbol, let left, let right) = expression.node,
        symbol == .equal || symbol == .notEqual
      else { return }
      for (path, literal) in [(left, right), (right, left)] {
        guard let keys = path.keys else { continue }
        let isList = literal.constantKind == .array
        let json = isList ? "[]" : literal.constantKind == .null ? "null" : literal.literalJSON
        guard let json else { continue }
        var comparison = SelectorComparison(
          keys: keys, literal: json, literalRange: literal.range,
          help: isList ? listHelp(keys, literal, selector) : wildcardHelp(keys, literal, symbol))
        comparison.isNegated = symbol == .notEqual
        if isList { comparison.operatorRange = operatorRange(between: left, right, selector) }
        found.append(comparison)
      }
    }
    return found
  }

  /// Where the operator is, without the blanks around it.
  private static func operatorRange(
    between left: JQ.Expression, _ right: JQ.Expression, _ selector: JQExpression
  ) -> Range<Int> {
    let bytes = Array(selector.text.utf8)
    let range = (left.range.upperBound..<right.range.lowerBound).clamped(to: bytes.indices)
    let signs = range.filter { !" \n\t".utf8.contains(bytes[$0]) }
    guard let first = signs.first, let last = signs.last else { return range }
    return first..<last + 1
  }

  private static func bareHelp(_ keys: [String]) -> String {
    let path = JSONPath(keys.map { .key($0) })
    return "write `\(path) == false`, if those are meant, or another condition"
  }

  private static func listHelp(_ keys: [String], _ list: JQ.Expression, _ selector: JQExpression) -> String {
    let bytes = Array(selector.text.utf8)
    let text = String(decoding: bytes[list.range.clamped(to: bytes.indices)], as: UTF8.self)
    let path = JSONPath(keys.map { .key($0) })
    return "for one of several, write `\(path) | IN(\(text.dropFirst().dropLast()))`"
  }

  /// What helps where the literal has a wildcard in it, as in shells: `"Ferry*"`.
  private static func wildcardHelp(_ keys: [String], _ literal: JQ.Expression, _ symbol: BinaryOperator)
    -> String?
  {
    guard let text = literal.constantText, text.contains("*"), text.count > 1 else { return nil }
    let inner = text.trimmingPrefix("*")
    let rest = inner.hasSuffix("*") ? inner.dropLast() : inner
    guard !rest.contains("*"), !rest.isEmpty else { return nil }
    let quoted = JSONText.quoted(String(rest))
    let call =
      switch (text.hasPrefix("*"), text.hasSuffix("*")) {
      case (true, true): "contains(\(quoted))"
      case (true, false): "endswith(\(quoted))"
      default: "startswith(\(quoted))"
      }
    let path = JSONPath(keys.map { .key($0) })
    return "`*` is no wildcard in jq: write `\(path) | \(call)\(symbol == .notEqual ? " | not" : "")`"
  }

  private init(keys: [String], literal: String, literalRange: Range<Int>?, help: String?) {
    self.keys = keys
    self.literal = literal
    self.literalRange = literalRange
    self.help = help
  }

  /// Counts what an item has.
  mutating func count(_ item: JSONView) {
    var value: JSONView? = item
    for key in keys { value = value?[key] }
    let json = value?.json ?? "null"
    total += 1
    if counts[json] == nil, counts.count < Self.valueLimit { order.append(json) }
    if counts[json] != nil || counts.count < Self.valueLimit { counts[json, default: 0] += 1 }
  }

  /// The path, as jq writes it.
  var path: String { JSONPath(keys.map { .key($0) }).description }

  /// Whether it alone turns away all items.
  var keepsNone: Bool { isNegated ? counts[literal] == total : counts[literal] == nil }

  /// What the items have there, the most frequent first: `"To Do" on 3, "Done" on 2`.
  var summary: String {
    let sorted = order.enumerated().sorted { first, second in
      let (a, b) = (counts[first.element] ?? 0, counts[second.element] ?? 0)
      return a == b ? first.offset < second.offset : a > b
    }
    let named = sorted.prefix(Self.shownValues).map { _, json in
      "\(ShownValue.json(json, of: keys.last ?? "").shortened(to: 60)) on \((counts[json] ?? 0).grouped)"
    }
    return named.joined(separator: ", ") + (sorted.count > Self.shownValues ? ", …" : "")
  }

  /// The value that is most like the literal, as JSON; nil where none is near.
  var nearest: String? {
    if help != nil { return nil }
    guard let text = JSONView(valid: Array(literal.utf8)).text else {
      let quoted = JSONText.quoted(literal)
      return counts[quoted] == nil ? nil : quoted
    }
    if counts[text] != nil, !text.isEmpty { return text }
    let texts = order.compactMap { JSONView(valid: Array($0.utf8)).text }
    let folded = texts.first { $0.lowercased() == text.lowercased() && $0 != text }
    return (folded ?? Spelling.nearestValue(to: text, in: texts.filter { $0 != text })).map(JSONText.quoted)
  }
}

extension JQ.Expression {
  /// The keys of a path of keys, nil for anything else.
  fileprivate var keys: [String]? {
    guard let steps = readSteps, !steps.isEmpty else { return nil }
    let keys = steps.compactMap { $0 }
    return keys.count == steps.count ? keys : nil
  }
}
