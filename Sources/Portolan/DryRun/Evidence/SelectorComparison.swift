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
  let literalRange: Range<Int>
  /// The literal as JSON.
  let literal: String
  /// Whether an item is kept that has another value.
  let isNegated: Bool
  private var counts: [String: Int] = [:]
  private var order: [String] = []
  private var total = 0

  /// The comparisons of `selector`, in the order of the text.
  static func all(in selector: JQExpression) -> [SelectorComparison] {
    var found: [SelectorComparison] = []
    selector.program?.body?.visit { expression in
      guard case .binary(let symbol, let left, let right) = expression.node,
        symbol == .equal || symbol == .notEqual
      else { return }
      for (path, literal) in [(left, right), (right, left)] {
        guard let steps = path.readSteps, !steps.isEmpty,
          let json = literal.constantKind == .null ? "null" : literal.literalJSON
        else { continue }
        let keys = steps.compactMap { $0 }
        guard keys.count == steps.count else { continue }
        found.append(
          SelectorComparison(
            keys: keys, literalRange: literal.range, literal: json, isNegated: symbol == .notEqual))
      }
    }
    return found
  }

  private init(keys: [String], literalRange: Range<Int>, literal: String, isNegated: Bool) {
    self.keys = keys
    self.literalRange = literalRange
    self.literal = literal
    self.isNegated = isNegated
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

  /// The value that is most like the literal, nil where none is near.
  var nearest: String? {
    guard let text = JSONView(valid: Array(literal.utf8)).text else {
      let quoted = JSONText.quoted(literal)
      return counts[quoted] == nil ? nil : quoted
    }
    if counts[text] != nil, !text.isEmpty { return text }
    let texts = order.compactMap { JSONView(valid: Array($0.utf8)).text }
    let folded = texts.first { $0.lowercased() == text.lowercased() && $0 != text }
    return (folded ?? Spelling.nearestKey(to: text, in: texts.filter { $0 != text })).map(JSONText.quoted)
  }
}
