import JQ
import Synchronization

/// A config made ready to map: made once and used for ever, by any number of threads, by a stream, a webhook or
/// an editor.
///
/// ```swift
/// let config = try PortAppConfig(contentsOf: "port-app-config.yml")
/// let mapping = CompiledMapping(config)
/// let page = RawPage(Array(#"[{"key": "PORT-1"}]"#.utf8))
/// for entity in mapping.map(page, kind: "issue") { print(entity) }
/// ```
///
/// libjq compiles an expression when its kind is first mapped, once for each thread that maps at the same time,
/// and never again.
public final class CompiledMapping: Sendable {
  /// The config.
  public let config: PortAppConfig
  /// What expressions may see as `env`, and how much they may take.
  public let environment: JQEnvironment
  /// One plan a resource, in the config's order.
  let resources: [ResourcePlan]
  /// Which resources ask a fetcher for the same.
  let groups: [FetchGroup]
  private let pool: MapperPool

  /// Prepares `config`; `environment` is what expressions may see as `env`, and how much they may take.
  public init(_ config: PortAppConfig, environment: JQEnvironment = JQEnvironment()) {
    self.config = config
    self.environment = environment
    resources = config.resources.map(ResourcePlan.init)
    groups = FetchGroup.groups(of: config)
    pool = MapperPool(config, environment)
  }

  /// Maps raw objects of `kind` by all of the config's resources of that kind, on this thread.
  ///
  /// - Returns: the entities, in the order of the raw objects; none where no resource maps the kind. An object
  ///   that is broken costs itself: ``report(on:)`` tells what became of each.
  ///   ``EntityBatch/unmapped`` lists those of which no entity was made.
  public func map(_ page: RawPage, kind: String) -> EntityBatch {
    map(page, places(ofKind: kind), kind: kind, keepsLosses: true, into: []).batch
  }

  /// What became of a page's raw objects, a report for each resource that they were mapped by.
  public func report(on batch: EntityBatch) -> [ResourceReport] {
    var builders = reports(batch.resourcePlaces, kind: batch.kind)
    for (place, tally) in batch.tallies.enumerated() { builders[place].add(tally, of: batch.page) }
    return builders.map(\.report)
  }

  /// The resources of a kind, by their places in the config.
  func places(ofKind kind: String) -> [Int] {
    resources.indices.filter { resources[$0].config.kind == kind }
  }

  /// Maps a page by the resources at `places`, into `buffer`. What was lost of each object is kept if `keepsLosses`.
  func map(
    _ page: RawPage, _ places: [Int], kind: String, keepsLosses: Bool, into buffer: consuming [UInt8]
  ) -> MappedPage {
    guard !places.isEmpty else {
      return MappedPage(batch: EntityBatch(kind: kind, page: page), framer: page.framer)
    }
    let mapper = pool.take(places, kind: kind)
    defer { pool.give(mapper, places) }
    return mapper.map(page, keepsLosses: keepsLosses, into: buffer)
  }

  /// Reports without objects of the resources at `places`. Compiles what libjq must run.
  func reports(_ places: [Int], kind: String) -> [ReportBuilder] {
    if places.isEmpty { return [] }
    let mapper = pool.take(places, kind: kind)
    defer { pool.give(mapper, places) }
    return zip(places, mapper.rejections).map {
      ReportBuilder(resources[$0], rejections: $1, isSaid: config.says)
    }
  }
}

/// Mappers that nobody uses at the moment. There are as many as were ever used at the same time.
private final class MapperPool: Sendable {
  private let config: PortAppConfig
  private let environment: JQEnvironment
  /// By the places of the resources that they map for, which are all of one kind.
  private let spare = Mutex<[[Int]: [PageMapper]]>([:])

  init(_ config: PortAppConfig, _ environment: JQEnvironment) {
    self.config = config
    self.environment = environment
  }

  func take(_ places: [Int], kind: String) -> PageMapper {
    spare.withLock { $0[places]?.popLast() }
      ?? PageMapper(config, places, kind: kind, environment: environment)
  }

  func give(_ mapper: PageMapper, _ places: [Int]) {
    spare.withLock { $0[places, default: []].append(mapper) }
  }
}
