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
    let view = try await withCatalog { try await EntityView.read(key, revision: revision, from: catalog) }
    guard let view else {
      let past = revision.map { " at revision \($0)" } ?? ""
      printer.print(
        .error, "\(catalog.name) has no entity \(key)\(past)",
        help: "`portolan catalog history \(key)` shows whether it had one; `portolan catalog search` looks for others")
      return .wrong
    }
    let sink = OutputSink()
    try sink.write(format == .json ? view.json : Array(EntityReport(style: sink.style).text(view).utf8))
    return .fine
  }
}
