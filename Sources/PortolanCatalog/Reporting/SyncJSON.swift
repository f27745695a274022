import Portolan
import RawJSON

/// What a sync did, as one JSON document.
struct SyncJSON {
  let report: SyncReport
  /// What to do about a diagnostic where the reader is.
  var advice: (Diagnostic) -> String? = \.help

  func render() -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("formatVersion", report.formatVersion)
      document.add("run", text: report.run)
      document.add("plan", text: report.plan.id)
      document.add("integration", json: PlanJSON.owner(report.plan.owner))
      document.add("catalog", text: report.plan.catalog)
      document.add("done", report.isDone)
      document.add("state", text: report.result.state.rawValue)
      document.add("created", report.result.created)
      document.add("changed", report.result.changed)
      document.add("deleted", report.result.deleted)
      document.add("overtaken", report.overtaken)
      document.add("failed", report.result.failed)
      document.add("held", report.plan.total.hold)
      document.add("remaining", json: PlanJSON.counts(report.remaining))
      document.add("seconds", json: "\(report.seconds.isFinite ? report.seconds : 0)".utf8)
      document.add("failures", array: report.failures.map(Self.failure))
      document.add(
        "diagnostics",
        array: (report.plan.diagnostics + report.diagnostics).map { $0.json(advice: advice($0)) })
    } + Array("\n".utf8)
  }

  private static func failure(_ failure: SyncFailure) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: failure.key.blueprint)
      object.add("identifier", text: ShownValue.text(failure.key.identifier))
      object.add("action", text: failure.action.rawValue)
      if let location = failure.location { object.add("location", json: location.json) }
      if let origin = failure.origin { object.add("origin", json: OperationJSON.origin(origin)) }
      object.add("status", failure.refusal.status)
      object.add("code", text: failure.refusal.code)
      object.add("message", text: ShownValue.text(failure.refusal.message))
    }
  }
}
