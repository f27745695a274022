import Portolan

/// What a program does that embeds the library, with nothing but `import Portolan`.
public struct Embedding {
  private let mapping: CompiledMapping

  /// Loads the config at `path`.
  public init(configPath: String) throws {
    mapping = CompiledMapping(try PortAppConfig(contentsOf: configPath))
  }

  /// Maps the objects of `kind` in `body`, and reads the property `name` of each entity.
  public func properties(_ name: String, ofKind kind: String, in body: String) -> [String?] {
    mapping.map(RawPage(Array(body.utf8)), kind: kind).map { property(name, of: $0)?.text }
  }

  /// Every type of a signature has a name here.
  private func property(_ name: String, of entity: Entity) -> JSONView? {
    entity["properties", name]
  }

  /// What became of the objects of `kind` in `response`, whose list is the member `list`.
  public func report(ofKind kind: String, in response: String, list: String) -> [ResourceReport] {
    let path = JSONPath([JSONPathStep.key(list)])
    return mapping.report(
      on: mapping.map(RawPage(Array(response.utf8), objectsAt: .list(at: path)), kind: kind))
  }

  /// Everything that is wrong with the config, for a person to read: each with the line that is meant.
  public var problems: [String] {
    let kinds = Set(mapping.config.resources.map(\.kind)).sorted()
    let reports = kinds.flatMap { mapping.report(on: mapping.map(RawPage([]), kind: $0)) }
    let diagnostics: [Diagnostic] = mapping.config.diagnostics + reports.flatMap(\.diagnostics)
    return diagnostics.map { $0.text(width: 80) }
  }

  /// Fetches from `fetcher` and collects the entities.
  public func entities(of fetcher: some RawFetcher) async throws -> [Entity] {
    var sink = CollectingSink()
    _ = try await MappingPipeline(mapping).run(fetcher, into: &sink)
    return sink.entities
  }
}
