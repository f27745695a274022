import Portolan

/// The counts of a stream's mapping, on standard error at its end.
struct MapSummary {
  private let result: MapRun.Result
  private let config: PortAppConfig
  private let stream = StandardStream.error

  init(_ result: MapRun.Result, of config: PortAppConfig) {
    self.result = result
    self.config = config
  }

  /// Prints a line a resource, and one for each field that failed.
  func print() {
    for report in result.reports {
      write(
        "\(name(report)): \(report.raw.grouped) raw, \(report.mapped.grouped) mapped, "
          + "\(report.filtered.grouped) filtered, \(report.skipped.grouped) skipped, "
          + "\(report.failed.grouped) failed\(rest(report))", indentation: 0)
      if result.pageKinds.contains(report.kind), report.mapped == 0 { continue }
      for field in report.fields where field.errors > 0 {
        write("\(field.field) \(failure(of: field, report))", indentation: 2)
      }
    }
  }

  /// What a field failed of. Of an expression that does not compile the error says more.
  private func failure(of field: FieldReport, _ report: ResourceReport) -> String {
    if report.rejectedFields.contains(field.field) {
      let place = errorPlace(of: field, report)
      return "does not compile, see \(place.line):\(place.column)"
    }
    return "failed \(field.errors.grouped) of \(report.passed.grouped): "
      + "\(TextColumns.fitted(field.message ?? "", to: 100))  (\(field.location))"
  }

  /// Where the error is said to be that keeps an expression from being compiled.
  private func errorPlace(of field: FieldReport, _ report: ResourceReport) -> SourceLocation {
    let said = config.error(ofExpressionAround: field.location)
    let found = said ?? report.diagnostics.first { $0.field == field.field && $0.severity == .error }
    return found?.location ?? field.location
  }

  /// Writes a line of text; on a terminal as several, broken between words, where it is longer than that is wide.
  private func write(_ text: String, indentation: Int) {
    let margin = String(repeating: " ", count: indentation)
    guard stream.isTerminal, let width = stream.width else { return stream.write(margin + text + "\n") }
    let lines = TextColumns.wrapped(text, to: max(20, width - indentation - 4), used: -4)
    let rest = lines.dropFirst().map { margin + "    " + $0 }
    stream.write((lines.prefix(1).map { margin + $0 } + rest).joined(separator: "\n") + "\n")
  }

  /// The kind, and where the resource is, if others are of that kind.
  private func name(_ report: ResourceReport) -> String {
    guard result.reports.filter({ $0.kind == report.kind }).count > 1,
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
