import Portolan

/// Compares entities of a page with the catalog's, in their order. Those that are the same are nil.
struct EntityDifferences {
  /// An entity that is to be compared.
  struct Pair {
    var found: EntitySnapshot.Found
    var line: [UInt8]
    /// The fields that are search queries.
    var queries: [String]
  }

  /// An entity that differs.
  struct Changed {
    var pair: Pair
    var before: [UInt8]
    var fields: [Field]
    var drift: Drift
  }

  /// A field, the catalog's JSON and the mapping's.
  typealias Field = (field: String, before: String?, after: String?)

  private var changed: IndexingIterator<[Changed?]>

  init(_ pairs: [Pair], _ context: PlanContext) throws {
    let stored = try context.snapshot.json(of: pairs.map(\.found.number))
    var all = zip(pairs, stored).map { pair, before -> Changed? in
      let fields = Self.fields(pair.line, pair.queries, before, context)
      guard !fields.isEmpty else { return nil }
      return Changed(
        pair: pair, before: before, fields: fields, drift: pair.found.appliedHash == nil ? .unknown : .none)
    }
    try Self.addDrift(&all, context)
    changed = all.makeIterator()
  }

  /// What has become of the next entity, nil where it is the same.
  mutating func next() -> Changed? { changed.next() ?? nil }

  /// The fields that differ, and those that are search queries, which the catalog alone can compare.
  static func fields(_ line: [UInt8], _ queries: [String], _ stored: [UInt8], _ context: PlanContext)
    -> [Field]
  {
    var fields = context.comparison.changes(from: stored, to: line)
    guard !queries.isEmpty else { return fields }
    let (before, after) = (JSONView(valid: stored), JSONView(valid: line))
    for field in queries where !fields.contains(where: { $0.field == field }) {
      fields.append((field, before[field: field]?.json, after[field: field]?.json))
    }
    return fields
  }

  /// Finds out who changed what, where the catalog's entity is not as the last run wrote it.
  private static func addDrift(_ changed: inout [Changed?], _ context: PlanContext) throws {
    let places = changed.indices.filter { place in
      changed[place].map { $0.pair.found.appliedHash == nil } ?? false
    }
    guard !places.isEmpty else { return }
    let written = try context.snapshot.lastWritten(places.map { changed[$0]?.pair.found.number ?? 0 })
    for (place, line) in zip(places, written) {
      guard let line, let pair = changed[place]?.pair else { continue }
      let fields = context.comparison.changes(from: line, to: pair.line).map(\.field)
      changed[place]?.drift = .known(changed: Set(fields))
    }
  }
}

extension JSONView {
  /// The value of a field that is called as in plans: `relations.owner`.
  fileprivate subscript(field field: String) -> JSONView? {
    guard let dot = field.firstIndex(of: ".") else { return self[field] }
    return self[String(field[..<dot])]?[String(field[field.index(after: dot)...])]
  }
}
