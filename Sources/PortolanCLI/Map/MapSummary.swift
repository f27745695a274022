import Portolan

/// The counts of a stream's mapping, on standard error at its end.
struct MapSummary {
  private let reports: [ResourceReport]
  private let config: PortAppConfig

  init(_ reports: [ResourceReport], of config: PortAppConfig) {
    self.reports = reports
    self.config = config
  }

  /// Prints a line a resource, and one for each field that failed.
  func print() {
    let stream = StandardStream.error
    for report in reports {
      stream.write(
        "\(name(report)): \(report.raw.grouped) raw, \(report.mapped.grouped) mapped, "
          + "\(report.filtered.grouped) filtered, \(report.skipped.grouped) skipped, "
          + "\(report.failed.grouped) failed\(rest(report))\n")
      for field in report.fields where field.errors > 0 {
        stream.write(
          "  \(field.field) failed \(field.errors.grouped) of \(report.passed.grouped): "
            + "\(TextColumns.fitted(field.message ?? "", to: 100))  (\(field.location))\n")
      }
    }
  }

  /// The kind, and where the resource is, if others are of that kind.
  private func name(_ report: ResourceReport) -> String {
    guard reports.filter({ $0.kind == report.kind }).count > 1,
      let resource = config.resources.first(where: { $0.index == report.index })
    else { return report.kind }
    return "\(report.kind) (\(resource.location.file):\(resource.location.line))"
  }

  /// What only resources with `itemsToParse` have.
  private func rest(_ report: ResourceReport) -> String {
    (report.unparsed > 0 ? ", \(report.unparsed.grouped) unparsed" : "")
      + (report.withoutItems > 0 ? ", \(report.withoutItems.grouped) without items" : "")
  }
}
