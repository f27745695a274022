import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan catalog export`
struct CatalogExportCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a local catalog as lines of JSON: blueprints, entities, integrations.",
    discussion: """
      `portolan catalog import` makes a catalog of it again. The history is not in it.

      EXAMPLES:
        portolan catalog export > catalog.ndjson
        portolan catalog export --output catalog.ndjson --catalog other.db
      """)

  @OptionGroup var file: CatalogFileOption

  @Option(
    help: ArgumentHelp("The file to write, instead of standard output.", valueName: "file"), completion: .file())
  var output: String?

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    guard let output else {
      try await withCatalog { try await catalog.export { StandardStream.output.write($0) } }
      return .fine
    }
    let file = try WholeFile(output)
    try await withCatalog { try await catalog.export { try file.write($0) } }
    try file.finish()
    return .fine
  }
}
