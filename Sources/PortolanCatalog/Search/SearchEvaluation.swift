import Portolan
import RawJSON

/// An entity that a query is asked about; its JSON is looked at when a rule needs it first.
struct SearchEvaluation {
  private let entity: StoredEntity
  private var document: JSONView?

  init(_ entity: StoredEntity) {
    self.entity = entity
  }

  mutating func matches(_ node: SearchNode) -> Bool {
    switch node {
    case .all(let nodes):
      for node in nodes where !matches(node) { return false }
      return true
    case .any(let nodes):
      for node in nodes where matches(node) { return true }
      return false
    case .field(let field, let test): return passes(field, test)
    case .keys(let keys): return keys.contains(SearchKey(entity.key))
    case .related: return false
    }
  }

  // MARK: Values

  private mutating func passes(_ field: SearchField, _ test: SearchTest) -> Bool {
    switch field {
    case .meta(.identifier): return test.passes(text: entity.key.identifier)
    case .meta(.blueprint): return test.passes(text: entity.key.blueprint)
    case .meta(.datasource): return test.passes(text: entity.datasource)
    case .meta(.createdAt): return test.passes(SearchValue(entity.createdAt))
    case .meta(.updatedAt): return test.passes(SearchValue(entity.updatedAt))
    case .meta(.title): return test.passes(view["title"])
    case .meta(.icon): return test.passes(view["icon"])
    case .meta(.team): return test.passes(view["team"])
    case .relation(let name): return test.passes(view["relations"]?[name])
    case .named(let name): return test.passes(named(name))
    case .schema(let type, let format):
      let properties = view["properties"]?.members ?? []
      return properties.contains { Self.has($0.value, type, format) && test.passes($0.value) }
    }
  }

  private mutating func named(_ name: String) -> JSONView? {
    if let value = view["properties"]?[name] ?? view["relations"]?[name] { return value }
    let prefix = "properties."
    return name.hasPrefix(prefix) ? view["properties"]?[String(name.dropFirst(prefix.count))] : nil
  }

  private var view: JSONView {
    mutating get {
      if let document { return document }
      let view = JSONView(valid: entity.json)
      document = view
      return view
    }
  }

  /// Whether a property's value is of a type, and looks as its format says, where that can be told.
  private static func has(_ value: JSONView, _ type: JSONKind, _ format: String?) -> Bool {
    guard value.kind == type else { return false }
    guard let format = format.flatMap(ValueFormat.init), let text = value.text else { return true }
    return format.matches(text)
  }
}

extension SearchTest {
  /// Whether a field's value passes; nil is one that is not there.
  fileprivate func passes(_ value: JSONView?) -> Bool {
    let value = value?.kind == .null ? nil : value
    let elements = value?.elements
    let passes =
      switch check {
      case .isEmpty: value == nil || elements?.isEmpty ?? false
      case .equals(.null): value == nil
      case .equals(.other(let json)):
        value.map { SearchValue.other($0.json).isSame(as: .other(json)) } ?? false
      default:
        elements.map { $0.contains { check.passes(SearchValue($0), isElement: true) } }
          ?? value.map { check.passes(SearchValue($0), isElement: false) } ?? false
      }
    return passes != isNegated
  }

  /// Whether one value passes.
  fileprivate func passes(_ value: SearchValue) -> Bool {
    check.passes(value, isElement: false) != isNegated
  }

  /// Whether a text that is no date, such as an identifier, passes.
  fileprivate func passes(text: String) -> Bool {
    guard case .equals(let other) = check else { return passes(SearchValue(text)) }
    return (SearchValue(text) == other) != isNegated
  }
}

extension SearchCheck {
  /// Whether a value passes. An array's element contains nothing but itself.
  fileprivate func passes(_ value: SearchValue, isElement: Bool) -> Bool {
    switch self {
    case .isEmpty: return value == .null
    case .equals(let other): return value.isSame(as: other)
    case .isOneOf(let values, let texts), .containsAny(let values, let texts):
      return value.text.map(texts.contains) ?? values.contains { $0.isSame(as: value) }
    case .compares(let order, let other): return value.passes(order, other)
    case .isBetween(let from, let to): return value.passes(.atLeast, from) && value.passes(.atMost, to)
    case .isWithin(let from, let to): return value.instant.map { from <= $0 && $0 <= to } ?? false
    case .contains(let part):
      guard !isElement, let text = value.text, let part = part.text else { return value.isSame(as: part) }
      return text.contains(part)
    case .begins(let part): return value.text?.starts(with: part) ?? false
    case .ends(let part): return value.text?.suffix(part.count).elementsEqual(part) ?? false
    case .mentions(let part):
      guard let text = value.text else { return false }
      return String(decoding: text, as: UTF8.self).lowercased().contains(part)
    }
  }
}
