import Portolan
import RawJSON

/// What a run of `map` came to, as a JSON document.
struct MapReport {
  let reports: [ResourceReport]
  let diagnostics: [Diagnostic]
  /// Whether all input was read to its end.
  let isComplete: Bool

  /// The document.
  var json: [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("complete", isComplete)
      document.add(
        "resources",
        array: reports.map { report in
          JSONWriter.object(.spaced) { object in
            report.addCounts(to: &object)
            object.add("empty", report.withoutItems)
            object.add("missing", array: report.missing.map(\.json))
            object.add("fields", array: report.fields.map(\.json))
          }
        })
      document.add("diagnostics", array: diagnostics.map { $0.json(advice: $0.advice) })
    } + [UInt8(ascii: "\n")]
  }
}
