import ArgumentParser
import Portolan

/// `portolan schema`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of port-app-config.yml, with which an editor completes and checks it.",
    discussion: """
      The schema knows the kinds of the integration's spec.yml, the selector keys that its config uses, and \
      the properties and relations of its blueprints.json. With no argument it is that of all integrations \
      found from the current folder; where there is none, it is that of any config.

      Write it to a file and name that in the first line of the config, from where the config lies:

        # yaml-language-server: $schema=port-app-config.schema.json

      EXAMPLES:
        portolan schema
        portolan schema jira --output .port/jira/resources/port-app-config.schema.json
      """)

  @Argument(
    help: "The name of an integration, or a folder that holds some.",
    completion: .custom { _, _, _ in Completions.integrations })
  var integration: String?

  @Option(
    help: ArgumentHelp("Write the schema to a file instead of standard output.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: String?

  func run() throws {
    let printer = DiagnosticPrinter()
    do throws(UsageError) {
      try OutputSink(path: output).write(try schema().json)
    } catch {
      printer.print(error.diagnostics)
      if let message = error.message { printer.print(.error, message, help: error.help) }
      throw ExitStatus.nothingRun
    }
  }

  private func schema() throws(UsageError) -> ConfigSchema {
    let found =
      integration == nil
      ? Integration.find(from: ".") : try RunSelection(integration: integration).integrations()
    do throws(DiagnosticsError) {
      return try ConfigSchema(found)
    } catch {
      throw UsageError(error.diagnostics)
    }
  }
}
