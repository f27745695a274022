import Portolan

/// What a report counts.
package struct SlowCounts: Sendable, Equatable {
  /// How a field did.
  package struct Field: Sendable, Equatable {
    package var field: String
    package var nulls = 0
    package var errors = 0
    package var message: String?
  }

  package var raw = 0
  package var unparsed = 0
  package var mapped = 0
  package var filtered = 0
  package var skipped = 0
  package var failed = 0
  package var passed = 0
  /// The fields that were null or failed, in the mapping's order.
  package var fields: [Field] = []

  package init() {}

  /// What `report` counts.
  package init(_ report: ResourceReport) {
    raw = report.raw
    unparsed = report.unparsed
    mapped = report.mapped
    filtered = report.filtered
    skipped = report.skipped
    failed = report.failed
    passed = report.passed
    fields = report.fields.map {
      Field(field: $0.field, nulls: $0.nulls, errors: $0.errors, message: $0.message)
    }
  }
}

extension SlowCounts: CustomStringConvertible {
  package var description: String {
    let counts =
      "raw \(raw), unparsed \(unparsed), mapped \(mapped), filtered \(filtered), skipped \(skipped), "
      + "failed \(failed), passed \(passed)"
    return counts
      + fields.map { "\n    \($0.field): nulls \($0.nulls), errors \($0.errors), \($0.message ?? "-")" }
      .joined()
  }
}
