import RawJSON

/// What is fetched once: resources of one kind whose selectors tell the fetcher the same.
struct FetchGroup: Sendable {
  var request: FetchRequest
  /// The resources, by their places in the config.
  var places: [Int]

  /// The groups of a config, in the order of their first resources.
  static func groups(of config: PortAppConfig) -> [FetchGroup] {
    var groups: [FetchGroup] = []
    for (place, resource) in config.resources.enumerated() {
      let request = FetchRequest(resource)
      if let known = groups.firstIndex(where: { $0.request == request }) {
        groups[known].places.append(place)
      } else {
        groups.append(FetchGroup(request: request, places: [place]))
      }
    }
    return groups
  }
}

extension PortAppConfig {
  /// What its resources ask a fetcher for, each once, in the order of the resources.
  package var fetchRequests: [FetchRequest] { FetchGroup.groups(of: self).map(\.request) }
}

extension FetchRequest {
  /// What a fetcher is asked for a resource.
  package init(_ resource: ResourceConfig) {
    self.init(kind: resource.kind, selector: resource.selector.settings)
  }
}

extension SelectorConfig {
  /// The selector as JSON without its query, which the fetcher has no use for.
  fileprivate var settings: String {
    let settings = JSONWriter.object { object in
      for (key, value) in JSONView(valid: Array(json.utf8)).members ?? [] where key != "query" {
        object.add(key, json: value.json.utf8)
      }
    }
    return String(decoding: settings, as: UTF8.self)
  }
}
