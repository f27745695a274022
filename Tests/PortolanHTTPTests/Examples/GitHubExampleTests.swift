import Hummingbird
import Portolan
import RawJSON
import TestServer
import Testing

@testable import PortolanHTTP

/// The example `Examples/github`, against a server that pages by the header `Link`, as GitHub does.
@Suite struct GitHubExampleTests {
  private let example: ExampleFixtures

  init() throws {
    example = try #require(ExampleFixtures("github"))
  }

  private func fetcher(_ url: String) throws -> IntegrationFetcher {
    try example.fetcher(url, "API_URL", ["ORGANIZATION": "lantern-works", "TOKEN": "ghp-token"])
  }

  @Test(arguments: [
    ("repository", #"{"type": "all"}"#), ("pull-request", #"{"state": "all"}"#), ("commit", "{}"),
  ])
  func readsEachKindCompletely(_ kind: String, _ selector: String) async throws {
    let expected = await example.objects(kind).map(\.json)
    #expect(!expected.isEmpty)
    try await GitHubServer(example).run { url in
      let found = await (try fetcher(url)).all(kind, selector: selector)
      #expect(found.failure == nil)
      #expect(found.objects.map(\.json) == expected)
    }
  }

  @Test func asksForOpenPullRequestsWhereTheSelectorDoesNotSay() async throws {
    try await GitHubServer(example).run { url in
      let fetcher = try fetcher(url)
      #expect(await fetcher.all("pull-request").texts("number") == ["17", "18", "3"])
    }
  }

  /// An archived repository has commits, and they are not wanted.
  @Test func asksForNoCommitsOfAnArchivedRepository() async throws {
    let log = RequestLog()
    try await GitHubServer(example, log: log).run { url in
      let fetcher = try fetcher(url)
      #expect(await fetcher.all("commit").failure == nil)
    }
    #expect(log.requests(with: "/commits").count == 4)
    #expect(log.requests(with: "/old-charts/commits").isEmpty)
  }

  @Test func mapsToTheSameEntities() async throws {
    let expected = try await example.expectedEntities()
    try await GitHubServer(example).run { url in
      let found = try await example.entities(try fetcher(url))
      #expect(found.areComplete)
      #expect(found.entities == expected)
    }
  }

  @Test func saysSoWhereTheOrganizationIsNotThere() async throws {
    try await GitHubServer(example).run { url in
      let fetcher = try example.fetcher(url, "API_URL", ["ORGANIZATION": "nobody", "TOKEN": "ghp-token"])
      #expect(await fetcher.all("repository").failure != nil)
      #expect(await fetcher.all("commit").failure != nil)
    }
  }
}

/// GitHub's REST API as its documentation describes it, for the objects of the example.
private struct GitHubServer: Sendable {
  /// How many objects it puts on a page at most.
  private static let pageLimit = 2

  private let example: ExampleFixtures
  private let log: RequestLog

  init(_ example: ExampleFixtures, log: RequestLog = RequestLog()) {
    self.example = example
    self.log = log
  }

  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let repositories = await example.sent("repository")
    let pulls = await example.sent("pull-request")
    // A commit does not name its repository: its URL does.
    let commits = await example.sent("commit")
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.get("orgs/:org/repos") { request, context -> Response in
      try context.parameters.require("org") == "lantern-works"
        ? Self.page(repositories, request) : .json(#"{"message": "Not Found"}"#, status: .notFound)
    }
    router.get("repos/:owner/:repo/pulls") { request, context -> Response in
      let name = try Self.repository(context)
      let state = request.uri.queryParameters["state"].map(String.init) ?? "open"
      return Self.page(
        pulls.filter {
          $0["base"]?["repo"]?["full_name"]?.text == name && (state == "all" || $0["state"]?.text == state)
        }, request)
    }
    router.get("repos/:owner/:repo/commits") { request, context -> Response in
      let name = try Self.repository(context)
      let found = commits.filter { $0["html_url"]?.text?.contains("/\(name)/commit/") ?? false }
      if name == "lantern-works/empty-berth" {
        return .json(#"{"message": "Git Repository is empty."}"#, status: .conflict)
      }
      return Self.page(found, request)
    }
    try await TestServer.run(router) { try await body($0.url) }
  }

  private static func repository(_ context: BasicRequestContext) throws -> String {
    "\(try context.parameters.require("owner"))/\(try context.parameters.require("repo"))"
  }

  private static func page(_ all: [JSONView], _ request: Request) -> Response {
    let version = request.headers.text("X-GitHub-Api-Version")
    guard version == "2022-11-28", request.headers[.authorization] == "Bearer ghp-token" else {
      return .json(#"{"message": "Bad credentials"}"#, status: .unauthorized)
    }
    let page = NumberedPage(all, request, limit: pageLimit)
    let path = "\(request.head.scheme ?? "http")://\(request.head.authority ?? "")\(request.uri.path)"
    let others = request.uri.queryParameters.filter { $0.key != "page" }
      .map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return .json(
      page.objects.list,
      .one(
        "Link",
        page.next.map {
          #"<\#(path)?\#(others)&page=\#($0)>; rel="next", <\#(path)?\#(others)&page=99>; rel="last""#
        }))
  }
}
