import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan catalog show`
struct CatalogShowCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an entity: its fields with the expressions that made them, its relations, who owns it.",
    discussion: """
      EXAMPLES:
        portolan catalog show jiraIssue/TICK-101
        portolan catalog show jiraIssue/TICK-101 --revision 12
        portolan catalog show jiraIssue/TICK-101 --format json
      """)

  @OptionGroup var argument: EntityArgument
  @OptionGroup var file: CatalogFileOption

  @Option(help: ArgumentHelp("The entity as it was at this revision of the catalog.", valueName: "n"))
  var revision: Int?

  @Option(help: "How to print it: for a person, or as one document.")
  var format: CatalogFormat = .text

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    let key = try argument.key()
    let (versions, view) = try await withCatalog {
      let versions = try await catalog.history(of: key)
      return (
        versions, try await EntityView.read(key, revision: revision, among: versions, from: catalog)
      )
    }
    guard let view else {
      let absence = EntityAbsence(
        key, revision: revision, versions: versions, in: catalog.name, option: file.option)
      printer.print(.error, absence.message, help: absence.help)
      return .wrong
    }
    let sink = OutputSink()
    let report = EntityReport(style: sink.style, option: file.option)
    try sink.write(format == .json ? view.json : Array(report.text(view).utf8))
    return .fine
  }
}
