import Portolan

/// The fetchers that come with Portolan, by the name of the integration that they are for.
package enum BuiltInFetchers {
  private static let files = [
    "jira": PackageResources.jira_fetcher_yml, "octopus": PackageResources.octopus_fetcher_yml,
  ]

  /// Their names, sorted.
  package static var names: [String] { files.keys.sorted() }

  /// The definition for an integration of that name; nil where there is none.
  package static func definition(named name: String) -> FetcherDefinition? {
    files[name].flatMap { try? FetcherDefinition(yaml: $0, file: "\(name)/fetcher.yml (built in)") }
  }

  /// The definitions for those of `integrations` that have no file of their own, by their names.
  package static func definitions(for integrations: [Integration]) -> [String: FetcherDefinition] {
    var definitions: [String: FetcherDefinition] = [:]
    for integration in integrations where integration.fetcherPath == nil {
      definitions[integration.name] = definition(named: integration.name)
    }
    return definitions
  }
}
