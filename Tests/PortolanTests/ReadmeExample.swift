import Portolan

struct ServiceFetcher: RawFetcher {
  func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
    AsyncStream { pages in
      pages.yield(RawPage(Array(#"[{"name": "checkout", "team": {"id": "ada"}}]"#.utf8)))
      pages.finish()
    }
  }
}

func mapServices(_ configPath: String, into sink: inout some EntitySink) async throws -> [ResourceReport] {
  let mapping = CompiledMapping(try PortAppConfig(contentsOf: configPath))
  return try await MappingPipeline(mapping).run(ServiceFetcher(), into: &sink)
}
