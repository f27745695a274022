#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A search query, as Port's API and a mapping's search identifiers have it: `{"combinator": "and", "rules": […]}`.
///
/// Rules compare a property (`$identifier`, `$title`, `$icon`, `$team`, `$blueprint`, `$datasource`, `$createdAt`,
/// `$updatedAt`, or one of the blueprint's own), a relation, or all properties of a type (`propertySchema`) by Port's
/// operators, or ask for what is related (`relatedTo`, near and far). Numbers are decimals, texts are bytes, and dates
/// are instants. Of an array, one element is enough. What is not there, or null, passes no check, and so passes every
/// negated one.
///
/// ```swift
/// let rule = #"{"property": "$blueprint", "operator": "=", "value": "service"}"#
/// let query = try SearchQuery(json: Array(#"{"combinator": "and", "rules": [\#(rule)]}"#.utf8))
/// print(query)
/// ```
public struct SearchQuery: Sendable {
  private let root: SearchNode

  /// Reads a query.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/refused`` for what is none, in words for who wrote it.
  public init(json: [UInt8]) throws(CatalogError) {
    try self.init(json: json, now: Date().timeIntervalSince1970)
  }

  /// Reads a query; ranges such as `lastWeek` end `now`, in seconds since 1970.
  package init(json: [UInt8], now: Double) throws(CatalogError) {
    self.init(root: try SearchReader(now: Int(now)).read(json))
  }

  /// Reads a query as people write it: conditions with spaces between them, which must all be met.
  ///
  /// - `blueprint=service`, `tier!=2`, `tier>=2`, `createdAt<2026-01-01`: a field is compared. `identifier`, `title`,
  ///   `icon`, `team`, `blueprint`, `datasource`, `createdAt` and `updatedAt` are those of every entity; all others are
  ///   properties, or relations where there is no such property. `properties.title` is a property in any case.
  /// - `blueprint=service,api`: one of several.
  /// - `language~swift`, `language!~swift`: a text that has this in it, or not, in capital or small letters.
  /// - `owner=`, `owner!=`: there is none, or there is one.
  /// - `payment`: the title or the identifier has this in it, in capital or small letters.
  ///
  /// Quotes hold a value with spaces or signs together: `title="Order service"`. A number is also found where it is
  /// kept as a text. A text that begins with `{` is JSON, as ``init(json:)`` reads it.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/refused`` for what is none, in words for who wrote it.
  public init(text: String) throws(CatalogError) {
    if text.drop(while: \.isWhitespace).hasPrefix("{") {
      try self.init(json: Array(text.utf8))
    } else {
      self.init(root: try SearchText(text).read())
    }
  }

  private init(root: SearchNode) {
    self.root = root
  }
}

extension SearchQuery {
  /// Whether an entity matches. A query that ``needsRelations`` is ``resolved(by:)`` before; otherwise nothing is
  /// related to anything.
  package func matches(_ entity: StoredEntity) -> Bool {
    var evaluation = SearchEvaluation(entity)
    return evaluation.matches(root)
  }

  /// Whether the query asks for what is related.
  package var needsRelations: Bool { root.needsRelations }

  /// The query with what is related looked up, once for all entities.
  package func resolved(by lookup: some RelationLookup) throws -> SearchQuery {
    SearchQuery(root: try root.resolved(by: lookup))
  }

  /// The only blueprints that matches can have, nil where that is not known.
  package var blueprints: [String]? { SearchHints(root).blueprintNames }

  /// The only identifiers that matches can have, whatever their blueprints; nil where that is not known.
  package var identifiers: [String]? { SearchHints(root).identifierNames }

  /// The only entities that matches can be, nil where that is not known.
  package var keys: [EntityKey]? { SearchHints(root).keys }
}

extension SearchNode {
  fileprivate var needsRelations: Bool {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.contains(where: \.needsRelations)
    case .related: true
    case .field, .keys: false
    }
  }

  fileprivate func resolved(by lookup: some RelationLookup) throws -> SearchNode {
    switch self {
    case .all(let nodes): .all(try nodes.map { try $0.resolved(by: lookup) })
    case .any(let nodes): .any(try nodes.map { try $0.resolved(by: lookup) })
    case .related(let rule): .keys(try rule.related(by: lookup))
    case .field, .keys: self
    }
  }
}
