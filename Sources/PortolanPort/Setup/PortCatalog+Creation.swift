import PortolanCatalog
import PortolanHTTP
import RawJSON

extension PortCatalog {
  /// How often something is made whose making was cut off.
  private static let attempts = 3

  /// Makes something that must not be made twice: where the answer was lost, it looks whether it is there.
  ///
  /// - Parameters:
  ///   - path: where it is posted to.
  ///   - json: the document.
  ///   - headers: headers besides the usual ones.
  ///   - identifier: what it will be known by; nil for what the document says.
  ///   - exists: whether there is such a thing.
  /// - Throws: ``CatalogError`` where it was not made, or nobody can say.
  func create(
    _ path: String, _ json: [UInt8], headers: [APIField] = [], identifier: String? = nil,
    unless exists: (String) async throws -> Bool
  ) async throws {
    let document = JSONView(valid: json)
    let identifier = identifier ?? document["identifier"]?.text ?? document["installationId"]?.text
    let request = APIRequest.write(.post, path, headers: headers, json, repeats: .ifUnsent)
    var attempt = 1
    while true {
      do {
        try await api.done(request)
        return
      } catch {
        guard let problem = error as? CatalogError, problem.kind == .unavailable, let identifier else {
          throw error
        }
        if try await exists(identifier) { return }
        guard attempt < Self.attempts else { throw problem }
      }
      try await api.client.pause(after: attempt)
      attempt += 1
    }
  }
}
