import JQ
import Portolan

/// What one run under watch came to.
struct WatchedRun {
  /// A field that failed, and jq's message.
  struct Failure: Hashable {
    var kind: String
    var field: String
    var message: String
    var count: Int
  }

  private(set) var results: [NamedResult] = []
  private(set) var summary = FindingSummary([], files: [])
  /// Why nothing was run.
  private(set) var usage: UsageError?
  private(set) var entities: [Entity] = []
  /// Whether every config could be read and has all its resources.
  private(set) var isComplete = false

  init(_ runs: [PlannedRun], kinds: [String], _ linter: Linter, _ environment: JQEnvironment) async {
    do throws(UsageError) {
      let run = try await DryRuns(runs, kinds: kinds, linter, environment)
      results = run.results
      summary = run.summary
      isComplete =
        run.unread.isEmpty && !summary.diagnostics.contains { Self.costsResource($0) }
        && results.allSatisfy { $0.result.resources.allSatisfy(\.report.isComplete) }
      entities = results.flatMap { $0.result.resources.flatMap(\.entities) }
    } catch {
      usage = error
    }
  }

  /// The fields that failed on some object, those left out whose expression does not compile: an error
  /// says that.
  var failures: [Failure] {
    results.flatMap(\.result.resources).flatMap { resource in
      resource.report.fields.compactMap { field in
        guard field.errors > 0, let message = field.message,
          !resource.report.diagnostics.contains(where: { $0.field == field.field })
        else { return nil }
        return Failure(
          kind: resource.report.kind, field: field.field, message: message, count: field.errors)
      }
    }
  }

  /// This run with the entities of an earlier one, to which the next is compared.
  func keepingEntities(of earlier: WatchedRun) -> WatchedRun {
    var run = self
    run.entities = earlier.entities
    return run
  }

  /// Whether the finding takes a resource out of the config.
  private static func costsResource(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.severity == .error && (diagnostic.rule == .missingKey || diagnostic.rule == .wrongType)
  }
}
