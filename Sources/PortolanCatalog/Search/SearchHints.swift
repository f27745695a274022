/// What a query's matches certainly are, so that a catalog need not look at all entities. Nil says nothing.
struct SearchHints {
  /// More combinations of blueprints and identifiers than this are no hint.
  private static let maximumKeys = 10_000

  private var blueprints: [[UInt8]]?
  private var identifiers: [[UInt8]]?
  private var pairs: [Pair]?

  private struct Pair: Hashable {
    var blueprint: [UInt8]
    var identifier: [UInt8]
  }

  init(_ node: SearchNode) {
    switch node {
    case .all(let nodes): for node in nodes { narrow(by: SearchHints(node)) }
    case .any(let nodes): self = Self.union(nodes.map(SearchHints.init))
    case .field(.meta(.blueprint), let test): blueprints = Self.texts(test)
    case .field(.meta(.identifier), let test): identifiers = Self.texts(test)
    case .field, .related, .keys: break
    }
  }

  private init() {}

  /// The only blueprints that matches can have.
  var blueprintNames: [String]? { blueprints.map { $0.map { String(decoding: $0, as: UTF8.self) } } }

  /// The only identifiers that matches can have.
  var identifierNames: [String]? {
    (identifiers ?? pairs.map { Self.unique($0.map(\.identifier)) })
      .map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// The only entities that matches can be.
  var keys: [EntityKey]? {
    combined.map { pairs in
      pairs.map {
        EntityKey(
          String(decoding: $0.blueprint, as: UTF8.self), String(decoding: $0.identifier, as: UTF8.self))
      }
    }
  }

  private static func texts(_ test: SearchTest) -> [[UInt8]]? {
    guard !test.isNegated else { return nil }
    switch test.check {
    case .equals(let value): return value.text.map { [$0] } ?? []
    case .isOneOf(_, let texts): return texts.sorted { $0.lexicographicallyPrecedes($1) }
    default: return nil
    }
  }

  /// The pairs that are known, or all that blueprints and identifiers make.
  private var combined: [Pair]? {
    if let pairs { return pairs }
    guard let blueprints, let identifiers, blueprints.count * identifiers.count <= Self.maximumKeys else {
      return nil
    }
    return blueprints.flatMap { blueprint in
      identifiers.map { Pair(blueprint: blueprint, identifier: $0) }
    }
  }

  private mutating func narrow(by other: SearchHints) {
    blueprints = Self.intersection(blueprints, other.blueprints)
    identifiers = Self.intersection(identifiers, other.identifiers)
    pairs = Self.intersection(pairs, other.pairs)
  }

  private static func intersection<Element: Hashable>(_ first: [Element]?, _ second: [Element]?) -> [Element]?
  {
    guard let first, let second else { return first ?? second }
    let kept = Set(second)
    return first.filter(kept.contains)
  }

  private static func union(_ parts: [SearchHints]) -> SearchHints {
    var hints = SearchHints()
    hints.blueprints = union(parts.map { $0.blueprints ?? $0.pairs.map { $0.map(\.blueprint) } })
    hints.identifiers = union(parts.map { $0.identifiers ?? $0.pairs.map { $0.map(\.identifier) } })
    hints.pairs = union(parts.map(\.combined))
    return hints
  }

  private static func union<Element: Hashable>(_ parts: [[Element]?]) -> [Element]? {
    var all: [Element] = []
    for part in parts {
      guard let part else { return nil }
      all += part
    }
    return unique(all)
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
