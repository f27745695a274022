import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan catalog history`
struct CatalogHistoryCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show how an entity came to be what it is: what changed, when, by whom, of which raw object.",
    discussion: """
      The newest version is first. `portolan explain --entity BLUEPRINT/ID --revision N` shows step by step how a \
      version was made.

      EXAMPLES:
        portolan catalog history jiraIssue/TICK-101
      """)

  @OptionGroup var argument: EntityArgument
  @OptionGroup var file: CatalogFileOption

  @Option(help: "How to print it: for a person, or as one document.")
  var format: CatalogFormat = .text

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    let key = try argument.key()
    let versions = try await withCatalog { try await catalog.history(of: key) }
    guard !versions.isEmpty else {
      let absence = EntityAbsence(key, revision: nil, versions: [], in: catalog.name, option: file.option)
      printer.print(.error, absence.message, help: absence.help)
      return .wrong
    }
    let sink = OutputSink()
    let report = HistoryReport(style: sink.style)
    try sink.write(format == .json ? report.json(key, versions) : report.text(key, versions))
    return .fine
  }
}
