import Portolan

/// The fetchers that come with Portolan, by the name of the integration that they are for.
enum BuiltInFetchers {
  private static let files = [
    "jira": PackageResources.jira_fetcher_yml, "octopus": PackageResources.octopus_fetcher_yml,
  ]

  /// Their names, sorted.
  static var names: [String] { files.keys.sorted() }

  /// The definition for an integration of that name; nil where there is none.
  static func definition(named name: String) throws(DiagnosticsError) -> FetcherDefinition? {
    guard let file = files[name] else { return nil }
    return try FetcherDefinition(yaml: file, file: "\(name)/fetcher.yml (built in)")
  }
}
