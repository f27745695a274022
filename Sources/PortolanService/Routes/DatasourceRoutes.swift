import Hummingbird
import PortolanCatalog
import RawJSON

/// What an integration owns. Port's own documentation does not have this route; Ocean finds by it what to delete.
struct DatasourceRoutes {
  /// How many entities a page has at most.
  private static let pageLimit = 5000

  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    // With `entities` as a word of its own the router would find no blueprint of that name.
    router.post("v1/blueprints/:blueprint/datasource-entities", use: list)
  }

  @Sendable private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    guard context.path("blueprint") == "entities" else { throw HTTPError(.notFound) }
    let body = try await request.object()
    let prefix = try body.requiredText("datasource_prefix")
    let suffix = try body.requiredText("datasource_suffix")
    let limit = try PageCursor.limit(body, most: Self.pageLimit)
    // One more than asked for tells whether there is another page.
    var page = try await catalog.entities(
      datasourcePrefix: prefix, suffix: suffix, updatedBefore: try Self.time(body),
      after: try PageCursor.key(body), limit: limit + 1)
    let isLast = page.count <= limit
    if !isLast { page.removeLast() }
    let next = isLast ? nil : page.last.map { PageCursor.text($0.key) }
    let output = EntityOutput()
    return .ok { response in
      response.add("entities", array: page.map(output.json))
      response.add("next", json: (next.map(JSONText.quoted) ?? "null").utf8)
    }
  }

  /// Only what was changed strictly before this time is asked for; nil for everything.
  private static func time(_ body: JSONView) throws -> String? {
    guard let before = body["before"], before.kind != .null else { return nil }
    guard let time = before.text.flatMap(Timestamp.normalized) else {
      throw APIError.invalid("`before` has to be a time, as 2026-01-31T12:00:00.000Z")
    }
    return time
  }
}
