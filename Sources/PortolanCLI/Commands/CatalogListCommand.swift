import ArgumentParser
import Portolan
import PortolanCatalog
import RawJSON

/// `portolan catalog list`
struct CatalogListCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List a local catalog's blueprints, or the entities of one.",
    discussion: """
      EXAMPLES:
        portolan catalog list
        portolan catalog list jiraIssue --limit 20
        portolan catalog list jiraIssue --all --format json
      """)

  @Argument(help: "A blueprint, whose entities are listed.")
  var blueprint: String?

  @OptionGroup var file: CatalogFileOption

  @Option(help: ArgumentHelp("At most so many entities.", valueName: "count"))
  var limit = 50

  @Flag(help: "List every entity.")
  var all = false

  @Option(help: "How to print it: for a person, or as one document.")
  var format: CatalogFormat = .text

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("--limit takes a number from 1 on, as --limit 20") }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let catalog = try file.open()
    guard let blueprint else { return try await listBlueprints(catalog) }
    let counts = try await withCatalog { try await catalog.counts() }
    guard let total = counts.first(where: { $0.blueprint == blueprint })?.count else {
      throw UsageError(
        "\(catalog.name) has no blueprint `\(blueprint)`",
        Suggestion.help(for: blueprint, among: counts.map(\.blueprint), "the blueprints are"))
    }
    let list = EntityList(style: OutputSink().style, format: format, namesBlueprints: false)
    let shown = try await withCatalog {
      try await list.print(("total", "\(total)"), limit: all ? .max : limit) { key, count in
        try await catalog.list(blueprint: blueprint, after: key, limit: count)
      }
    }
    if shown < total, format == .text {
      StandardStream.output.write("… and \((total - shown).grouped) more: --all lists every entity\n")
    }
    return .fine
  }

  private func listBlueprints(_ catalog: LocalCatalog) async throws(UsageError) -> Verdict {
    let counts = try await withCatalog { try await catalog.counts() }
    let sink = OutputSink()
    switch format {
    case .json:
      let document = JSONWriter.object(.spaced) { document in
        document.add(
          "blueprints",
          array: counts.map { blueprint, count in
            JSONWriter.object(.spaced) { row in
              row.add("blueprint", text: blueprint)
              row.add("entities", count)
            }
          })
      }
      try sink.write(document + [UInt8(ascii: "\n")])
    case .text:
      let head = [
        TextColumns.Cell("blueprint", sink.style.dim), TextColumns.Cell("entities", sink.style.dim),
      ]
      let rows = counts.map {
        [TextColumns.Cell($0.blueprint, sink.style.bold), TextColumns.Cell($0.count.grouped)]
      }
      let total = counts.map(\.count).reduce(0, +)
      let lines = TextColumns.lines([head] + rows, [.left, .right]).map { "  " + $0 }
      let closing =
        "\(counts.count.grouped) \(counts.count == 1 ? "blueprint" : "blueprints"), "
        + "\(total.grouped) \(total == 1 ? "entity" : "entities") in \(catalog.name)"
      try sink.write(
        Array(((counts.isEmpty ? [] : lines + [""]) + [closing]).joined(separator: "\n").utf8) + [10])
    }
    return .fine
  }
}
