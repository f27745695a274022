import Portolan

/// Looks up what is to be created in a catalog of which only the owned entities are known: somebody else may have it.
struct ForeignEntities<Target: Catalog> {
  /// How many entities are asked for at once.
  private static var portion: Int { 100 }

  private let context: PlanContext
  private let catalog: Target

  init(_ context: PlanContext, _ catalog: Target) {
    self.context = context
    self.catalog = catalog
  }

  func lookUp(_ desired: inout DesiredEntities) async throws {
    guard !context.snapshot.isWhole else { return }
    for blueprint in try context.file.blueprints(of: .create) {
      var number: Int64 = 0
      while true {
        try Task.checkCancellation()
        let operations = try context.file.operations(
          [.create], of: blueprint, after: number, limit: Self.portion * max(1, catalog.limits.concurrency))
        guard let last = operations.last else { break }
        number = last.number
        let found = try await entities(operations.map(\.key.identifier), of: blueprint)
        try context.snapshot.add(found)
        try desired.see(foreign: found.map(\.key))
        let steps = steps(operations, found)
        _ = try context.file.apply(steps)
        try note(found, steps, in: &desired)
      }
    }
  }

  /// Those of some entities that the catalog has.
  private func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    let catalog = catalog
    return try await withThrowingTaskGroup(of: [CatalogEntity].self) { group in
      for start in stride(from: 0, to: identifiers.count, by: Self.portion) {
        let part = Array(identifiers[start..<min(start + Self.portion, identifiers.count)])
        group.addTask { try await catalog.entities(part, of: blueprint) }
      }
      var found: [CatalogEntity] = []
      for try await part in group { found += part }
      return found
    }
  }

  /// What becomes of entities that were to be created, of which the catalog has `found`.
  private func steps(_ operations: [PlannedOperation], _ found: [CatalogEntity]) -> [PlanStep] {
    let known = Dictionary(found.map { (Array($0.key.identifier.utf8), $0) }) { first, _ in first }
    return operations.compactMap { operation in
      guard let entity = known[Array(operation.key.identifier.utf8)], let line = operation.after else {
        return nil
      }
      let queries = EntityQueries.queries(in: line[...]).map(\.field)
      let fields = EntityDifferences.fields(line, queries, entity.json, context)
      return fields.isEmpty ? .remove(operation.key) : .put(change(operation, entity, fields))
    }
  }

  /// Notes whose entities stay as they are.
  private func note(
    _ found: [CatalogEntity], _ steps: [PlanStep], in desired: inout DesiredEntities
  ) throws {
    let kept = Set(steps.compactMap { step in if case .remove(let key) = step { key } else { nil } })
    let others = found.filter { kept.contains($0.key) && !($0.datasource.map(context.owner.owns) ?? false) }
    for (entity, number) in zip(others, try context.snapshot.find(others.map(\.key)).map { $0?.number }) {
      if let number { desired.foreignKeeps.set(number, entity.datasource ?? "") }
    }
  }

  private func change(
    _ create: PlannedOperation, _ entity: CatalogEntity, _ fields: [EntityDifferences.Field]
  ) -> PlannedOperation {
    var operation = PlannedOperation(.change, create.key, after: create.after, before: entity.json)
    operation.origin = create.origin
    // What others wrote before is not known.
    operation.changes = fields.map { field in
      FieldChange(
        field.field, before: field.before, after: field.after,
        cause: create.cause?.kind == .mapping ? create.cause ?? PlanCause(.unknown) : PlanCause(.unknown))
    }
    let isOwned = entity.datasource.map(context.owner.owns) ?? false
    operation.foreignDatasource = isOwned ? nil : entity.datasource ?? ""
    return operation
  }
}
