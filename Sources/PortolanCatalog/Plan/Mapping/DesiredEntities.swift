import Crypto
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes what a mapping makes, compares it with what the catalog has, and writes what is to be done into a plan's file.
///
/// What stays in memory for each entity of the catalog are two small numbers: which resource made it now, and which
/// resource of the config that was applied last makes it.
struct DesiredEntities: EntitySink {
  let context: PlanContext
  /// By an entity's number in the snapshot: the index of the resource that made it, plus 1. 0 for what nobody made.
  private(set) var seen: [UInt16]
  /// The same for the resources of the config that was applied last; empty where that is not another one.
  private(set) var madeBefore: [UInt16]
  /// How many entities of the catalog are desired, by blueprint.
  private(set) var found: [String: Int] = [:]
  /// How many owned entities are desired.
  private(set) var ownedCount = 0
  /// How many entities each resource made, by its index and the blueprint.
  private(set) var made: [Int: [String: Int]] = [:]
  private(set) var duplicates: Duplicates
  var foreignKeeps = ForeignKeeps()
  private var writes = 0

  init(_ context: PlanContext) {
    self.context = context
    duplicates = Duplicates(context.places)
    seen = Array(repeating: 0, count: context.snapshot.maximumNumber + 1)
    madeBefore = context.previous.mapping == nil ? [] : seen
  }

  /// Takes the entities of a page.
  mutating func receive(_ batch: EntityBatch) async throws {
    try take(batch)
  }

  private mutating func take(_ batch: EntityBatch) throws {
    let before = try previous(batch)
    guard !batch.isEmpty else { return }
    var work = BatchWork(batch, context, before: before)
    let found = try context.snapshot.find(work.items.compactMap(\.known))
    work.judge(found, by: &self)
    let collisions = try context.file.apply(work.steps { nextWrite() })
    for (number, datasource) in work.keeps { foreignKeeps.set(number, datasource) }
    for collision in collisions { add(collision) }
    try context.file.add(work.queries)
    try context.file.add(oldKeys: work.oldKeys)
    for (hash, raw) in work.raws { try context.file.keep(raw, hash: hash) }
  }

  /// What the config that was applied last makes of a batch's raw objects.
  private mutating func previous(_ batch: EntityBatch) throws -> [Int: [PreviousMapping.Made]] {
    guard let mapping = context.previous.mapping else { return [:] }
    let entities = mapping.entities(of: batch)
    let made = entities.values.flatMap { $0 }
    for (entity, found) in zip(made, try context.snapshot.find(made.map(\.key))) {
      guard let found, found.isOwned, madeBefore.indices.contains(found.number) else { continue }
      madeBefore[found.number] = Self.mark(entity.resource)
    }
    return entities
  }

  /// How an entity comes to the one with the same key that came before it.
  enum Precedence {
    case first
    case replaces
    case overruled
  }

  /// Records that a resource made an entity of the catalog: of several the later resource counts, and within one the
  /// later object.
  mutating func see(
    _ item: BatchWork.Item, _ entity: EntitySnapshot.Found, _ location: () -> SourceLocation?
  ) -> Precedence {
    count(item)
    guard seen.indices.contains(entity.number) else { return .first }
    let (before, mark) = (seen[entity.number], Self.mark(item.resource))
    if before == 0 {
      seen[entity.number] = mark
      found[item.key.blueprint, default: 0] += 1
      if entity.isOwned { ownedCount += 1 }
      return .first
    }
    duplicates.add(item.key, Int(before) - 1, item.resource) { (nil, location()) }
    if before > mark { return .overruled }
    seen[entity.number] = mark
    return .replaces
  }

  /// Records that entities which are desired are somebody else's. They have only now got numbers.
  mutating func see(foreign keys: [EntityKey]) throws {
    for (key, entity) in zip(keys, try context.snapshot.find(keys)) {
      guard let entity else { continue }
      if seen.count <= entity.number { seen += repeatElement(0, count: entity.number + 1 - seen.count) }
      if seen[entity.number] == 0 { found[key.blueprint, default: 0] += 1 }
      seen[entity.number] = 1
    }
  }

  /// Two new entities have the same key. Those that the catalog has are known by their numbers.
  private mutating func add(_ collision: PlanCollision) {
    guard let earlier = collision.earlier, let later = collision.later, collision.isNew else { return }
    duplicates.add(collision.key, earlier.resource, later.resource) { (earlier.location, later.location) }
  }

  /// Counts an entity for the resource that made it.
  mutating func count(_ item: BatchWork.Item) {
    made[item.resource, default: [:]][item.key.blueprint, default: 0] += 1
  }

  /// A number for an entity that is known by a query alone.
  mutating func nextWrite() -> Int {
    writes += 1
    return writes
  }

  private static func mark(_ resource: Int) -> UInt16 { UInt16(clamping: resource + 1) }

  /// Whether an entity of the catalog is desired, by its number.
  func isSeen(_ number: Int) -> Bool { seen.indices.contains(number) && seen[number] > 0 }

  /// The resource of the config that was applied last that still makes an entity of an object that came, by its number;
  /// nil where none does.
  func makerBefore(_ number: Int) -> Int? {
    madeBefore.indices.contains(number) && madeBefore[number] > 0 ? Int(madeBefore[number]) - 1 : nil
  }
}
