import RawJSON

/// The operators that compare a value, by Port's words for them, those of older versions too.
enum SearchOperator: String, Sendable, CaseIterable {
  case equals = "="
  case differs = "!="
  case greater = ">"
  case atLeast = ">="
  case less = "<"
  case atMost = "<="
  case isEmpty
  case isNotEmpty
  case between
  case notBetween
  case contains
  case doesNotContains
  case doesNotContain
  case notContains
  case containsAny
  case beginsWith
  case doesNotBeginsWith
  case doesNotBeginWith
  case endsWith
  case doesNotEndsWith
  case doesNotEndWith
  case `in`
  case notIn

  /// What the operator asks with a rule's value.
  func test(_ value: JSONView?, now: Int) throws(CatalogError) -> SearchTest {
    switch self {
    case .isEmpty: return SearchTest(check: .isEmpty)
    case .isNotEmpty: return SearchTest(check: .isEmpty, isNegated: true)
    default: break
    }
    guard let value else { throw .query("a rule with `\(rawValue)` has no `value`") }
    guard value["context"] == nil else { throw .query(SearchReader.unusable("value", value)) }
    return SearchTest(check: try check(value, now: now), isNegated: isNegated)
  }

  private var isNegated: Bool {
    switch self {
    case .differs, .isNotEmpty, .notBetween, .doesNotContains, .doesNotContain, .notContains,
      .doesNotBeginsWith, .doesNotBeginWith, .doesNotEndsWith, .doesNotEndWith, .notIn:
      true
    default: false
    }
  }

  private func check(_ value: JSONView, now: Int) throws(CatalogError) -> SearchCheck {
    switch self {
    case .equals, .differs: .equals(SearchValue(value))
    case .greater: .compares(.greater, try ordered(value))
    case .atLeast: .compares(.atLeast, try ordered(value))
    case .less: .compares(.less, try ordered(value))
    case .atMost: .compares(.atMost, try ordered(value))
    case .isEmpty, .isNotEmpty: .isEmpty
    case .between, .notBetween: try range(value, now: now)
    case .contains, .doesNotContains, .doesNotContain, .notContains: .contains(SearchValue(value))
    case .containsAny: .containsAny(Self.values(value), texts: Self.texts(value))
    case .beginsWith, .doesNotBeginsWith, .doesNotBeginWith: .begins(try text(value))
    case .endsWith, .doesNotEndsWith, .doesNotEndWith: .ends(try text(value))
    case .in, .notIn: .isOneOf(Self.values(value), texts: Self.texts(value))
    }
  }

  private func ordered(_ value: JSONView) throws(CatalogError) -> SearchValue {
    guard value.kind == .number || value.kind == .string else {
      throw .query("`\(rawValue)` compares with \(value.found); it wants a number, a date or another string")
    }
    return SearchValue(value)
  }

  private func text(_ value: JSONView) throws(CatalogError) -> [UInt8] {
    guard let text = value.text else {
      throw .query("`\(rawValue)` compares with \(value.found); it wants a string")
    }
    return Array(text.utf8)
  }

  private func range(_ value: JSONView, now: Int) throws(CatalogError) -> SearchCheck {
    if let preset = value["preset"]?.text {
      guard let (from, to) = SearchInstant.preset(preset, now: now) else {
        throw .unknown("range", preset, SearchInstant.presetNames)
      }
      return .isWithin(from, to)
    }
    guard let from = value["from"], let to = value["to"] else {
      throw .query("`\(rawValue)` wants {\"from\": …, \"to\": …}, or {\"preset\": \"lastWeek\"}")
    }
    return .isBetween(try ordered(from), try ordered(to))
  }

  private static func values(_ value: JSONView) -> [SearchValue] {
    (value.elements ?? [value]).map(SearchValue.init).filter { $0.text == nil }
  }

  private static func texts(_ value: JSONView) -> Set<[UInt8]> {
    Set((value.elements ?? [value]).compactMap { SearchValue($0).text })
  }
}
