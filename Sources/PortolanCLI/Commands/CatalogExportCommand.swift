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
        portolan catalog export --catalog other.db | gzip > other.ndjson.gz
      """)

  @OptionGroup var file: CatalogFileOption

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    try await withCatalog {
      do {
        try catalog.export { line in
          guard StandardStream.output.write(line + [UInt8(ascii: "\n")]) else { throw CancellationError() }
        }
      } catch is CancellationError {
        // The reader has gone, and wants no more.
      }
    }
    return .fine
  }
}
