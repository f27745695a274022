import RawJSON

/// A raw object of which a mapping made no entity, and why.
///
/// ```swift
/// let page = RawPage(Array(#"[{"key": "PORT-1"}, {"key": null}]"#.utf8))
/// for object in mapping.map(page, kind: "issue").unmapped { print(object.status, object.reason) }
/// ```
public struct UnmappedObject: Sendable, Hashable {
  /// What became of the object.
  public enum Status: String, Sendable, Hashable {
    /// The selector turned it, or an item of it, away.
    case filtered
    /// Its entity has no identifier or no blueprint.
    case skipped
    /// Its selector gave neither true nor false.
    case failed
    /// `itemsToParse` made no list of it.
    case unparsed
    /// It is no JSON object.
    case invalid
  }

  /// What became of it.
  public let status: Status
  /// The resource, by its place in the config.
  public let resource: Int
  /// The place in the resource of what was null or failed: `identifier`, `selector.query`, `itemsToParse`; nil where
  /// the object is to blame.
  public let field: String?
  /// Why there is no entity, in words that follow a colon.
  public let reason: String
  /// Where the object begins, where the page's place is known.
  public let location: SourceLocation?
  /// Where the object begins, in bytes from the page's start.
  package let offset: Int
  /// The object as it came; what is in its place, where it is ``Status/invalid``.
  public let object: [UInt8]

  init(
    _ loss: ResourceTally.Loss, of tally: ResourceTally, resource: Int, in page: RawPage,
    at location: SourceLocation?
  ) {
    var length: Int?
    switch loss.cause {
    case .filtered: (status, field, reason) = (.filtered, "selector.query", "the selector gives false")
    case .skipped(let mapping, let required):
      let path = tally.path(of: required, mapping)
      (status, field, reason) = (.skipped, path, "there is no \(required.name)")
    case .selector(let outcome):
      (status, field, reason) = (
        .failed, "selector.query", "the selector \(SelectorFailure.outcome(outcome))"
      )
    case .unparsed(let found): (status, field, reason) = (.unparsed, "itemsToParse", "itemsToParse \(found)")
    case .invalid(let error, let count):
      (status, field, reason) = (.invalid, nil, error.description)
      length = count
    }
    self.resource = resource
    self.location = location
    offset = loss.object.offset
    object = page.object(at: offset, length: length)
  }
}

extension RawPage {
  /// The bytes of the object at `offset`; so many, where it is known how many they are.
  func object(at offset: Int, length: Int? = nil) -> [UInt8] {
    let start = min(offset, bytes.count)
    if let length { return Array(bytes[start..<min(start + length, bytes.count)]) }
    return bytes.withScanner { text in
      guard let end = try? text.skipValue(start) else { return [] }
      return Array(text.slice(start..<end))
    }
  }
}

extension EntityBatch {
  /// The raw objects of which no entity was made, in their order: all of those that a resource did not map, once for
  /// each resource, and where that has a list of mappings, for each mapping.
  ///
  /// Of a batch of a ``MappingPipeline`` they are all only if the pipeline was told to keep them, and otherwise the
  /// first few.
  public var unmapped: [UnmappedObject] {
    let losses = zip(resourcePlaces, tallies).flatMap { place, tally in
      tally.losses.map { (place: place, tally: tally, loss: $0) }
    }.sorted { $0.loss.object.number < $1.loss.object.number }
    var location = page.location
    var located = 0
    return losses.map { place, tally, loss in
      let offset = Swift.min(loss.object.offset, page.bytes.count)
      location?.advance(over: located..<Swift.max(located, offset), of: page.bytes)
      located = Swift.max(located, offset)
      return UnmappedObject(loss, of: tally, resource: place, in: page, at: location)
    }
  }
}
