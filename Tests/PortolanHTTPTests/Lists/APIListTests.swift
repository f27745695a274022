import Hummingbird
import Portolan
import TestServer
import Testing

@testable import PortolanHTTP

/// Lists that a program describes in Swift.
@Suite struct APIListTests {
  @Test func aParentAndItsChildrenAreReadWhole() async throws {
    let server = BoardServer(
      log: RequestLog([
        .init(path: "/boards/e/sprints") { .json("{}", status: .serviceUnavailable) },
        .init(path: "startAt=2") { .cut(#"{"values": ["#) },
      ]))
    try await server.run { url in
      let fetcher = BoardFetcher(client: try APIClient(baseURL: url))
      let boards = await fetcher.all("board")
      #expect(boards.failure == nil)
      #expect(boards.texts("id") == BoardServer.boards)
      let sprints = await fetcher.all("sprint")
      #expect(sprints.failure == nil)
      #expect(sprints.texts("__board") == ["a", "a", "b/c", "b/c", "e", "e"])
      #expect(sprints.texts("name") == (0..<3).flatMap { _ in ["sprint 1", "sprint 2"] })
      #expect(sprints.texts("__name").first == "SPRINT 1")
      #expect(server.log.requests(with: "b%2Fc").count == 2)
      #expect(server.log.requests(with: "kanban").isEmpty)
    }
  }

  @Test func aCursorGoesIntoTheBodyBesideWhatIsThere() async throws {
    try await BoardServer().run { url in
      let issues = await BoardFetcher(client: try APIClient(baseURL: url)).all("issue")
      #expect(issues.failure == nil)
      #expect(issues.texts("key") == ["A-1", "A-2"])
    }
  }

  @Test(arguments: [APIPaging.link(), .next(".body.next"), .onePage])
  func addressesOfPagesAreFollowed(_ paging: APIPaging) async throws {
    let router = Router()
    router.get("things") { request, _ -> Response in
      let isLast = request.uri.queryParameters["page"] == "2"
      let next = isLast ? "" : #", "next": "/things?page=2""#
      return .json(
        #"{"items": [{"id": \#(isLast ? 2 : 1)}]\#(next)}"#,
        .one("Link", isLast ? nil : #"</things?page=2>; rel="next""#))
    }
    try await TestServer.run(router) { server in
      let list = APIList(APIRequest(.get, "/things"), items: ".items", paging: paging)
      var ids: [String] = []
      for try await object in try APIClient(baseURL: server.url).objects(of: list) {
        ids.append(object["id"]?.number ?? "-")
      }
      #expect(ids == (paging == .onePage ? ["1"] : ["1", "2"]))
    }
  }

  @Test func anAnswerThatSaysWhatWentWrongEndsTheList() async throws {
    try await BoardServer().run { url in
      let client = try APIClient(baseURL: url)
      let list = APIList(APIRequest(.post, "/search", body: .json(Array("{}".utf8))), error: ".body.problem")
      let error = try await #require(failure { for try await _ in client.pages(of: list) {} })
      #expect("\(error)".contains("no text"))
    }
  }

  @Test(arguments: [
    (".values[", nil, "is not jq"), ("nosuch(.a)", nil, "`nosuch`"), (".a", "$total", "`$total`"),
    ("config.size", nil, "`config`"), (".a | error(\"broken\")", nil, "broken"),
  ])
  func jqThatIsWrongIsSaidWithItsPlace(_ items: String, _ total: String?, _ message: String) async throws {
    try await BoardServer().run { url in
      let client = try APIClient(baseURL: url)
      let list = APIList(
        APIRequest(.get, "/boards"), items: items, paging: .offset("startAt", total: total),
        file: "Boards.swift", line: 7)
      let diagnostic = await #expect(throws: Diagnostic.self) {
        for try await _ in client.objects(of: list) {}
      }
      #expect(diagnostic?.message.contains(message) == true)
      #expect(diagnostic?.location == SourceLocation(file: "Boards.swift", line: 7, column: 1))
    }
  }

  @Test func aBodyThatIsNotJSONIsAnError() async throws {
    let client = try APIClient(baseURL: "http://127.0.0.1:9")
    let list = APIList(APIRequest(.post, "/search", body: .json(Array("{".utf8))))
    let diagnostic = await #expect(throws: Diagnostic.self) {
      for try await _ in client.pages(of: list) {}
    }
    #expect(diagnostic?.message.contains("is not JSON") == true)
  }

  @Test func noMoreIsAskedForOnceNobodyTakesObjects() async throws {
    let log = RequestLog()
    let router = Router()
    router.middlewares.add(LogMiddleware(log: log))
    router.get("things") { request, _ -> Response in
      .json(#"[{"page": "\#(request.uri.queryParameters["page"] ?? "1")"}]"#)
    }
    try await TestServer.run(router) { server in
      let client = try APIClient(baseURL: server.url)
      for try await _ in client.objects(of: APIList(APIRequest(.get, "/things"), paging: .page("page"))) {
        break
      }
      await client.shutdown()
      // The one that is taken, two ahead, and one that is under way.
      #expect(log.requests.count <= 4)
    }
  }
}
