import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan catalog import`
struct CatalogImportCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Put what `portolan catalog export` wrote into a local catalog.",
    discussion: """
      Entities and blueprints that are there already are replaced; others stay. Everything is put in, or nothing.

      EXAMPLES:
        portolan catalog import catalog.ndjson --catalog new.db
        portolan catalog export | portolan catalog import --catalog new.db
      """)

  @Argument(help: "The file to read; standard input if there is none.", completion: .file())
  var input: String?

  @Option(
    help: ArgumentHelp("The catalog to put it into; it is created where there is none.", valueName: "file"),
    completion: .file(extensions: ["db"]))
  var catalog: String

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let lines = try LineReader(input)
    let counts = try await withCatalog {
      let catalog = try LocalCatalog(path: self.catalog)
      return try await catalog.import(from: lines, named: input ?? "standard input")
    }
    StandardStream.error.write(
      "\(counts.blueprints.grouped) blueprints and \(counts.entities.grouped) entities are in \(catalog)\n")
    return .fine
  }
}
