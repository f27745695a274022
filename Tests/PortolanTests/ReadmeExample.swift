import Portolan

struct ServiceFetcher: RawFetcher {
  func fetch(_ request: RawRequest) -> AsyncStream<[RawObject]> {
    AsyncStream { pages in
      pages.yield([RawObject(json: Array(#"{"name": "checkout", "team": {"id": "ada"}}"#.utf8))])
      pages.finish()
    }
  }
}

func mapServices(_ configPath: String, _ receive: (Entity) -> Void) async throws -> [ResourceReport] {
  let config = try PortAppConfig(contentsOf: configPath)
  return await MappingEngine(config).run(ServiceFetcher()) { entity in receive(entity) }
}
