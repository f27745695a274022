import ArgumentParser
import Portolan
import PortolanHTTP

/// `portolan schema`
struct SchemaCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema, with which an editor completes and checks a config or a fetcher.yml.",
    discussion: """
      The schema of a port-app-config.yml knows the kinds of the integration's spec.yml and fetcher.yml, the \
      selector settings of the latter, or else the selector keys that its config uses, and the properties and \
      relations of its blueprints.json. With no argument it is that of all integrations found from the current \
      folder; where there is none, it is that of any config. With --for fetcher it is that of a fetcher.yml, with --for project that of \
      a .portolan.yml.

      Write it to a file and name that in the first line of the file that it is for, from where that is:

        # yaml-language-server: $schema=port-app-config.schema.json

      EXAMPLES:
        portolan schema
        portolan schema jira --output port-app-config.schema.json
        portolan schema --for fetcher --output .port/acme/fetcher.schema.json
      """)

  /// What a schema is for.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    /// A `port-app-config.yml`.
    case config
    /// A `fetcher.yml`.
    case fetcher
    /// A project's `.portolan.yml`.
    case project
  }

  @OptionGroup var argument: IntegrationArgument

  @Option(
    name: .customLong("for"),
    help: "Which file it is for: a port-app-config.yml, a fetcher.yml or a .portolan.yml.")
  var subject: Subject = .config

  @Option(
    help: ArgumentHelp("Write the schema to a file instead of standard output.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: String?

  func validate() throws {
    if subject != .config, argument.integration != nil {
      let file = subject == .fetcher ? "fetcher.yml" : ProjectFile.name
      throw ValidationError("the schema of a \(file) is the same for all integrations; name none")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let schema =
      switch subject {
      case .config: try configSchema()
      case .fetcher: FetcherSchema().json
      case .project: ProjectSchema().json
      }
    try OutputSink(path: output).write(schema)
    return .fine
  }

  private func configSchema() throws(UsageError) -> [UInt8] {
    let integrations =
      try argument.integration.map { (name) throws(UsageError) in
        try IntegrationSelection().named(name)
      } ?? Integration.find(from: ".")
    do throws(DiagnosticsError) {
      return try ConfigSchema(
        integrations, fetchers: BuiltInFetchers.definitions(for: integrations)
      ).json
    } catch {
      throw UsageError(error.diagnostics)
    }
  }
}
