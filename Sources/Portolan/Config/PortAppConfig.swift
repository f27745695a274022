/// A `port-app-config.yml`: which raw objects a team wants, and how each becomes catalog entities.
///
/// ```swift
/// let config = try PortAppConfig(contentsOf: ".port/jira/resources/port-app-config.yml")
/// for resource in config.resources { print(resource.kind) }
/// ```
///
/// ``ConfigSchema`` says what each key of the file means, and what it is where it is left out.
public struct PortAppConfig: Sendable {
  /// Deleting an entity deletes those that depend on it.
  public var deleteDependentEntities: Bool
  /// A relation's missing target is created empty.
  public var createMissingRelatedEntities: Bool
  /// An upsert merges properties into what is there; false replaces.
  public var enableMergeEntity: Bool
  /// A sync that would delete a larger share of the entities (0…1) deletes nothing.
  public var entityDeletionThreshold: Double
  /// The resources, applied in order. Those that are not well-formed are left out; see ``diagnostics``.
  public var resources: [ResourceConfig]
  /// What is wrong with the file, or doubtful, in its order.
  public var diagnostics: [Diagnostic]
  /// The file, whole, in which checks find the places of what they name.
  let tree: ConfigTree
  /// How bad the findings are that are made when it is run.
  let levels: FindingLevels

  /// The file's bytes: YAML, UTF-8.
  package var source: [UInt8] { tree.source }

  /// Where the file is, as messages name it.
  package var path: String { tree.file }

  /// The resource at `index` of the file's list, nil where it is not well-formed.
  package func resource(at index: Int) -> ResourceConfig? {
    resources.first { $0.index == index }
  }
}

/// One entry of `resources`: raw objects of a kind, and what they become.
public struct ResourceConfig: Sendable {
  /// Which raw objects it reads.
  public var kind: String
  /// Its place in the file's list, counted from 0.
  public var index: Int
  /// Which of the objects it keeps, and what the fetcher is told.
  public var selector: SelectorConfig
  /// How one raw object becomes many items, nil where it is one.
  public var itemsToParse: ItemsToParse?
  /// What each item becomes: one entity for each mapping.
  public var mappings: [EntityMapping]
  /// Whether the file writes the mappings as a list, as Port's Kubernetes exporter does.
  public var hasMappingList: Bool
  /// Where the entry is.
  public var location: SourceLocation
}

/// A resource's `selector`.
public struct SelectorConfig: Sendable {
  /// Whether an item is kept.
  public var query: ConfigExpression
  /// The whole selector as JSON, for the fetcher: `jql`, `includeMembers`, …
  public var json: String
}

/// A resource's `itemsToParse` and its two options.
public struct ItemsToParse: Sendable {
  /// Gives the list of items.
  public var expression: ConfigExpression
  /// Where an item is in the object.
  public var name: String
  /// Whether the parsed array is removed from the object.
  public var removesParsedArray: Bool
}

/// A mapping from an item to an entity.
public struct EntityMapping: Sendable {
  /// The entity's identifier.
  public var identifier: FieldMapping
  /// The entity's blueprint.
  public var blueprint: ConfigExpression
  /// The entity's title.
  public var title: ConfigExpression?
  /// The entity's icon.
  public var icon: ConfigExpression?
  /// The teams that own the entity.
  public var team: FieldMapping?
  /// The properties in the file's order, nil where the mapping names none.
  public var properties: [(name: String, expression: ConfigExpression)]?
  /// The relations in the file's order, nil where the mapping names none.
  public var relations: [(name: String, mapping: FieldMapping)]?
}

/// What makes a field: an expression, or a search query whose leaves are expressions.
public indirect enum FieldMapping: Sendable {
  /// A jq expression.
  case expression(ConfigExpression)
  /// A search query: its keys in the file's order.
  case query([(key: String, value: FieldMapping)])
  /// A search query's rules.
  case list([FieldMapping])
}
