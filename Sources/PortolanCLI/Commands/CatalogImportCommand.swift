import ArgumentParser
import Portolan
import PortolanCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
    let isNew = !FolderListing.isFile(catalog)
    let count: Int
    do {
      count = try await withCatalog { try read() }
    } catch {
      if isNew { await removeUnused() }
      throw error
    }
    StandardStream.error.write(
      "\(count.grouped) \(count == 1 ? "entity is" : "entities are") in \(catalog)\n")
    return .fine
  }

  private func read() throws -> Int {
    let lines = try FileLines(input ?? "/dev/stdin")
    let target = try LocalCatalog(path: catalog)
    do {
      return try target.importLines { try lines.next() }
    } catch let error as CatalogError where error.kind == .refused {
      throw CatalogError(
        .refused, "\(input ?? "standard input"): \(error.message)",
        advice: error.advice ?? "nothing was put into \(catalog)")
    }
  }

  /// Takes a catalog away that was made for what could not be read, unless somebody else has used it since.
  private func removeUnused() async {
    guard FolderListing.isFile(catalog), let revision = try? await LocalCatalog(path: catalog).revision(),
      revision == 0
    else { return }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: catalog + suffix) }
  }
}
