import RawJSON

/// A catalog entity, as the mapping made it. It stays bytes: what the mapping names and nothing else.
public struct Entity: Sendable {
  /// The bytes that the entity is a part of.
  private let bytes: [UInt8]
  private let range: Range<Int>
  /// What the entity is known by in its blueprint.
  public let identifier: EntityIdentifier
  /// The blueprint's identifier.
  public let blueprint: String
  /// Where its raw object begins, nil where that is not known.
  public let origin: SourceLocation?
  /// The place in the config of the resource that made it, counted from 0.
  public let resource: Int
  /// Which of the resource's mappings made it, counted from 0.
  public let mapping: Int

  init(_ lines: [UInt8], _ entry: EntityBatch.Entry, origin: SourceLocation?) {
    bytes = lines
    range = entry.range
    self.origin = origin
    resource = entry.resource
    mapping = entry.mapping
    (identifier, blueprint) = lines.withScanner { scanner in
      let identifier = entry.identifier.map { EntityIdentifier.known(scanner.textOrJSON($0)) }
      let query = { scanner.part(entry.range).lastMember(0, "identifier") }
      return (
        identifier ?? .query(query().map { scanner.part(entry.range).textOrJSON($0) } ?? "{}"),
        scanner.textOrJSON(entry.blueprint)
      )
    }
  }

  /// An entity of one line of valid JSON, such as an expected one.
  package init(json: [UInt8], origin: SourceLocation? = nil) {
    bytes = json
    range = 0..<json.count
    self.origin = origin
    resource = 0
    mapping = 0
    (identifier, blueprint) = json.withScanner { scanner in
      let start = scanner.skipWhitespace(0)
      let identifier = scanner.lastMember(start, "identifier")
      let isQuery = identifier.map { scanner.kind($0) == .object } ?? false
      let text = identifier.map(scanner.textOrJSON) ?? ""
      return (
        isQuery ? .query(text) : .known(text),
        scanner.lastMember(start, "blueprint").map(scanner.textOrJSON) ?? ""
      )
    }
  }

  /// The entity as one line of JSON, UTF-8.
  public var json: [UInt8] { Array(bytes[range]) }

  /// The title, nil where none is mapped or it is null; a title that is no text, as the JSON that it is.
  public var title: String? {
    self["title"].flatMap { $0.kind == .null ? nil : $0.text ?? $0.json }
  }

  /// The value that `keys` lead to, nil where the entity has none there.
  ///
  /// ```swift
  /// print(entity["properties", "url"]?.text ?? "no URL is mapped")
  /// ```
  public subscript(_ keys: String...) -> JSONView? {
    var view = JSONView(valid: json)
    for key in keys {
      guard let member = view[key] else { return nil }
      view = member
    }
    return view
  }
}

/// What an entity is known by in its blueprint.
///
/// ```swift
/// switch entity.identifier {
/// case .known(let identifier): print(identifier)
/// case .query(let query): print("the catalog looks for \(query)")
/// }
/// ```
public enum EntityIdentifier: Sendable, Hashable {
  /// An identifier; one that is no text in the mapping's result, as the JSON that it is: `8080`.
  case known(String)
  /// A search query, as JSON: the catalog finds the entity.
  case query(String)

  /// The identifier, nil for a search query.
  public var known: String? {
    if case .known(let identifier) = self { identifier } else { nil }
  }
}

extension EntityIdentifier: CustomStringConvertible {
  /// The identifier, or the query's JSON.
  public var description: String {
    switch self {
    case .known(let text), .query(let text): text
    }
  }
}

extension Entity: Hashable {
  /// Whether both are the same in the catalog, whatever they were made of.
  public static func == (first: Entity, second: Entity) -> Bool {
    first.bytes[first.range] == second.bytes[second.range]
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(bytes[range])
  }
}

extension Entity: CustomStringConvertible {
  /// The entity's JSON.
  public var description: String { String(decoding: bytes[range], as: UTF8.self) }
}

extension JSONScanner {
  /// The text of the string in `range`; the JSON of any other value.
  fileprivate func textOrJSON(_ range: Range<Int>) -> String {
    kind(range) == .string ? text(range) : String(decoding: slice(range), as: UTF8.self)
  }
}
