import Portolan

/// What a shell offers to complete an argument with.
enum Completions {
  /// The names of the integrations that are found from the current folder.
  static var integrations: [String] {
    Integration.find(from: ".").map(\.name)
  }

  /// The kinds that their configs map.
  static var kinds: [String] {
    var kinds: [String] = []
    for integration in Integration.find(from: ".") {
      let resources = (try? PortAppConfig(contentsOf: integration.configPath))?.resources ?? []
      for kind in resources.map(\.kind) where !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds
  }
}
