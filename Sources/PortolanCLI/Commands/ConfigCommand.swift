import ArgumentParser
import Portolan

/// `portolan config`
struct ConfigCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show what an integration is told, from where, and what it still needs.",
    discussion: """
      What can be set is in the integration's spec.yml. It is taken from the environment \
      (OCEAN__INTEGRATION__CONFIG__JIRA_HOST), from .env or config.yaml in the folder that holds .port, or \
      from the default in spec.yml, in this order. So is what plan and sync need to write to Port: \
      OCEAN__PORT__CLIENT_ID and OCEAN__PORT__CLIENT_SECRET, or PORT_CLIENT_ID and PORT_CLIENT_SECRET; and how \
      serve runs: OCEAN__EVENT_LISTENER__TYPE, OCEAN__SCHEDULED_RESYNC_INTERVAL and the like. Secrets are not shown. \
      With no argument it is that of all integrations found from the current folder.

      Exit status: 0 all that is needed is set, 1 something is missing or wrong, 2 nothing could be read.

      EXAMPLES:
        portolan config jira
        portolan config --format json
      """)

  @OptionGroup var argument: IntegrationArgument

  @Option(help: "How to print it: for a person, or as JSON.")
  var format: ConfigFormat = .text

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let selection = IntegrationSelection()
    let integrations: [Integration]
    if let name = argument.integration {
      integrations = try selection.named(name)
    } else {
      integrations = try selection.here()
    }
    var configured: [ConfiguredIntegration] = []
    for integration in integrations {
      do throws(UsageError) {
        configured.append(try ConfiguredIntegration(integration, environment: AllowedEnvironment.atStart))
      } catch {
        printer.print(error)
      }
    }
    guard !configured.isEmpty else { return .nothingRun }
    try print(configured, printer)
    let isWrong = configured.flatMap(\.diagnostics).contains { $0.severity == .error }
    return .wrong(if: isWrong || configured.count < integrations.count)
  }

  private func print(_ configured: [ConfiguredIntegration], _ printer: DiagnosticPrinter) throws(UsageError) {
    let output = OutputSink()
    switch format {
    case .json: try output.write(ConfigJSONReport.render(configured))
    case .text:
      let stream = StandardStream.output
      let report = ConfigTextReport(style: Style(hasColour: stream.hasColour, width: stream.width ?? 110))
      for (index, integration) in configured.enumerated() {
        let text = (index > 0 ? "\n" : "") + report.render(integration)
        try output.write(Array((text + (integration.diagnostics.isEmpty ? "" : "\n")).utf8))
        printer.print(integration.diagnostics)
      }
    }
  }
}
