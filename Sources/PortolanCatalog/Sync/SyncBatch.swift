/// An operation as it is sent.
struct SyncItem: Sendable {
  /// The operation's number.
  let number: Int64
  /// What is done.
  let action: PlannedOperation.Action
  /// The entity.
  let key: EntityKey
  /// What is written; nothing for a deletion.
  var json: [UInt8] = []
  /// What it was made of.
  var origin: EntityOrigin?
  /// The raw object, where the catalog is to keep it.
  var raw: [UInt8]?
  /// Whether relations are left out, so that it is written once more.
  var isPartial = false

  /// The item as a catalog takes it.
  var write: EntityWrite { EntityWrite(json: json, origin: origin, raw: raw) }
}

/// Operations on entities of one blueprint that are sent at once.
struct SyncBatch: Sendable {
  let blueprint: String
  let items: [SyncItem]
}

/// How much is in a batch.
struct BatchSize: Sendable {
  /// What is around the entities of a request: `{"entities":[]}`.
  private static let frame = 15

  /// How many entities there are at most.
  let entities: Int
  /// How many bytes of JSON there are at most.
  let bytes: Int

  /// How many of `items`, from the first, are in a batch: one at least, however large it is.
  func count(of items: ArraySlice<SyncItem>) -> Int {
    var (count, total) = (0, Self.frame)
    for item in items.prefix(max(1, entities)) {
      total += item.json.count + (count > 0 ? 1 : 0)
      guard count == 0 || total <= bytes else { break }
      count += 1
    }
    return count
  }
}

extension BatchSize {
  /// Of a write.
  static func write(_ limits: CatalogLimits) -> Self { Self(entities: limits.entities, bytes: limits.bytes) }

  /// Of a deletion.
  static func deletion(_ limits: CatalogLimits) -> Self { Self(entities: limits.deletions, bytes: .max) }
}
