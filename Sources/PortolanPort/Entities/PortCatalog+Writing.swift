import PortolanCatalog

extension PortCatalog {
  /// Writes entities. Those that are refused are named each by itself, also where Port refuses all of a request for one
  /// of them.
  ///
  /// - Returns: what became of each, in their order.
  /// - Throws: ``CatalogError`` for what concerns all of them.
  public func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    let upsert = PortUpsert(api: api, blueprint: blueprint, options: options, run: run)
    return try await upsert.write(writes[...], limits)
  }

  /// Deletes entities of a blueprint. What Port does not say that it deleted is asked for.
  ///
  /// - Parameters:
  ///   - identifiers: which ones.
  ///   - blueprint: their blueprint.
  ///   - deletingDependents: whether what relates to them goes with them.
  ///   - run: who deletes.
  /// - Returns: what became of each, in their order.
  /// - Throws: ``CatalogError`` for what concerns all of them.
  public func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    let deletion = PortDeletion(
      api: api, blueprint: blueprint, deletesDependents: deletingDependents, run: run)
    return try await deletion.delete(identifiers[...], atOnce: limits.deletions)
  }
}
