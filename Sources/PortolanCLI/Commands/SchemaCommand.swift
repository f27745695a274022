import ArgumentParser
import Portolan

/// `portolan schema`
struct SchemaCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of port-app-config.yml, with which an editor completes and checks it.",
    discussion: """
      The schema knows the kinds of the integration's spec.yml, the selector keys that its config uses, and \
      the properties and relations of its blueprints.json. With no argument it is that of all integrations \
      found from the current folder; where there is none, it is that of any config.

      Write it to a file and name that in the first line of the config, from where the config is:

        # yaml-language-server: $schema=port-app-config.schema.json

      EXAMPLES:
        portolan schema
        portolan schema jira --output .port/jira/resources/port-app-config.schema.json
      """)

  @OptionGroup var argument: IntegrationArgument

  @Option(
    help: ArgumentHelp("Write the schema to a file instead of standard output.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: String?

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let integrations =
      try argument.integration.map { (name) throws(UsageError) in
        try IntegrationSelection().named(name)
      } ?? Integration.find(from: ".")
    let schema: ConfigSchema
    do throws(DiagnosticsError) {
      schema = try ConfigSchema(integrations)
    } catch {
      throw UsageError(error.diagnostics)
    }
    try OutputSink(path: output).write(schema.json)
    return .fine
  }
}
