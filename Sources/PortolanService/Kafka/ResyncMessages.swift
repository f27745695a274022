import RawJSON

/// Which messages of a topic ask for a resync of an integration.
///
/// Port has two topics for that: one for these requests alone, and a log of all that changes, whose name ends with
/// `.change.log`.
package struct ResyncMessages: Sendable {
  private let integration: String
  private let isChangeLog: Bool

  /// Looks for requests to the integration of this identifier in `topic`.
  package init(to integration: String, in topic: String) {
    self.integration = integration
    isChangeLog = topic.hasSuffix(".change.log")
  }

  /// Whether a message is such a request. One that is no JSON is none.
  package func ask(_ message: [UInt8]?) -> Bool {
    guard let message, let document = try? JSONView(validating: message) else { return false }
    let isNamed = document["context"]?["integrationId"]?.text == integration
    guard isChangeLog else { return isNamed }
    return isNamed && document["action"]?.text == "RESYNC" || isChange(document)
  }

  /// Whether it says that somebody, and not the integration's own resync, changed the integration.
  private func isChange(_ document: JSONView) -> Bool {
    guard let after = document["diff"]?["after"], after["identifier"]?.text == integration else {
      return false
    }
    return after["changelogDestination"]?["type"]?.text == "KAFKA"
      && after["updatedAt"]?.json != after["resyncState"]?["updatedAt"]?.json
  }
}
