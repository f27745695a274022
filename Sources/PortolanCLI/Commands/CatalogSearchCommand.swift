import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan catalog search`
struct CatalogSearchCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find entities of a local catalog.",
    discussion: """
      A query is words that must be in the title or the identifier, and conditions on properties; or, as JSON, \
      what Port's API and a mapping's search identifiers take: {"combinator": "and", "rules": […]}.

      Exit status: 0 something was found, 1 nothing was, 2 nothing could be run.

      EXAMPLES:
        portolan catalog search blueprint=jiraIssue status=Done
        portolan catalog search 'priority>=2' login
        portolan catalog search '{"combinator": "and", "rules": [
          {"property": "$team", "operator": "isEmpty"}]}'
      """)

  @Argument(help: "The query.")
  var query: [String]

  @OptionGroup var file: CatalogFileOption

  @Option(help: ArgumentHelp("At most so many entities.", valueName: "count"))
  var limit = 100

  @Option(help: "How to print it: for a person, or as one document.")
  var format: CatalogFormat = .text

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("--limit takes a number from 1 on, as --limit 20") }
    guard !query.isEmpty else { throw ValidationError("search wants a query, as blueprint=service") }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    let query = query.joined(separator: " ")
    let (found, isMore) = try await withCatalog {
      let query = try SearchQuery(text: query)
      let found = try await catalog.search(query, limit: limit)
      guard found.count == limit, let last = found.last else { return (found, false) }
      return (found, try await !catalog.search(query, after: last.key, limit: 1).isEmpty)
    }
    let list = EntityList(style: OutputSink().style, format: format, namesBlueprints: true)
    if !found.isEmpty || format == .json {
      _ = try await withCatalog {
        try await list.print(("complete", "\(!isMore)"), limit: .max) { key, _ in key == nil ? found : [] }
      }
    }
    if format == .text, isMore {
      StandardStream.output.write("… and more: a higher --limit shows them\n")
    }
    if found.isEmpty {
      printer.print(.error, "no entity matches", help: "`portolan catalog list` shows what there is")
    }
    return .wrong(if: found.isEmpty)
  }
}
