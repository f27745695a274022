import ArgumentParser
import Portolan
import PortolanScaffold

/// `portolan new`
struct NewCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin an integration: mapping, blueprints and fixtures, inferred from what an API sends.",
    discussion: """
      Types, formats, identifiers, titles and relations are inferred from raw objects: save what your API \
      answers in files that are named after what they hold. What is written maps at once, and is meant to be edited.

      Nothing is ever overwritten: where a file is there already, nothing is written.

      EXAMPLES:
        portolan new acme
        portolan new acme --from projects.json issues.json
        portolan new acme --openapi openapi.yaml --kind project issue
      """)

  @Argument(help: "The integration's name: letters, digits and hyphens.")
  var name: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Raw objects, a file a kind: one object, an array, one object a line, or an answer with the list inside.",
      valueName: "file"),
    completion: .file(extensions: ["json", "ndjson", "jsonl"]))
  var from: [String] = []

  @Option(
    help: ArgumentHelp(
      "A description of the API, OpenAPI 3 or Swagger 2, JSON or YAML: each list in it is a kind.",
      valueName: "file"),
    completion: .file(extensions: ["json", "yaml", "yml"]))
  var openapi: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("With --openapi: only these kinds, and their parents.", valueName: "kind")
  )
  var kind: [String] = []

  @Option(
    help: ArgumentHelp("The folder to write into, instead of the current one.", valueName: "dir"),
    completion: .directory)
  var output = "."

  func validate() throws {
    if openapi != nil, !from.isEmpty {
      throw ValidationError("--from and --openapi are two ways to begin; give one of them")
    }
    if openapi == nil, !kind.isEmpty {
      throw ValidationError(
        "--kind chooses among the kinds of --openapi; with --from, a file's name is its kind")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    do throws(DiagnosticsError) {
      let scaffold = try makeScaffold()
      let written = try scaffold.write(into: output)
      for note in scaffold.notes { printer.print(.warning, note) }
      StandardStream.output.write(NewReport(name: name, folder: output, written: written).text)
      return .fine
    } catch {
      throw UsageError(error.diagnostics)
    }
  }

  private func makeScaffold() throws(DiagnosticsError) -> Scaffold {
    let name: IntegrationName
    do throws(Diagnostic) {
      name = try IntegrationName(self.name)
    } catch {
      throw DiagnosticsError([error])
    }
    if let openapi { return try Scaffold(name, openAPI: openapi, kinds: kind) }
    return from.isEmpty ? Scaffold(starter: name) : try Scaffold(name, samples: from)
  }
}

/// What `portolan new` says in the end.
private struct NewReport {
  let name: String
  let folder: String
  let written: [String]

  var text: String {
    let place = folder == "." ? "" : " in \(folder)"
    let enter = folder == "." ? "" : "cd \(folder) && "
    return "Wrote\(place):\n" + written.map { "  \($0)\n" }.joined() + """

      Next:
        \(enter)portolan dry-run \(name)
        \(enter)portolan lint \(name)

      """
  }
}
