/// What a user has set for the catalog: who writes, and what Port is asked with; by the conventions of Ocean's users and
/// from the same places as ``IntegrationConfiguration``.
///
/// ```swift
/// let configuration = CatalogConfiguration.load(in: ".", environment: ["OCEAN__PORT__CLIENT_ID": "id"])
/// print(configuration.clientID ?? "not set", configuration.baseURL)
/// ```
public struct CatalogConfiguration: Sendable {
  /// The integration's `type` and `identifier`.
  public var integration: IntegrationConfiguration
  /// Port's `clientId`, `clientSecret` and `baseUrl`.
  public var port: IntegrationConfiguration

  /// What holds in a folder.
  ///
  /// - Parameters:
  ///   - folder: the one that holds `.port`, where `.env` and `config.yaml` are looked for.
  ///   - environment: the process's variables, or those of them that may be used.
  /// - Returns: always one; what is wrong is in its ``diagnostics``.
  public static func load(in folder: String, environment: [String: String]) -> CatalogConfiguration {
    func load(_ spec: [IntegrationSpec.Configuration], _ section: ConfigurationSection)
      -> IntegrationConfiguration
    {
      ConfigurationJudge(
        IntegrationSpec(kinds: [], configurations: spec),
        ConfigurationSources(folder: folder, environment: environment, section: section)
      ).judge()
    }
    return CatalogConfiguration(
      integration: load(integrationSettings, .integration), port: load(portSettings, .port))
  }

  /// The integration's type, nil where none is set.
  public var type: String? { integration["type"]?.text }
  /// The integration's identifier, nil where none is set.
  public var identifier: String? { integration["identifier"]?.text }
  /// The client's id, nil where none is set.
  public var clientID: String? { port["clientId"]?.text }
  /// The client's secret, nil where none is set. Nothing may show it.
  public var clientSecret: String? { port["clientSecret"]?.text }
  /// Where Port's API is.
  public var baseURL: String { port["baseUrl"]?.text ?? Self.standardURL }

  /// Everything that is wrong or doubtful.
  public var diagnostics: [Diagnostic] {
    integration.diagnostics + port.diagnostics.filter { !integration.diagnostics.contains($0) }
  }

  /// The variables that set Port's id and secret, and are not set.
  public var missingVariables: [String] {
    ["clientId", "clientSecret"].filter { port[$0] == nil }.map(ConfigurationSection.port.variable)
  }

  /// Each setting with what it is and the variable that sets it.
  package var rows: [(setting: IntegrationConfiguration.Setting, description: String?, variable: String)] {
    zip(integration.settings, Self.integrationSettings).map {
      ($0, $1.description, ConfigurationSection.integration.variable(for: $0.name))
    }
      + zip(port.settings, Self.portSettings).map {
        ($0, $1.description, ConfigurationSection.port.variable(for: $0.name))
      }
  }

  private static let standardURL = "https://api.getport.io"

  private static let integrationSettings = [
    IntegrationSpec.Configuration(name: "type", description: "What kind of integration writes to a catalog"),
    IntegrationSpec.Configuration(name: "identifier", description: "Which of that kind it is"),
  ]

  private static let portSettings = [
    IntegrationSpec.Configuration(name: "clientId", description: "The id of a client of Port's API"),
    IntegrationSpec.Configuration(
      name: "clientSecret", sensitive: true, description: "That client's secret"),
    IntegrationSpec.Configuration(
      name: "baseUrl", type: "url", defaultJSON: "\"\(standardURL)\"", description: "Where Port's API is"),
  ]
}
