import JQ

/// Maps what a fetcher gives, resource by resource in the config's order.
///
/// ```swift
/// let config = try PortAppConfig(contentsOf: "port-app-config.yml")
/// let reports = await MappingEngine(config).run(IssueFetcher()) { entity in
///   print(entity)
/// }
/// ```
public struct MappingEngine: Sendable {
  private let plan: MappingPlan

  /// Creates an engine for `config`; `environment` is what expressions may see as `env`.
  public init(_ config: PortAppConfig, environment: JQEnvironment = JQEnvironment()) {
    plan = MappingPlan(config, environment: environment)
  }

  /// Maps everything that `fetcher` gives for the config's resources.
  ///
  /// Entities come in the order of the config's resources and their raw objects. An error in the fetcher
  /// ends its resource only and stands in its report, which is then not complete.
  /// - Parameters:
  ///   - fetcher: gives the raw objects.
  ///   - kinds: the kinds to map; nil for all.
  ///   - receive: takes each page's entities, before the next page is fetched, with the resource's report
  ///     so far.
  /// - Returns: a report a resource, in the config's order.
  /// - Throws: what `receive` throws.
  public func run(
    _ fetcher: some RawFetcher, kinds: Set<String>? = nil,
    receivePage receive: (_ entities: [Entity], _ report: ResourceReport) async throws -> Void
  ) async rethrows -> [ResourceReport] {
    var reports: [ResourceReport] = []
    for resource in plan.resources where kinds?.contains(resource.config.kind) ?? true {
      var mapper = ResourceMapper(resource, environment: plan.environment)
      mapper.compile()
      try await map(fetcher, resource.config, &mapper, receive)
      reports.append(mapper.report)
    }
    return reports
  }

  /// Maps everything that `fetcher` gives, entity by entity; see the other ``run(_:kinds:receivePage:)``.
  public func run(
    _ fetcher: some RawFetcher, kinds: Set<String>? = nil, receive: (Entity) async throws -> Void
  ) async rethrows -> [ResourceReport] {
    try await run(fetcher, kinds: kinds) { entities, _ in
      for entity in entities { try await receive(entity) }
    }
  }

  private func map(
    _ fetcher: some RawFetcher, _ config: ResourceConfig, _ mapper: inout ResourceMapper,
    _ receive: ([Entity], ResourceReport) async throws -> Void
  ) async rethrows {
    var pages = fetcher.fetch(RawRequest(kind: config.kind, selector: config.selector.json))
      .makeAsyncIterator()
    while let page = await nextPage(&pages, config, &mapper) {
      var entities: [Entity] = []
      for object in page { mapper.map(object, into: &entities) }
      try await receive(entities, mapper.report)
    }
  }

  /// The fetcher's next page; nil at its end, and after an error, which is reported.
  private func nextPage<Iterator: AsyncIteratorProtocol>(
    _ pages: inout Iterator, _ config: ResourceConfig, _ mapper: inout ResourceMapper
  ) async -> [RawObject]? where Iterator.Element == [RawObject] {
    do {
      return try await pages.next()
    } catch {
      mapper.fetchFailed(
        error as? Diagnostic
          ?? Diagnostic(
            .error, .fetchFailed, "fetching objects of kind `\(config.kind)` failed: \(error)",
            help: "the entities of this kind are not complete; mend the cause and run again",
            at: config.location))
      return nil
    }
  }
}
