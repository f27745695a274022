import Portolan

/// Where the live events of an integration are kept.
enum EventsFile {
  /// The file that is named, or the integration's own.
  ///
  /// - Parameters:
  ///   - name: the file, as an argument names it; nil for the integration's own.
  ///   - integration: the integration; nil for a config by itself.
  ///   - creates: whether its folder is made.
  /// - Returns: its path.
  /// - Throws: `UsageError` where nothing tells which one, or the folder cannot be made.
  static func path(
    _ name: String?, of integration: Integration?, creates: Bool
  ) throws(UsageError) -> String {
    if let name { return name }
    guard let integration else {
      throw UsageError("no file of events is named", "name one: --events events.db")
    }
    let target = try CatalogTarget(nil, of: integration)
    if creates { try target.prepareFolder() }
    return PathText.join(integration.rootPath, ".port/.catalog/\(integration.name).events.db")
  }
}
