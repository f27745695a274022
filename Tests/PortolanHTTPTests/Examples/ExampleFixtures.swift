import Hummingbird
import Portolan
import RawJSON
import TestServer

@testable import PortolanHTTP

/// An integration in `Examples`, whose fixtures a test serves as its API would.
struct ExampleFixtures: Sendable {
  let integration: Integration

  init?(_ name: String) {
    guard let found = Integration.find(in: "Examples/\(name)").first else { return nil }
    integration = found
  }

  /// The objects of a kind, as the fetcher gives them.
  func objects(_ kind: String) async -> [JSONView] {
    await FixtureFetcher(FixtureFolder(integration.fixturesPath)).all(kind).objects
  }

  /// The objects of a kind, as the API sends them: without what the fetcher adds.
  func sent(_ kind: String) async -> [JSONView] {
    await objects(kind).map { object in
      JSONView(
        valid: JSONWriter.object { writer in
          for (key, value) in object.members ?? [] where !key.hasPrefix("__") {
            writer.add(key, json: value.json.utf8)
          }
        })
    }
  }

  /// The fetcher of the folder, for the API at a URL.
  func fetcher(_ url: String, _ setting: String, _ settings: [String: String] = [:]) throws
    -> IntegrationFetcher
  {
    var environment = ["OCEAN__INTEGRATION__CONFIG__\(setting)": url]
    for (name, value) in settings { environment["OCEAN__INTEGRATION__CONFIG__\(name)"] = value }
    return try IntegrationFetcher(integration, environment: environment)
  }

  /// The entities that the folder's mapping makes of what a fetcher gives, one text each.
  func entities(_ fetcher: some RawFetcher) async throws -> (entities: [String], areComplete: Bool) {
    let mapping = CompiledMapping(try PortAppConfig(contentsOf: integration.configPath))
    var sink = CollectingSink()
    let reports = try await MappingPipeline(mapping).run(fetcher, into: &sink)
    return (sink.entities.map(\.description), reports.allSatisfy(\.isComplete))
  }

  /// The entities that the folder's mapping makes of its fixtures.
  func expectedEntities() async throws -> [String] {
    try await entities(FixtureFetcher(FixtureFolder(integration.fixturesPath))).entities
  }
}

/// A page of a list that is counted by numbers from 1.
struct NumberedPage {
  var objects: [JSONView]
  /// The number of the next page, nil on the last.
  var next: Int?

  /// The page that a request asks for with `page` and `per_page`, of which the server gives `limit` at most.
  init(_ all: [JSONView], _ request: Request, limit: Int) {
    let query = request.uri.queryParameters
    let number = query["page"].flatMap { Int($0) } ?? 1
    let size = min(query["per_page"].flatMap { Int($0) } ?? 30, limit)
    objects = Array(all.dropFirst((number - 1) * size).prefix(size))
    next = number * size < all.count ? number + 1 : nil
  }
}

extension [JSONView] {
  /// A list of them.
  var list: String { "[\(map(\.json).joined(separator: ","))]" }
}
