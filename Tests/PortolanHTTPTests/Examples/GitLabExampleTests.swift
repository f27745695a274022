import Hummingbird
import Portolan
import RawJSON
import TestServer
import Testing

@testable import PortolanHTTP

/// The example `Examples/gitlab`, against a server that says the next page's number in a header, as GitLab does.
@Suite struct GitLabExampleTests {
  private let example: ExampleFixtures

  init() throws {
    example = try #require(ExampleFixtures("gitlab"))
  }

  private func fetcher(_ url: String) throws -> IntegrationFetcher {
    try example.fetcher(url, "GITLAB_URL", ["TOKEN": "glpat-token"])
  }

  @Test(arguments: [
    ("group", "{}"), ("project", "{}"), ("pipeline", "{}"), ("merge-request", #"{"state": "all"}"#),
  ])
  func readsEachKindCompletely(_ kind: String, _ selector: String) async throws {
    let expected = await example.objects(kind).map(\.json)
    #expect(!expected.isEmpty)
    try await GitLabServer(example).run { url in
      let found = await (try fetcher(url)).all(kind, selector: selector)
      #expect(found.failure == nil)
      #expect(found.objects.map(\.json) == expected)
    }
  }

  @Test func asksForNoPipelinesWhereThereIsNoCI() async throws {
    let log = RequestLog()
    try await GitLabServer(example, log: log).run { url in
      let fetcher = try fetcher(url)
      #expect(await fetcher.all("pipeline").failure == nil)
    }
    #expect(log.requests(with: "/projects/11/pipelines?").count == 2)
    #expect(log.requests(with: "/projects/31/").isEmpty)
  }

  @Test func mapsToTheSameEntities() async throws {
    let expected = try await example.expectedEntities()
    try await GitLabServer(example).run { url in
      let found = try await example.entities(try fetcher(url))
      #expect(found.areComplete)
      #expect(found.entities == expected)
    }
  }

  /// One group's projects are lost, and what the others have is given all the same.
  @Test func isIncompleteWhereAGroupsProjectsAreLost() async throws {
    let log = RequestLog([
      .init(path: "/groups/2/projects", times: 1) {
        .json(#"{"message": "403 Forbidden"}"#, status: .forbidden)
      }
    ])
    try await GitLabServer(example, log: log).run { url in
      let found = await (try fetcher(url)).all("project")
      #expect(found.failure != nil)
      #expect(found.texts("id") == ["11", "31"])
    }
  }
}

/// GitLab's REST API as its documentation describes it, for the objects of the example.
private struct GitLabServer: Sendable {
  /// How many objects it puts on a page at most.
  private static let pageLimit = 2

  private let example: ExampleFixtures
  private let log: RequestLog

  init(_ example: ExampleFixtures, log: RequestLog = RequestLog()) {
    self.example = example
    self.log = log
  }

  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let (groups, projects) = (await example.sent("group"), await example.sent("project"))
    let (pipelines, requests) = (await example.sent("pipeline"), await example.sent("merge-request"))
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.get("api/v4/groups") { request, _ -> Response in Self.numbered(groups, request) }
    router.get("api/v4/groups/:id/projects") { request, context -> Response in
      let id = try context.parameters.require("id")
      return Self.numbered(projects.filter { $0["namespace"]?["id"]?.number == id }, request)
    }
    router.get("api/v4/projects/:id/pipelines") { request, context -> Response in
      let id = try context.parameters.require("id")
      return Self.numbered(pipelines.filter { $0["project_id"]?.number == id }, request)
    }
    router.get("api/v4/projects/:id/merge_requests") { request, context -> Response in
      let id = try context.parameters.require("id")
      let state = request.uri.queryParameters["state"] ?? "all"
      return Self.numbered(
        requests.filter {
          $0["project_id"]?.number == id && (state == "all" || $0["state"]?.text == String(state))
        }, request)
    }
    try await TestServer.run(router) { try await body($0.url) }
  }

  private static func refusal(_ request: Request) -> Response? {
    let token = request.headers.text("PRIVATE-TOKEN")
    return token == "glpat-token" ? nil : .json(#"{"message": "401 Unauthorized"}"#, status: .unauthorized)
  }

  private static func numbered(_ all: [JSONView], _ request: Request) -> Response {
    if let refusal = refusal(request) { return refusal }
    let page = NumberedPage(all, request, limit: pageLimit)
    return .json(page.objects.list, .one("X-Next-Page", page.next.map(String.init) ?? ""))
  }
}
