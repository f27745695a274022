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

      Exit status: 0 it was written, 2 nothing was.

      EXAMPLES:
        portolan new acme
        portolan new acme --from projects.json issues.json
        portolan new acme --openapi openapi.yaml --kind project issue
        portolan new acme --from projects.json --swift
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

  @Flag(help: "Write a Swift package that embeds the library, with a fetcher in Swift, into the folder NAME.")
  var swift = false

  @Option(
    help: ArgumentHelp(
      "With --swift: where the library is from, instead of the checkout that this is run in.",
      valueName: "path-or-url"),
    completion: .directory)
  var portolan: String?

  func validate() throws {
    if swift, openapi != nil {
      throw ValidationError("--swift begins from samples: give --from instead of --openapi")
    }
    if !swift, portolan != nil { throw ValidationError("--portolan is for --swift") }
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
      var scaffold = try makeScaffold()
      if swift { scaffold = try scaffold.swiftPackage(library: try library(), in: output) }
      let written = try scaffold.write(into: output)
      for note in scaffold.notes { printer.print(.warning, note) }
      let report = NewReport(name: name, folder: output, written: written, isPackage: swift)
      StandardStream.output.write(report.text)
      return .fine
    } catch {
      throw UsageError(error.diagnostics)
    }
  }

  /// Where the library is from: what was said, or the checkout that holds this folder or this program.
  private func library() throws(DiagnosticsError) -> LibrarySource {
    do throws(Diagnostic) {
      guard let portolan else {
        return try LibrarySource(around: [".", PathText.parent(CommandLine.arguments.first ?? ".")])
      }
      return try LibrarySource(portolan)
    } catch {
      throw DiagnosticsError([error])
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
  let isPackage: Bool

  var text: String {
    let place = folder == "." ? "" : " in \(folder)"
    let inner = isPackage ? PathText.join(folder, name) : folder
    let enter = inner == "." ? "" : "cd \(Self.quoted(inner)) && "
    let commands =
      isPackage
      ? ["swift run \(name)", "swift test"] : ["portolan dry-run \(name)", "portolan lint \(name)"]
    return "Wrote\(place):\n" + written.map { "  \($0)\n" }.joined() + "\nNext:\n"
      + commands.map { "  \(enter)\($0)\n" }.joined()
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }
}
