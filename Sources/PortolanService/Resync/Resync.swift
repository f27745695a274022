import Logging
import Portolan
import PortolanCatalog
import PortolanEvents

/// A resync: everything is fetched, mapped, compared with the catalog, and written.
package struct Resync: Sendable {
  /// How a resync ended.
  package enum Outcome: String, Sendable {
    /// The catalog is what the mapping says.
    case completed
    /// Something failed, or was refused or held.
    case failed
    /// It was ended before it was done.
    case interrupted
  }

  private let mapping: CompiledMapping
  private let fetcher: @Sendable () -> any RawFetcher
  private let catalog: any CatalogSetup
  private let owner: Datasource
  private let options: Planner.Options
  private let gate: WriteGate
  private let metrics: MetricRegistry
  private let log: Logger

  /// Prepares resyncs.
  ///
  /// - Parameters:
  ///   - mapping: what entities are made by.
  ///   - catalog: what is written to.
  ///   - owner: who writes.
  ///   - options: what may be said about plans.
  ///   - gate: where live events are met.
  ///   - metrics: what counts.
  ///   - log: where it says what it does.
  ///   - fetcher: gives each resync what supplies its raw objects, without what an earlier one was answered.
  package init(
    _ mapping: CompiledMapping, catalog: any CatalogSetup, owner: Datasource, options: Planner.Options,
    gate: WriteGate, metrics: MetricRegistry, log: Logger, fetcher: @escaping @Sendable () -> any RawFetcher
  ) {
    self.mapping = mapping
    self.fetcher = fetcher
    self.catalog = catalog
    self.owner = owner
    self.options = options
    self.gate = gate
    self.metrics = metrics
    self.log = log
  }

  /// Runs a resync, to its end or until the task is cancelled.
  ///
  /// - Parameter reason: why, in words that follow a colon.
  /// - Returns: how it ended.
  package func run(_ reason: String) async -> Outcome {
    log.info("resync begins: \(reason)")
    metrics.set(ServiceMetrics.resyncing, to: 1)
    await gate.beginSync()
    let start = ContinuousClock.now
    let outcome: Outcome
    do {
      outcome = try await carryOut(catalog)
    } catch {
      outcome = fail(error)
    }
    await gate.endSync()
    let seconds = start.duration(to: .now) / .seconds(1)
    metrics.set(ServiceMetrics.resyncing, to: 0)
    metrics.add(to: ServiceMetrics.resyncs, outcome.rawValue)
    metrics.set(ServiceMetrics.lastResync, outcome.rawValue, to: ServiceClock.now)
    metrics.set(ServiceMetrics.duration, "__runtime__", "resync", to: seconds)
    metrics.set(ServiceMetrics.success, "__runtime__", "resync", to: outcome == .completed ? 1 : 0)
    return outcome
  }

  /// Creates the blueprints and whatever else the first resync would create in a catalog that has nothing of them, so that
  /// events find what they are written to, whether a resync comes before them or not.
  package func prepare() async {
    guard let setup = options.setup else { return }
    do {
      let steps = try await setup.steps(
        for: catalog, owner: owner, config: String(decoding: mapping.config.source, as: UTF8.self),
        updatesBlueprints: false
      ).filter(\.isDone)
      guard !steps.isEmpty else { return }
      say(try await DefaultResources.apply(steps, to: catalog))
      let created = steps.filter { $0.action == .create }.map { "\($0.subject.rawValue) \($0.identifier)" }
      if !created.isEmpty { log.info("created in the catalog: \(created.joined(separator: ", "))") }
    } catch {
      log.error("blueprints could not be created: events wait until they are there")
      _ = fail(error)
    }
  }

  private func fail(_ error: any Error) -> Outcome {
    if Task.isCancelled || error is CancellationError {
      log.notice("resync was ended before it was done; the next one goes on")
      return .interrupted
    }
    let problems =
      (error as? DiagnosticsError)?.diagnostics ?? [(error as? CatalogError)?.diagnostic].compactMap { $0 }
    if problems.isEmpty { log.error("resync failed: \(error)") } else { say(problems) }
    return .failed
  }

  private func carryOut(_ catalog: some CatalogSetup) async throws -> Outcome {
    let fetching = ContinuousClock.now
    let plan = try await Planner(mapping, owner: owner, options: options).plan(fetcher(), for: catalog)
    let summary = plan.summary
    say(summary, seconds: fetching.duration(to: .now) / .seconds(1))
    let report = try await plan.apply(to: catalog, options: Self.options(for: catalog, gate: gate))
    let isWrong = !summary.isComplete || summary.diagnostics.contains { $0.severity == .error }
    say(report, isWhole: !isWrong)
    if report.result.state == .interrupted { return .interrupted }
    return report.isDone && !isWrong ? .completed : .failed
  }

  private static func options<Target: CatalogSetup>(
    for catalog: Target, gate: WriteGate
  ) -> Sync<Target>.Options {
    var options = Sync<Target>.Options()
    options.gate = gate
    return options
  }
}

