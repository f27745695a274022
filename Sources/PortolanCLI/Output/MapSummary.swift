import Portolan

/// The counts of a stream's mapping, on standard error at its end.
struct MapSummary {
  private let reports: [ResourceReport]

  init(_ reports: [ResourceReport]) {
    self.reports = reports
  }

  /// Prints a line a resource, and one for each field that failed.
  func print() {
    let stream = StandardStream.error
    for report in reports {
      stream.write(
        "\(report.kind): \(report.raw.grouped) raw, \(report.mapped.grouped) mapped, "
          + "\(report.filtered.grouped) filtered, \(report.skipped.grouped) skipped, "
          + "\(report.failed.grouped) failed\n")
      for field in report.fields where field.errors > 0 {
        stream.write(
          "  \(field.field) failed \(field.errors.grouped) of \(report.passed.grouped): "
            + "\(TextColumns.fitted(field.message ?? "", to: 100))  (\(field.location))\n")
      }
    }
  }
}
