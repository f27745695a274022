import Portolan

/// An integration, what it can be told, and what it is told.
struct ConfiguredIntegration {
  let name: String
  let specPath: String
  let spec: IntegrationSpec
  let configuration: IntegrationConfiguration
  /// What is set for the catalog.
  let catalog: CatalogConfiguration
  /// What is set for a service.
  let service: ServiceConfiguration
  /// Where a user would set things.
  let envPath: String

  /// What is wrong or doubtful, in the specification too.
  var diagnostics: [Diagnostic] {
    let all = spec.diagnostics + configuration.diagnostics + catalog.diagnostics + service.diagnostics
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Each setting with what the specification says of it.
  var rows: [(setting: IntegrationConfiguration.Setting, spec: IntegrationSpec.Configuration)] {
    Array(zip(configuration.settings, spec.configurations))
  }

  /// Whether a user has set nothing at all.
  var isUntouched: Bool {
    configuration.settings.allSatisfy { $0.origin == .missing || $0.origin == .standard }
  }

  /// Reads what holds for an integration.
  ///
  /// - Throws: `UsageError` where it has no specification, or one that cannot be read.
  init(_ integration: Integration, environment: [String: String]) throws(UsageError) {
    guard let path = integration.specPath else {
      throw UsageError(
        "the integration \(integration.name) has no spec.yml, so nothing is known of what it can be told",
        "write one with `configurations`; docs/CONFIGURATION.md says how")
    }
    name = integration.name
    specPath = path
    envPath = PathText.join(integration.rootPath, ".env")
    do throws(DiagnosticsError) {
      spec = try IntegrationSpec.load(contentsOf: path)
    } catch {
      throw UsageError(error.diagnostics)
    }
    configuration = .load(for: spec, in: integration.rootPath, environment: environment)
    catalog = .load(in: integration.rootPath, environment: environment)
    service = .load(in: integration.rootPath, environment: environment)
  }
}
