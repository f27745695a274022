import Portolan

/// Says what entities of a page were made of, in the order of the page: places are counted on from the last one.
struct Origins {
  private let batch: EntityBatch
  private var location: SourceLocation?
  private var offset = 0
  /// The last raw object: an object may make many entities.
  private var last: (object: Int, raw: [UInt8], hash: String, identity: String?)?
  private(set) var raws: [String: [UInt8]] = [:]
  private let keepsRaw: Bool

  init(_ batch: EntityBatch, keepsRaw: Bool) {
    self.batch = batch
    self.keepsRaw = keepsRaw
    location = batch.page.location
  }

  mutating func origin(of item: BatchWork.Item) -> EntityOrigin {
    if item.object > offset {
      location?.advance(over: offset..<item.object, of: batch.page.bytes)
      offset = item.object
    }
    let raw = look(at: item.object)
    return EntityOrigin(
      kind: batch.kind, resource: item.resource, mapping: item.mapping, location: location, rawHash: raw.hash,
      rawIdentity: raw.identity)
  }

  private mutating func look(at object: Int) -> (hash: String, identity: String?) {
    if let last, last.object == object { return (last.hash, last.identity) }
    let raw = batch.rawObject(at: object)
    let (hash, identity) = (RawIdentity.hash(raw), RawIdentity.identity(of: raw))
    last = (object, raw, hash, identity)
    if keepsRaw { raws[hash] = raw }
    return (hash, identity)
  }
}
