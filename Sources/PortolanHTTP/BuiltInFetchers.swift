import Portolan

/// The fetchers that come with Portolan, by the name of the integration that they are for.
package enum BuiltInFetchers {
  private static let files = [
    "jira": PackageResources.jira_fetcher_yml, "octopus": PackageResources.octopus_fetcher_yml,
  ]

  /// Their names, sorted.
  package static var names: [String] { files.keys.sorted() }

  /// The definition for an integration of that name; nil where there is none.
  ///
  /// What ``OceanCustomFetcher`` does is no file, but what its selectors can say is told as one.
  package static func definition(named name: String) -> FetcherDefinition? {
    let isOceanCustom = OceanCustomFetcher.describes(nil, name: name)
    return (isOceanCustom ? Array(oceanCustom.utf8) : files[name]).flatMap {
      try? FetcherDefinition(yaml: $0, file: "\(name)/fetcher.yml (built in)")
    }
  }

  private static let oceanCustom = """
    baseUrl: "{{ config.baseUrl }}"
    otherKinds:
      description: The path of the kind's name
      selector:
        method: {type: string, values: [GET, POST], default: GET, description: How the path is asked for}
        query_params: {type: object, description: Parameters that are added to the path}
        headers: {type: object, description: Headers besides those of all requests}
        body: {type: any, description: What is sent as JSON}
        data_path: {type: string, default: ., description: "jq: where the objects are in an answer"}
        path_parameters: {type: object, description: "What stands in braces in the path, and where its values are"}
      get: "{{ kind }}"
    """

  /// The definitions for those of `integrations` that have no file of their own, by their names.
  package static func definitions(for integrations: [Integration]) -> [String: FetcherDefinition] {
    var definitions: [String: FetcherDefinition] = [:]
    for integration in integrations where integration.fetcherPath == nil {
      definitions[integration.name] = definition(named: integration.name)
    }
    return definitions
  }
}
