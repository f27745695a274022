import JQ

/// A config made ready to run: made once, used for every object, by any number of threads.
public struct MappingPlan: Sendable {
  /// The config that it is the plan of.
  public let config: PortAppConfig
  /// One plan a resource, in the config's order.
  let resources: [ResourcePlan]
  /// What expressions may see of the environment.
  let environment: JQEnvironment

  /// Plans `config`.
  ///
  /// Nothing is compiled yet: libjq takes its time, and a resource whose kind nobody fetches needs none.
  public init(_ config: PortAppConfig, environment: JQEnvironment = JQEnvironment()) {
    self.config = config
    self.environment = environment
    resources = config.resources.map(ResourcePlan.init)
  }
}

/// A resource's plan: how a raw object becomes items, and an item entities.
struct ResourcePlan: Sendable {
  let config: ResourceConfig
  let items: ItemsPlan?
  let item: ItemPlan

  init(_ config: ResourceConfig) {
    self.config = config
    items = config.itemsToParse.map(ItemsPlan.init)
    item = ItemPlan(config)
  }
}
