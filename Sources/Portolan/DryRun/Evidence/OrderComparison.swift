import JQ
import RawJSON

/// A comparison by size of what is at a path with a value of another kind: `.created_at > now - 86400`, where the date is
/// a text. jq puts every text above every number, so it is the same for every object.
struct OrderComparison {
  /// The field in whose expression it is.
  let field: String
  /// The field's expression.
  let source: ConfigExpression
  /// Where it is in the expression.
  let range: Range<Int>
  private let keys: [String]
  private let comparison: JQ.Expression
  private let pathRange: Range<Int>
  private let other: JQ.Expression
  private let otherKind: JSONKind
  private var items = 0
  private var first: JSONView?
  private var isMixed = false

  /// The comparisons in `source` of the item's parts with what is certainly a number or a text.
  static func all(in source: ConfigExpression, field: String) -> [OrderComparison] {
    var found: [OrderComparison] = []
    source.expression.program?.body?.visitOfInput { expression in
      guard case .binary(let symbol, let left, let right) = expression.node, symbol.comparesSize else {
        return
      }
      for (path, other) in [(left, right), (right, left)] {
        guard let steps = path.readSteps, !steps.isEmpty, !steps.contains(nil), let kind = other.orderedKind,
          kind == .number || kind == .string
        else { continue }
        found.append(
          OrderComparison(
            field: field, source: source, range: expression.range, keys: steps.compactMap { $0 },
            comparison: expression, pathRange: path.range, other: other, otherKind: kind))
      }
    }
    return found
  }

  private init(
    field: String, source: ConfigExpression, range: Range<Int>, keys: [String], comparison: JQ.Expression,
    pathRange: Range<Int>, other: JQ.Expression, otherKind: JSONKind
  ) {
    self.field = field
    self.source = source
    self.range = range
    self.keys = keys
    self.comparison = comparison
    self.pathRange = pathRange
    self.other = other
    self.otherKind = otherKind
  }

  /// Counts what an item has.
  mutating func count(_ item: JSONView) {
    var value: JSONView? = item
    for key in keys { value = value?[key] }
    guard let value, value.kind != .null else { return }
    items += 1
    if first == nil { first = value }
    let isOtherKind = (value.kind == .string || value.kind == .number) && value.kind != otherKind
    if !isOtherKind || value.kind != first?.kind { isMixed = true }
  }

  /// Whether every item that has a value there has one of the other kind.
  var isConstant: Bool { items > 0 && !isMixed }

  /// Why it is the same for every object.
  var reason: String {
    let value = ShownValue.json(first?.json ?? "", of: keys.last ?? "").shortened(to: 60)
    let (own, its) = first?.kind == .string ? ("a text", "a number") : ("a number", "a text")
    return
      "`\(text(comparison.range))` compares \(own), as \(value), with \(its); to jq every text is greater than "
      + "every number"
  }

  /// What makes both sides alike.
  var help: String {
    let path = text(pathRange)
    if otherKind == .string {
      guard let literal = other.constantText, Double(literal) != nil else {
        return "compare with a number, or turn the text into one with `tonumber`"
      }
      return "write `\(mended(other.range, literal))`"
    }
    let seconds = first?.text ?? ""
    if Double(seconds) != nil { return "write `\(mended(pathRange, "(\(path) | tonumber)"))`" }
    guard DateCure.isDate(seconds) else { return "compare it with a text" }
    let date =
      seconds.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
      ? path : seconds.count == 10 ? "\(path) + \"T00:00:00Z\"" : "\(path)[0:19] + \"Z\""
    return "write `\(mended(pathRange, "(\(date) | fromdate)"))`"
  }

  /// The comparison with `text` in the place of the part at `part`.
  private func mended(_ part: Range<Int>, _ text: String) -> String {
    self.text(range.lowerBound..<part.lowerBound) + text + self.text(part.upperBound..<range.upperBound)
  }

  private func text(_ range: Range<Int>) -> String {
    let bytes = Array(source.expression.text.utf8)
    return String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
  }
}

extension JQ.Expression {
  /// What kind of value it gives: of a sum or the like, what one side is.
  fileprivate var orderedKind: JSONKind? {
    if let kind = certainKind { return kind }
    switch node {
    case .parenthesized(let inner): return inner.orderedKind
    case .binary(let symbol, let left, let right):
      guard [.add, .subtract, .multiply, .divide].contains(symbol) else { return nil }
      return left.orderedKind ?? right.orderedKind
    default: return nil
    }
  }
}

extension BinaryOperator {
  fileprivate var comparesSize: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
