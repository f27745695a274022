/// Finds calls such as `has(.status)` that ask for keys that no object has.
struct HasCallCheck {
  let report: ResourceReport
  let survey: ResourceSurvey
  /// The fields of which it is said already why they give nothing.
  let explained: Set<String>

  func diagnostics() -> [Diagnostic] {
    survey.hasCalls.filter { $0.isNeverTrue && !explained.contains($0.field) }.map { call in
      call.source.finding(
        .warning, .absentKey, "in `\(call.field)` of kind `\(report.kind)` \(call.reason)", help: call.help,
        in: call.range, field: call.field)
    }
  }
}