// MARK: What it says

extension Resync {
  private func say(_ summary: PlanSummary, seconds: Double) {
    for resource in summary.resources {
      let kind = "\(resource.kind)-\(resource.index)"
      metrics.set(ServiceMetrics.objects, kind, "extract", "raw_extracted", to: Double(resource.objects))
      metrics.set(ServiceMetrics.objects, kind, "transform", "transformed", to: Double(resource.entities))
      metrics.set(ServiceMetrics.objects, kind, "transform", "filtered_out", to: Double(resource.filtered))
      metrics.set(
        ServiceMetrics.objects, kind, "transform", "failed", to: Double(resource.failed + resource.skipped))
      metrics.set(ServiceMetrics.success, kind, "extract", to: resource.isComplete ? 1 : 0)
      let line = "\(TextColumns.oneLine(resource.kind)): \(Self.counts(resource))"
      if resource.isComplete {
        log.info("\(line)")
      } else {
        log.warning("\(line); not complete, so nothing of it is deleted")
      }
    }
    metrics.set(ServiceMetrics.duration, "__runtime__", "extract", to: seconds)
    say(summary.diagnostics)
    let wording = PlanWording(summary: summary, namesConfig: true)
    for removal in summary.removals {
      guard let hold = removal.hold else { continue }
      log.warning(
        "\(removal.blueprint): \(removal.count.grouped) would be deleted, and \(removal.count == 1 ? "is" : "are") held: \(wording.reason(hold)); \(wording.advice(hold))"
      )
    }
  }

  private static func counts(_ resource: ResourceState) -> String {
    let others = [
      (resource.filtered, "not selected"), (resource.skipped, "without an identifier"),
      (resource.failed, "failed"),
    ]
    return [resource.objects.counted("object"), resource.entities.counted("entity", "entities")]
      .joined(separator: ", ")
      + others.filter { $0.0 > 0 }.map { ", \($0.0.grouped) \($0.1)" }.joined()
  }

  private func say(_ report: SyncReport, isWhole: Bool) {
    let result = report.result
    let parts = [
      (result.created, "created"), (result.changed, "changed"), (result.deleted, "deleted"),
      (report.overtaken, "left as events wrote them"), (result.failed, "refused"),
      (report.plan.total.hold, "held"), (report.plan.total.keep, "unchanged"),
    ]
    for (count, action) in parts { metrics.add(Double(count), to: ServiceMetrics.written, action) }
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    for failure in report.failures.prefix(20) {
      log.error(
        "\(failure.key.description.shortened(to: 120)) was refused: \(failure.refusal.message)\(failure.location.map { " (\($0))" } ?? "")"
      )
    }
    say(report.diagnostics)
    let seconds = report.seconds < 10 ? "\((report.seconds * 10).rounded() / 10)" : "\(Int(report.seconds))"
    let state =
      switch result.state {
      case .completed: report.isDone && isWhole ? "resync done" : "resync done, but not all"
      case .failed: "resync failed in part"
      case .interrupted: "resync was ended before it was done"
      }
    log.info("\(state), written in \(seconds) s: \(words.isEmpty ? "there is nothing" : words)")
  }

  private func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let place = diagnostic.location.map { "\($0): " } ?? ""
      let text =
        "\(place)\(diagnostic.message)\(diagnostic.help.map { "; \($0)" } ?? "") [\(diagnostic.rule)]"
      log.log(level: diagnostic.severity == .error ? .error : .warning, "\(text)")
    }
  }
}
