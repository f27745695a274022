import RawJSON

/// A catalog entity, as the mapping made it. It stays bytes: what the mapping names and nothing else.
public struct Entity: Sendable {
  /// The entity as one line of JSON, UTF-8.
  public let json: [UInt8]
  /// Where the raw object came from that it was made of, nil where that is not known.
  public let origin: SourceLocation?
  /// Which of the resource's mappings made it, counted from 0.
  let mapping: Int

  /// Creates an entity from one line of valid JSON.
  init(json: [UInt8], origin: SourceLocation? = nil, mapping: Int = 0) {
    self.json = json
    self.origin = origin
    self.mapping = mapping
  }

  /// The identifier: a string's text, or the JSON of a number or a search query.
  public var identifier: String { text("identifier") ?? "" }

  /// The blueprint's identifier.
  public var blueprint: String { text("blueprint") ?? "" }

  /// The title, nil where none is mapped or it is null.
  public var title: String? { text("title") }

  /// The JSON of the value at `path`, nil where the entity has none there.
  ///
  /// ```swift
  /// entity.value(at: JSONPath([.key("properties"), .key("url")]))
  /// ```
  public func value(at path: JSONPath) -> String? {
    let tree = PathTree([path])
    guard let node = tree.node(path) else { return nil }
    return json.withScanner { scanner in
      var matches = PathMatches(tree)
      guard (try? scanner.find(tree, &matches)) != nil, let range = matches[node] else { return nil }
      return String(decoding: scanner.slice(range), as: UTF8.self)
    }
  }

  /// The text of a string at the top; the JSON of anything else but null.
  private func text(_ key: String) -> String? {
    guard let json = value(at: JSONPath([.key(key)])), json != "null" else { return nil }
    guard json.hasPrefix("\"") else { return json }
    let bytes = Array(json.utf8)
    return bytes.withScanner { $0.text(0..<bytes.count) }
  }
}

extension Entity: Hashable {
  /// Whether both are the same in the catalog, whatever they were made of.
  public static func == (first: Entity, second: Entity) -> Bool {
    first.json == second.json
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(json)
  }
}

extension Entity: CustomStringConvertible {
  /// The entity's JSON.
  public var description: String { String(decoding: json, as: UTF8.self) }
}
