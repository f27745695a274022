import Hummingbird
import PortolanCatalog
import RawJSON

/// What queries find.
struct SearchRoutes {
  /// How many entities a page has at most.
  private static let pageLimit = 1000

  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    router.post("v1/entities/search", use: searchAll)
  }

  @Sendable private func searchAll(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let query = try SearchQuery(json: try await request.object().bytes)
    let found = try await catalog.search(query)
    let output = EntityOutput(included: request.query("include"))
    let blueprints = Set(found.map(\.key.blueprint)).sorted()
    return .ok { body in
      body.add("entities", array: found.map(output.json))
      body.key("matchingBlueprints")
      body.array { array in
        for blueprint in blueprints { array.text(blueprint) }
      }
    }
  }

  func searchPage(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let blueprint = context.path("blueprint")
    let body = try await request.object()
    try await catalog.require(blueprint: blueprint)
    let query = try SearchQuery(json: BlueprintQuery.json(blueprint, and: body["query"]))
    let limit = try PageCursor.limit(body, most: Self.pageLimit)
    // One more than asked for tells whether there is another page.
    var page = try await catalog.search(query, after: try PageCursor.key(body), limit: limit + 1)
    let isLast = page.count <= limit
    if !isLast { page.removeLast() }
    let next = isLast ? nil : page.last.map { PageCursor.text($0.key) }
    let output = EntityOutput(
      included: body["include"]?.elements?.compactMap(\.text) ?? request.query("include"))
    return .ok { response in
      response.add("entities", array: page.map(output.json))
      response.add("next", json: (next.map(JSONText.quoted) ?? "null").utf8)
    }
  }
}
