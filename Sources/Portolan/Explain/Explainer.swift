import JQ

/// Shows step by step how a config makes entities of a raw object: for whoever edits the mapping.
///
/// ```swift
/// let explainer = Explainer(config, fixtures: FixtureFolder("Fixtures/jira"))
/// for explained in await explainer.explain(kind: "issue", .identifier("TICK-101")) {
///   print(explained.item?.verdict as Any)
/// }
/// ```
public struct Explainer: Sendable {
  private let mapping: CompiledMapping
  private let objects: Objects

  /// Where the objects are that are explained.
  private enum Objects: Sendable {
    case fixtures(FixtureFolder)
    case page(RawPage)
  }

  /// Prepares explanations of `config` on the objects in `fixtures`; `environment` is what expressions see
  /// as `env`.
  public init(
    _ config: PortAppConfig, fixtures: FixtureFolder, environment: JQEnvironment = JQEnvironment()
  ) {
    mapping = CompiledMapping(config, environment: environment)
    objects = .fixtures(fixtures)
  }

  /// Prepares explanations of `config` on the objects of `page`, whatever kind is asked for.
  public init(_ config: PortAppConfig, page: RawPage, environment: JQEnvironment = JQEnvironment()) {
    mapping = CompiledMapping(config, environment: environment)
    objects = .page(page)
  }

  /// The places of all fields that the resources of `kind` map, and of their other expressions.
  public func fields(ofKind kind: String) -> [String] {
    var places: [String] = []
    for resource in mapping.resources where resource.config.kind == kind {
      places += resource.item.fields.map(\.path) + ["selector.query"]
      if resource.items != nil { places.append("itemsToParse") }
    }
    return places
  }

  /// Explains an item for each resource of `kind`, in the config's order.
  ///
  /// - Parameters:
  ///   - kind: the kind of the raw objects.
  ///   - choice: which item.
  ///   - field: the one field to explain, part by part: `properties.url`; nil for all of them.
  /// - Returns: a resource's explanation each; one without an item where none is the one that was chosen.
  public func explain(
    kind: String, _ choice: ItemChoice, field: String? = nil
  ) async -> [ResourceExplanation] {
    let wanted = FieldChoice(path: field)
    var explanations: [ResourceExplanation] = []
    for resource in mapping.resources where resource.config.kind == kind {
      let search = ItemSearch(resource, choice, environment: mapping.environment)
      let problem = await visitObjects(ofKind: kind, search)
      let found = search.found ?? search.fallback
      let explainer = ItemExplainer(
        resource, of: mapping.config, wanted: wanted, environment: mapping.environment)
      explanations.append(
        ResourceExplanation(
          kind: kind, index: resource.config.index, location: resource.config.location, total: search.total,
          item: found.map { explainer.explain($0, total: search.total) }, identifiers: search.others,
          problem: problem))
    }
    return explanations
  }

  /// Whether `field` is the place of `name`, or is below it.
  public static func names(_ name: String, _ field: String) -> Bool {
    let choice = FieldChoice(path: name)
    return choice.names(field) || choice.includes(field)
  }

  private func visitObjects(ofKind kind: String, _ search: ItemSearch) async -> Diagnostic? {
    switch objects {
    case .page(let page):
      page.forEachObject { search.visit($0) }
      return nil
    case .fixtures(let folder): return await visit(folder, kind, search)
    }
  }

  private func visit(_ folder: FixtureFolder, _ kind: String, _ search: ItemSearch) async -> Diagnostic? {
    do {
      for try await page in FixtureFetcher(folder).fetch(FetchRequest(kind: kind)) {
        page.forEachObject { search.visit($0) }
      }
      return nil
    } catch {
      return error as? Diagnostic
    }
  }
}

/// What a resource makes of the item that was asked for.
public struct ResourceExplanation: Sendable {
  /// The kind of the raw objects.
  public let kind: String
  /// The resource's place in the config, counted from 0.
  public let index: Int
  /// Where the resource is.
  public let location: SourceLocation
  /// How many items the fixtures hold.
  public let total: Int
  /// The item, nil where none is the one that was asked for.
  public let item: ItemExplanation?
  /// The identifiers that were passed over on the way to the item: at most some thousand.
  public let identifiers: [String]
  /// What kept a fixture from being read.
  public let problem: Diagnostic?
}
