/// What an entity can be in the catalog: one entry of a `blueprints.json`, as Port's API writes it.
///
/// Meanings: https://docs.port.io/build-your-software-catalog/customize-integrations/configure-data-model/
public struct Blueprint: Sendable {
  /// The name by which mappings and relations know it.
  public var identifier: String
  /// The name that people see, nil where there is none.
  public var title: String?
  /// What an entity's `properties` may hold, in the file's order.
  public var properties: [(name: String, property: BlueprintProperty)] = []
  /// The properties that an entity must have.
  public var required: [String] = []
  /// What an entity's `relations` may hold, in the file's order.
  public var relations: [(name: String, relation: BlueprintRelation)] = []
  /// The properties that are read through a relation; no mapping can set them.
  public var mirrorProperties: [String] = []
  /// The properties that the catalog calculates; no mapping can set them.
  public var calculationProperties: [String] = []
  /// The properties that the catalog aggregates over related entities; no mapping can set them.
  public var aggregationProperties: [String] = []

  /// Creates a blueprint without properties and relations.
  public init(identifier: String, title: String? = nil) {
    self.identifier = identifier
    self.title = title
  }

  /// The property of that name, nil where a mapping cannot set one.
  public func property(_ name: String) -> BlueprintProperty? {
    properties.first { $0.name == name }?.property
  }

  /// The relation of that name, nil where there is none.
  public func relation(_ name: String) -> BlueprintRelation? {
    relations.first { $0.name == name }?.relation
  }
}
