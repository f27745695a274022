import PortolanCatalog

/// Serves a local catalog as Port's API, so that Ocean, and whatever else is written for Port, can use it.
public struct CatalogServer: Sendable {
  /// Serves `catalog`.
  public init(_ catalog: LocalCatalog) {}
}
