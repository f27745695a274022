import PortolanCatalog
import PortolanHTTP

extension PortCatalog: ResyncRequests {
  /// When somebody last asked for it in Port; nil where nobody has, or Port does not know the integration.
  ///
  /// - Throws: ``CatalogError`` where Port does not say.
  package func lastResyncRequest(of integration: String) async throws -> String? {
    let answer = try await api.send(APIRequest(.get, PortPath.resyncRequest(of: integration)))
    if answer.status == 404 { return nil }
    guard answer.isDone else { throw answer.problem }
    return answer.document?["request"]?["updatedAt"]?.text
  }
}
