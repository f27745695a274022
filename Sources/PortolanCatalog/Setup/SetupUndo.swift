/// Deletes blueprints that a run created, whatever they relate to.
struct SetupUndo {
  private let catalog: any CatalogSetup

  init(_ catalog: any CatalogSetup) {
    self.catalog = catalog
  }

  /// The blueprint, where it was created although the catalog did not say so.
  static func confirmed(
    _ document: BlueprintDocument?, _ catalog: any CatalogSetup
  ) async -> [BlueprintDocument] {
    guard let document, let stored = try? await catalog.blueprint(document.identifier),
      document.isBare(stored)
    else { return [] }
    return [document]
  }

  /// Deletes them: the last one first, again while that gets on, and at last without relations, since a catalog may keep
  /// what another one relates to.
  ///
  /// - Returns: what could not be deleted.
  func delete(_ documents: [BlueprintDocument]) async -> [String] {
    var left = await deleteAll(documents.reversed().map(\.identifier))
    guard !left.isEmpty else { return [] }
    for identifier in left { try? await catalog.updateBlueprint(identifier, BlueprintDocument.unrelated) }
    left = await deleteAll(left)
    return left
  }

  private func deleteAll(_ identifiers: [String]) async -> [String] {
    var left = identifiers
    while !left.isEmpty {
      var kept: [String] = []
      for identifier in left {
        do {
          try await catalog.deleteBlueprint(identifier)
        } catch {
          if (error as? CatalogError)?.kind != .notFound { kept.append(identifier) }
        }
      }
      guard kept.count < left.count else { return kept }
      left = kept
    }
    return []
  }
}
