import Crypto
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is to be done with the entities of a page.
struct BatchWork {
  /// An entity of the page.
  struct Item {
    /// Its key; for a search identifier, the query's JSON stands for the identifier.
    var key: EntityKey
    var isQuery: Bool
    /// Where it is in the page's lines.
    var line: Range<Int>
    var resource: Int
    var mapping: Int
    /// Where its raw object begins in the page.
    var object: Int
    /// The search queries in it.
    var queries: [EntityQuery] = []

    /// The key, nil where only the catalog can tell it.
    var known: EntityKey? { isQuery ? nil : key }
  }

  /// What an entity is, compared with what the catalog has.
  private enum Verdict {
    /// Another one with the same key counts.
    case overruled
    /// It is as the catalog has it.
    case same
    /// It is to be compared.
    case differs(EntitySnapshot.Found)
    /// The catalog does not have it.
    case new
    /// Only the catalog knows which it is.
    case unknown
  }

  let items: [Item]
  private let batch: EntityBatch
  private let context: PlanContext
  private let before: [Int: [PreviousMapping.Made]]
  private var verdicts: [Verdict] = []
  /// The items that replace one that was judged before.
  private var replacing: Set<Int> = []
  /// The raw objects of what is to be written, by their hashes, where they are kept.
  private(set) var raws: [String: [UInt8]] = [:]
  /// Somebody else's entities, by their numbers, and who wrote them where they stay as they are.
  private(set) var keeps: [(number: Int, datasource: String?)] = []

  init(_ batch: EntityBatch, _ context: PlanContext, before: [Int: [PreviousMapping.Made]]) {
    self.batch = batch
    self.context = context
    self.before = before
    items = batch.places.enumerated().map { position, place in
      let entity = batch.entity(at: position)
      var item = Item(
        key: EntityKey(entity.blueprint, entity.identifier.description),
        isQuery: entity.identifier.known == nil,
        line: place.lines, resource: place.resource, mapping: place.mapping, object: place.object)
      if item.isQuery || context.places.mayHaveQueries(place.mapping, of: place.resource) {
        item.queries = EntityQueries.queries(in: batch.lines[place.lines])
      }
      return item
    }
  }

  /// Judges all entities by what the catalog has of them: `found` is that, for each whose key is known.
  mutating func judge(_ found: [EntitySnapshot.Found?], by desired: inout DesiredEntities) {
    var found = found.makeIterator()
    for (number, item) in items.enumerated() {
      if item.isQuery {
        desired.count(item)
        verdicts.append(.unknown)
      } else if let entity = found.next() ?? nil {
        let precedence = desired.see(item, entity) { location(item) }
        if precedence == .replaces { replacing.insert(number) }
        verdicts.append(precedence == .overruled ? .overruled : verdict(item, entity))
      } else {
        desired.count(item)
        verdicts.append(.new)
      }
    }
  }

  private func verdict(_ item: Item, _ entity: EntitySnapshot.Found) -> Verdict {
    // Where a write replaces all that is there, it may have been a merging one that left something.
    if context.settings.upsert.merges || entity.isAppliedWhole, item.queries.isEmpty, entity.isOwned,
      let hash = entity.appliedHash,
      SHA256.hash(data: batch.lines[item.line]).elementsEqual(hash)
    {
      return .same
    }
    return .differs(entity)
  }

  private func location(_ item: Item) -> SourceLocation? {
    batch.page.location?.advanced(to: item.object, in: batch.page.bytes)
  }
}

// MARK: What is to be done

