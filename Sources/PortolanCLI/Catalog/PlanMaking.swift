import Portolan
import PortolanCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Maps what the arguments name and compares it with the catalog.
struct PlanMaking {
  let subject: CatalogSubject
  let target: CatalogTarget
  let open: OpenCatalog
  private let planner: Planner

  /// Prepares a plan.
  ///
  /// - Parameters:
  ///   - options: what is mapped, into which catalog.
  ///   - environment: what expressions may see.
  ///   - command: the command that makes it, as in `portolan plan`.
  ///   - creates: whether a catalog that is not there is created.
  ///   - path: where the plan is kept, nil for a temporary file.
  ///   - keepsRaw: whether raw objects are kept in it.
  /// - Throws: `UsageError` where nothing can be planned.
  init(
    _ options: CatalogOptions, _ environment: AllowedEnvironment, command: String, creates: Bool,
    path: String?,
    keepsRaw: Bool
  ) throws(UsageError) {
    subject = try CatalogSubject(options.subject, command: command)
    target = try CatalogTarget(options.to, of: subject.run.integration)
    open = try OpenCatalog(target, as: subject.owner, subject.configuration, creates: creates)
    var planning = Planner.Options()
    planning.kinds = options.kind.isEmpty ? nil : Set(options.kind)
    planning.allowedEmpty = Set(options.allowEmpty)
    planning.ignored = (try? options.ignored) ?? []
    planning.setup = try Self.setup(of: subject.run)
    planning.updatesBlueprints = options.updateBlueprints
    planning.threads = ProcessInfo.processInfo.activeProcessorCount
    planning.keepsRaw = keepsRaw
    planning.path = path
    planner = Planner(
      CompiledMapping(subject.config, environment: environment.environment), owner: subject.owner,
      options: planning)
  }

  /// The blueprints and the like of an integration; a config by itself has none.
  static func setup(of run: PlannedRun) throws(UsageError) -> DefaultResources? {
    guard let integration = run.integration else { return nil }
    do throws(DiagnosticsError) {
      return try DefaultResources(folder: PathText.parent(integration.configPath))
    } catch {
      throw UsageError(error.diagnostics)
    }
  }

  /// Makes the plan. Ctrl-C ends it: then there is none.
  ///
  /// - Throws: `UsageError` where the catalog cannot be read, or the plan not be written.
  func make() async throws(UsageError) -> SyncPlan? {
    let (planner, fetcher, catalog) = (planner, subject.fetcher, open.catalog)
    let result = await Interruption.cancelling("stopping: nothing has been written") {
      let progress = StreamProgress(size: nil)
      defer { progress.clear() }
      return try await planner.plan(fetcher, for: catalog, progress: progress.show)
    }
    do {
      return try result.get()
    } catch is CancellationError {
      return nil
    } catch {
      throw UsageError(catalog: error)
    }
  }
}
