import Portolan
import RawJSON

/// Does the steps of a setup, and undoes them where one fails.
struct SetupRun {
  private let catalog: any CatalogSetup
  /// What this run created, and may delete again.
  private var created: [BlueprintDocument] = []
  /// What this run may have created: the catalog gave up before it said so.
  private var uncertain: BlueprintDocument?

  init(_ catalog: any CatalogSetup) {
    self.catalog = catalog
  }

  mutating func apply(_ steps: [SetupStep]) async throws -> [Diagnostic] {
    let integration = steps.first { $0.subject == .integration }
    if let integration, integration.action == .create {
      // Somebody may have created it since the steps were made, or this is the same plan once more.
      if try await catalog.integration(integration.identifier) == nil {
        try await catalog.createIntegration(Array(integration.json.utf8))
      }
    }
    try await applyBlueprints(steps.filter { $0.subject == .blueprint })
    let diagnostics = try await createResources(steps)
    if let integration {
      try await catalog.updateIntegration(
        integration.identifier, IntegrationDocument.mark(after: integration))
    }
    return diagnostics
  }

  // MARK: Blueprints

  private mutating func applyBlueprints(_ steps: [SetupStep]) async throws {
    do {
      for step in steps where step.action == .create {
        try Task.checkCancellation()
        try await create(BlueprintDocument(Array(step.json.utf8)))
      }
      let documents = steps.map { BlueprintDocument(Array($0.json.utf8)) }
      for document in documents {
        guard let relations = document.relations else { continue }
        try await update(document, relations, "get its relations")
      }
      for (step, document) in zip(steps, documents) where step.action == .change || document.isMoreThanBare {
        try await update(document, document.json, "be written whole")
      }
    } catch {
      throw await undo(after: error)
    }
  }

  private mutating func create(_ document: BlueprintDocument) async throws {
    if let stored = try await catalog.blueprint(document.identifier) {
      // What a run left that was cut off is gone on with; what somebody else made in the meantime is not touched.
      if document.isUnfinished(stored) || document.differences(from: stored).isEmpty { return }
      throw CatalogError(
        .stale, "the blueprint `\(document.identifier)` is there now, and not as the files say",
        advice: "make a new plan")
    }
    uncertain = document
    do {
      try await catalog.createBlueprint(document.bare)
    } catch let error as CatalogError {
      if error.kind != .unavailable { uncertain = nil }
      throw Self.failure(error, document, "be created")
    }
    uncertain = nil
    created.append(document)
  }

  private func update(_ document: BlueprintDocument, _ json: [UInt8], _ what: String) async throws {
    try Task.checkCancellation()
    do {
      try await catalog.updateBlueprint(document.identifier, json)
    } catch let error as CatalogError {
      throw Self.failure(error, document, what)
    }
  }

  private static func failure(
    _ error: CatalogError, _ document: BlueprintDocument, _ what: String
  ) -> CatalogError {
    CatalogError(
      error.kind, "the blueprint `\(document.identifier)` could not \(what): \(error.message)",
      advice: error.advice)
  }

  // MARK: Undoing

  /// Deletes what this run created, also when it is cancelled itself.
  ///
  /// - Returns: the error, with what became of it.
  private func undo(after error: any Error) async -> any Error {
    let catalog = catalog
    let created = created
    let uncertain = uncertain
    let left = await Task {
      let unsure = await SetupUndo.confirmed(uncertain, catalog)
      return await SetupUndo(catalog).delete(created + unsure)
    }.value
    if error is CancellationError, left.isEmpty { return error }
    var failure =
      error as? CatalogError ?? CatalogError(.unavailable, "the blueprints could not be made: \(error)")
    if !left.isEmpty {
      let names = left.map { "`\($0)`" }.joined(separator: ", ")
      failure.message += "; of what this run created, \(names) could not be deleted again"
      failure.advice = "delete \(left.count == 1 ? "it" : "them") by hand, then run again"
    } else if !created.isEmpty {
      failure.message += "; the blueprints that this run created were deleted again"
    }
    return failure
  }

  // MARK: Actions, scorecards, pages

  private func createResources(_ steps: [SetupStep]) async throws -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for step in steps where step.action == .create {
      guard let kind = step.subject.resourceKind else { continue }
      try Task.checkCancellation()
      let resource = CatalogResource(
        kind, step.identifier, of: step.blueprint, json: Array(step.json.utf8))
      do {
        if try await catalog.hasResource(kind, step.identifier, of: step.blueprint) { continue }
        try await catalog.createResource(resource)
      } catch let error as CatalogError where !error.endsRun {
        diagnostics.append(
          Diagnostic(
            .error, .catalog,
            "the \(kind.rawValue) `\(step.identifier)` could not be created: \(error.message)",
            help: error.advice ?? "correct it in the files; all else was done"))
      }
    }
    return diagnostics
  }
}

extension SetupStep.Subject {
  fileprivate var resourceKind: CatalogResource.Kind? {
    switch self {
    case .action: .action
    case .scorecard: .scorecard
    case .page: .page
    case .integration, .blueprint: nil
    }
  }
}