extension BatchWork {
  /// What is to be done, in the order of the entities. `nextWrite` gives a number for an entity that is known by a query
  /// alone.
  mutating func steps(_ nextWrite: () -> Int) throws -> [PlanStep] {
    var differences = try EntityDifferences(differing(), context)
    var origins = Origins(batch, keepsRaw: context.options.keepsRaw)
    var steps: [PlanStep] = []
    for (number, item) in items.enumerated() {
      switch verdicts[number] {
      case .overruled: break
      case .same: if replacing.contains(number) { steps.append(.remove(item.key)) }
      case .differs(let found):
        let changed = differences.next()
        if !found.isOwned { keeps.append((found.number, changed == nil ? found.datasource ?? "" : nil)) }
        if let changed {
          steps.append(.put(change(item, changed, origins.origin(of: item))))
        } else if replacing.contains(number) {
          steps.append(.remove(item.key))
        }
      case .new: steps.append(.create(create(item, origins.origin(of: item))))
      case .unknown:
        steps.append(.put(write(item, nextWrite(), origins.origin(of: item))))
      }
    }
    raws = origins.raws
    return steps
  }

  private func differing() -> [EntityDifferences.Pair] {
    zip(items, verdicts).compactMap { item, verdict in
      guard case .differs(let entity) = verdict else { return nil }
      return EntityDifferences.Pair(
        found: entity, line: line(item), queries: item.queries.map(\.field))
    }
  }

  private func line(_ item: Item) -> [UInt8] { Array(batch.lines[item.line]) }

  private func change(
    _ item: Item, _ changed: EntityDifferences.Changed, _ origin: EntityOrigin
  ) -> PlannedOperation {
    // Where nothing differs but what search queries stand for, only the catalog can tell whether anything changes.
    let isComparable = changed.fields.contains { !changed.pair.queries.contains($0.field) }
    var operation = PlannedOperation(
      isComparable ? .change : .write, item.key, after: changed.pair.line, before: changed.before)
    operation.origin = origin
    if !changed.pair.found.isOwned { operation.foreignDatasource = changed.pair.found.datasource ?? "" }
    guard isComparable else { return operation }
    let causes = FieldCauses(context, drift: changed.drift, edit: edit(item, changed.pair.line))
    operation.changes = changed.fields.compactMap { field in
      let cause = causes.cause(of: field.field, item.mapping, of: item.resource)
      // What a search query finds is not known here: it is told only where the query itself is another one.
      if changed.pair.queries.contains(field.field), cause.kind != .mapping { return nil }
      return FieldChange(field.field, before: field.before, after: field.after, cause: cause)
    }
    return operation
  }

  /// What the edit of the config did to an entity: what the config that was applied last makes of the same raw object
  /// tells.
  private func edit(_ item: Item, _ line: [UInt8]) -> FieldCauses.Edit {
    guard let previous = context.previous.mapping else { return .none }
    guard let made = before[item.object]?.last(where: { $0.key.isSame(as: item.key) }) else {
      return .everything
    }
    let fields = context.comparison.changes(from: made.line, to: line).map(\.field)
    let replaces = !context.settings.upsert.merges && previous.config.enableMergeEntity
    return .fields(Set(fields), unnamed: replaces)
  }

  private func create(_ item: Item, _ origin: EntityOrigin) -> PlannedOperation {
    var operation = PlannedOperation(.create, item.key, after: line(item))
    operation.origin = origin
    operation.cause = CreationCause(context).cause(of: item, before[item.object] ?? [])
    return operation
  }

  private func write(_ item: Item, _ number: Int, _ origin: EntityOrigin) -> PlannedOperation {
    var operation = PlannedOperation(.write, item.key, after: line(item))
    // Two objects may ask the same query, and are two writes.
    operation.key.identifier += number == 1 ? "" : " #\(number)"
    operation.origin = origin
    return operation
  }
}

// MARK: What else a plan remembers

extension BatchWork {
  /// The search queries of all entities.
  var queries: [PlanFile.Query] {
    items.flatMap { item in
      item.queries.map { PlanFile.Query(blueprint: item.key.blueprint, field: $0.field, json: $0.json) }
    }
  }

  /// What the config that was applied last makes of the raw objects of new entities: they may be the same under another
  /// name.
  var oldKeys: [(new: EntityKey, old: EntityKey)] {
    zip(items, verdicts).flatMap { item, verdict -> [(new: EntityKey, old: EntityKey)] in
      guard case .new = verdict else { return [] }
      return (before[item.object] ?? []).filter { !$0.key.isSame(as: item.key) }.map { (item.key, $0.key) }
    }
  }
}
