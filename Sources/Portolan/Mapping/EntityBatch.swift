/// The entities that a page of raw objects became.
///
/// They are bytes, one entity a line; each one's place, identifier and blueprint are known without another look
/// at them.
///
/// ```swift
/// let page = RawPage(Array(#"[{"key": "PORT-1"}, {"key": "PORT-2"}]"#.utf8))
/// for entity in mapping.map(page, kind: "issue") { print(entity.identifier) }
/// ```
public struct EntityBatch: Sendable {
  /// What is known of an entity.
  struct Entry: Sendable {
    /// Where it is in the lines.
    var range: Range<Int>
    /// Where its identifier is in the lines; nil for a search query.
    var identifier: Range<Int>?
    /// Where its blueprint is in the lines.
    var blueprint: Range<Int>
    /// The resource that made it, by its place in the config.
    var resource: Int
    /// Which of the resource's mappings made it, counted from 0.
    var mapping: Int
    /// Where its raw object begins in the page.
    var object: Int
  }

  /// The kind of the raw objects.
  public let kind: String
  /// The raw objects.
  public let page: RawPage
  /// The entities as JSON, UTF-8, one a line: in the order of the raw objects, and for each in the order of
  /// the config.
  public let lines: [UInt8]
  /// The resources that the raw objects were mapped by, by their places in the config.
  package let resourcePlaces: [Int]
  /// What became of the raw objects, a tally for each of the resources.
  let tallies: [ResourceTally]
  private let entries: [Entry]

  init(
    kind: String, page: RawPage, lines: [UInt8] = [], entries: [Entry] = [], places: [Int] = [],
    tallies: [ResourceTally] = []
  ) {
    self.kind = kind
    self.page = page
    self.lines = lines
    self.entries = entries
    resourcePlaces = places
    self.tallies = tallies
  }

  /// How many entities there are.
  public var count: Int { entries.count }

  /// Whether there are none.
  public var isEmpty: Bool { entries.isEmpty }

  /// What is known of each entity, in their order.
  package var places: [EntityPlace] {
    entries.map {
      EntityPlace(lines: $0.range, resource: $0.resource, mapping: $0.mapping, object: $0.object)
    }
  }

  /// The entity at `position` without its origin, which takes a walk over the page.
  package func entity(at position: Int) -> Entity { Entity(lines, entries[position], origin: nil) }

  /// How many raw objects were mapped.
  public var objectCount: Int { tallies.first?.raw ?? 0 }
}

/// Where an entity of a batch is, and what made it.
package struct EntityPlace: Sendable {
  /// Where it is in the lines.
  package var lines: Range<Int>
  /// The resource that made it, by its place in the config.
  package var resource: Int
  /// Which of the resource's mappings made it, counted from 0.
  package var mapping: Int
  /// Where its raw object begins in the page.
  package var object: Int
}

extension EntityBatch {
  /// The JSON of the raw object that begins at `offset` of the page.
  package func rawObject(at offset: Int) -> [UInt8] {
    page.bytes.withScanner { text in
      guard let end = try? text.skipValue(offset) else { return [] }
      return Array(text.slice(offset..<end))
    }
  }
}

extension EntityBatch: Sequence {
  /// Goes through the entities in their order.
  public struct Iterator: IteratorProtocol {
    private let batch: EntityBatch
    private var position = 0
    private var location: SourceLocation?
    private var offset = 0

    init(_ batch: EntityBatch) {
      self.batch = batch
      location = batch.page.location
    }

    /// The next entity, nil after the last one.
    public mutating func next() -> Entity? {
      guard position < batch.entries.count else { return nil }
      let entry = batch.entries[position]
      position += 1
      if offset < entry.object {
        location?.advance(over: offset..<entry.object, of: batch.page.bytes)
        offset = entry.object
      }
      return Entity(batch.lines, entry, origin: location)
    }
  }

  /// Starts at the first entity.
  public func makeIterator() -> Iterator { Iterator(self) }
}
