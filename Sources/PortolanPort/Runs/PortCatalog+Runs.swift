import PortolanCatalog
import RawJSON

extension PortCatalog {
  /// The config that was applied last for `owner`, as the integration has it: JSON. Nil where it has none.
  public func appliedConfig(of owner: Datasource) async throws -> [UInt8]? {
    let integration = try await api.thing(PortPath.integration(owner.identifier), "integration")
    guard let config = integration?["config"], config.members?.isEmpty == false else { return nil }
    return Array(config.json.utf8)
  }

  /// Says that a run begins, and from now on every other minute that it is at work. An integration that does not exist
  /// is no failure.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/busy`` where another run of the same integration is at work: on
  ///   this machine, or elsewhere unless it has said nothing for ten minutes.
  public func begin(_ run: CatalogRun) async throws {
    try await runs.begin(run)
  }

  /// Says how a run ended, also where its task was cancelled, and keeps its config with the integration.
  ///
  /// - Throws: `CatalogNotice` where Port does not take that, and ``CatalogError`` for the credentials alone.
  public func end(_ run: CatalogRun, _ result: RunResult) async throws {
    let runs = runs
    try await Task { try await runs.end(run, result) }.value
  }
}
