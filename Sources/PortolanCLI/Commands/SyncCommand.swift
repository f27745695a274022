import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan sync`
struct SyncCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Make a catalog what the mapping says: create, change and delete its entities.",
    discussion: """
      Without --plan it plans first, as `portolan plan` with the same arguments does, and shows what is deleted and \
      held. On a terminal it asks before it deletes; elsewhere it deletes only with --yes. With --plan it does \
      exactly what a kept plan says, unless the catalog has changed since.

      An entity that the catalog refuses costs only itself. Ctrl-C ends after what is under way, and says what is \
      left; the next sync goes on from there.

      Exit status: 0 the catalog is what the mapping says, 1 something failed, was held or was not deleted, 2 nothing \
      could be run.

      EXAMPLES:
        portolan sync jira
        portolan sync jira --live --to port --yes
        portolan sync --plan jira.plan
      """)

  @OptionGroup var catalog: CatalogOptions

  @Option(
    help: ArgumentHelp("Do what this plan says, instead of making one.", valueName: "file"),
    completion: .file())
  var plan: String?

  @Flag(help: "Delete without asking.")
  var yes = false

  @Option(help: "How to print what was done: for a person, or as JSON.")
  var format: SyncFormat = .text

  @Option(
    help: ArgumentHelp("Keep raw objects in a local catalog for so long: 12h, 7d.", valueName: "duration"))
  var keepRaw: KeptTime?

  func validate() throws {
    guard plan != nil, let option = catalog.planningOptions.first else { return }
    throw ValidationError("the plan says what is mapped and compared; leave \(option) out, or --plan")
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = catalog.evaluation.environment
    guard let run = try await run(environment) else { return .wrong }
    let summary = run.plan.summary
    let style = OutputSink().style
    try show(run, style)
    printer.print(run.diagnostics + summary.diagnostics)
    environment.warn(printer)
    let deletes = mayDelete(run.plan, style)
    guard let report = try await carryOut(run, deletes: deletes) else { return .wrong }
    switch format {
    case .text:
      if !summary.isEmpty { StandardStream.output.write("\n" + report.text(style, deletes: deletes)) }
    case .json: StandardStream.output.write(report.json(advice: \.advice))
    }
    printer.print(report.diagnostics)
    if !deletes, summary.total.delete > 0 { sayNotDeleted(summary.total.delete, printer) }
    printer.printCounts(of: run.diagnostics + summary.diagnostics + report.diagnostics)
    let isDone = report.result.state == .completed && report.result.failed == 0
    let isWrong = summary.filtered(catalog.filter).isWrong || !environment.unset.isEmpty
    return .wrong(if: isWrong || !isDone || !deletes && summary.total.delete > 0)
  }

  // MARK: The plan

  /// A plan, and the catalog that it is for.
  private struct Run {
    var plan: SyncPlan
    var open: OpenCatalog
    var diagnostics: [Diagnostic]
  }

  private func run(_ environment: AllowedEnvironment) async throws(UsageError) -> Run? {
    if let plan { return try saved(plan) }
    let making = try PlanMaking(
      catalog, environment, command: "sync", creates: true, path: nil, keepsRaw: keepRaw != nil)
    guard let plan = try await making.make() else { return nil }
    if !StandardStream.error.isTerminal {
      report(plan.summary.filtered(catalog.filter).resources)
    }
    return Run(plan: plan, open: making.open, diagnostics: making.subject.diagnostics)
  }

  /// Says what was read, a line a kind.
  private func report(_ resources: [ResourceState]) {
    for resource in resources {
      let failed = resource.failed > 0 ? ", \(resource.failed.grouped) failed" : ""
      let state = resource.isComplete ? "" : ", not complete"
      StandardStream.error.write(
        "\(TextColumns.oneLine(resource.kind)): \(resource.objects.grouped) objects, "
          + "\(resource.entities.grouped) entities\(failed)\(state)\n")
    }
  }

  private func saved(_ path: String) throws(UsageError) -> Run {
    let plan: SyncPlan
    do { plan = try SyncPlan(contentsOf: path) } catch { throw UsageError(catalog: error) }
    let summary = plan.summary
    let isPort = summary.catalog.hasPrefix("Port at ")
    let planned = isPort ? "port" : summary.catalog
    if let to = catalog.to, FolderListing.absolute(to) != FolderListing.absolute(planned) {
      throw UsageError(
        "the plan \(path) is for \(summary.catalog), and not for \(to)",
        "leave --to out, or make a plan for \(to)")
    }
    let target = try CatalogTarget(planned, of: nil)
    let integration = try integration(summary.owner)
    let configuration = CatalogConfiguration.load(
      in: integration?.rootPath ?? ".", environment: AllowedEnvironment.atStart)
    let own = try integration.map { (integration) throws(UsageError) in
      try CatalogTarget(nil, of: integration)
    }
    let open = try OpenCatalog(
      own?.name == target.name ? own ?? target : target, as: summary.owner, configuration, creates: true)
    return Run(plan: plan, open: open, diagnostics: configuration.diagnostics)
  }

  /// The integration of a plan: the one that is named, or the one of that type that is here.
  private func integration(_ owner: Datasource) throws(UsageError) -> Integration? {
    if let name = catalog.argument.integration {
      return try IntegrationSelection().one(name, for: "portolan sync NAME --plan FILE")
    }
    let found = Integration.find(from: ".")
    return found.first { $0.name.lowercased() == owner.type } ?? found.first
  }

  // MARK: Before it begins

  private func show(_ run: Run, _ style: Style) throws(UsageError) {
    guard format == .text else { return }
    var report = PlanReport(run.plan)
    report.filter = catalog.filter
    if catalog.verbose {
      try PlanPrinter(format: .text, isVerbose: true, next: nil).print(report)
    } else {
      StandardStream.output.write(report.shortText(style))
    }
  }

  /// Whether what is to be deleted may be.
  private func mayDelete(_ plan: SyncPlan, _ style: Style) -> Bool {
    guard plan.summary.total.delete > 0, !yes else { return true }
    guard DeletionQuestion.canAsk else { return false }
    let stream = StandardStream.error
    return DeletionQuestion(
      plan: plan, style: Style(hasColour: stream.hasColour, width: stream.width ?? 100)
    ).ask()
  }

  private func sayNotDeleted(_ count: Int, _ printer: DiagnosticPrinter) {
    printer.print(
      .warning,
      count == 1 ? "1 entity was not deleted" : "\(count.grouped) entities were not deleted",
      help: DeletionQuestion.canAsk
        ? "run it again to delete, or map them again to keep them" : "delete without a question: --yes")
  }

  // MARK: The sync

  private func carryOut(_ run: Run, deletes: Bool) async throws(UsageError) -> SyncReport? {
    let (plan, catalog) = (run.plan, run.open.catalog)
    let retention = keepRaw?.seconds
    let progress = SyncProgressLine()
    let result = await Interruption.cancelling("stopping after what is under way") {
      try await Self.sync(
        plan, to: catalog, deletes: deletes, retention: retention, progress)
    }
    progress.end()
    withExtendedLifetime(run) {}
    do {
      return try result.get()
    } catch is CancellationError {
      return nil
    } catch {
      throw UsageError(catalog: error)
    }
  }

  private static func sync(
    _ plan: SyncPlan, to catalog: some CatalogSetup, deletes: Bool, retention: Double?,
    _ progress: SyncProgressLine
  ) async throws -> SyncReport {
    let options = options(catalog, deletes: deletes, retention: retention)
    return try await Sync(plan, to: catalog, options: options).run { progress.show($0) }
  }

  private static func options<Target: CatalogSetup>(
    _ catalog: Target, deletes: Bool, retention: Double?
  ) -> Sync<Target>.Options {
    var options = Sync<Target>.Options()
    options.deletes = deletes
    options.rawRetention = retention
    return options
  }
}

/// How a sync's outcome is printed.
enum SyncFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One document.
  case json
}

/// How long something is kept: `90m`, `12h`, `7d`, `4w`.
struct KeptTime: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int(argument.dropLast()),
      (1...100_000).contains(count)
    else { return nil }
    seconds = Double(count) * unit
  }
}
