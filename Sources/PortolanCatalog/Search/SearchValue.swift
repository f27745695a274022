import RawJSON

/// A value that a rule names, ready to be compared.
enum SearchValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(JSONDecimal)
  case text([UInt8])
  /// An array or an object.
  case other(String)

  init(_ view: JSONView) {
    self =
      switch view.kind {
      case .null: .null
      case .boolean: .boolean(view.boolean ?? false)
      case .number: .number(JSONDecimal((view.number ?? "0").utf8))
      case .string: .text(Array((view.text ?? "").utf8))
      case .array, .object: .other(view.json)
      }
  }

  init(_ text: String) { self = .text(Array(text.utf8)) }

  /// The text's bytes, nil for anything else.
  var text: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }

  /// The text as an instant, nil for anything else.
  var instant: SearchInstant? { text.flatMap { SearchInstant(String(decoding: $0, as: UTF8.self)) } }

  /// Whether both are the same: numbers as decimals, texts by bytes, and dates with a time as instants.
  func isSame(as other: SearchValue) -> Bool {
    switch (self, other) {
    case (.other(let a), .other(let b)):
      return JSONEquality.areEqual(
        JSONView(valid: Array(a.utf8)), JSONView(valid: Array(b.utf8)), numbers: .decimals)
    case (.text(let a), .text(let b)):
      if a == b { return true }
      guard a.count > 10, b.count > 10, let first = instant, let second = other.instant else { return false }
      return first == second
    default: return self == other
    }
  }

  /// Whether this is less than the other one, the same, or greater; nil for what has no order.
  func order(to other: SearchValue) -> (isLess: Bool, isSame: Bool)? {
    switch (self, other) {
    case (.number(let a), .number(let b)): return (a < b, a == b)
    case (.text(let a), .text(let b)):
      if let first = instant, let second = other.instant { return (first < second, first == second) }
      return (a.lexicographicallyPrecedes(b), a == b)
    default: return nil
    }
  }

  func passes(_ order: SearchOrder, _ other: SearchValue) -> Bool {
    guard let found = self.order(to: other) else { return false }
    return switch order {
    case .less: found.isLess
    case .atMost: found.isLess || found.isSame
    case .greater: !found.isLess && !found.isSame
    case .atLeast: !found.isLess
    }
  }
}
