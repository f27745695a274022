import Hummingbird
import Portolan
import RawJSON
import TestServer
import Testing

@testable import PortolanHTTP

/// The example `Examples/linear`, against a server that answers GraphQL queries by cursor, as Linear does.
@Suite struct LinearExampleTests {
  private let example: ExampleFixtures

  init() throws {
    example = try #require(ExampleFixtures("linear"))
  }

  private func fetcher(_ url: String, key: String = "lin_api_key") throws -> IntegrationFetcher {
    try example.fetcher(url, "API_URL", ["API_KEY": key])
  }

  @Test(arguments: ["user", "team", "issue"])
  func readsEachKindCompletely(_ kind: String) async throws {
    let expected = await example.objects(kind).map(\.json)
    #expect(!expected.isEmpty)
    try await LinearServer(example).run { url in
      let found = await (try fetcher(url)).all(kind)
      #expect(found.failure == nil)
      #expect(found.objects.map(\.json) == expected)
    }
  }

  @Test func sendsTheFilterAsAVariable() async throws {
    try await LinearServer(example).run { url in
      let found = await (try fetcher(url)).all(
        "issue", selector: #"{"filter": {"team": {"id": {"eq": "t-fog"}}}}"#)
      #expect(found.failure == nil)
      #expect(found.texts("identifier") == ["FOG-1", "FOG-2"])
    }
  }

  @Test func mapsToTheSameEntities() async throws {
    let expected = try await example.expectedEntities()
    try await LinearServer(example).run { url in
      let found = try await example.entities(try fetcher(url))
      #expect(found.areComplete)
      #expect(found.entities == expected)
    }
  }

  @Test func asksAgainWhereItAskedTooMuch() async throws {
    let log = RequestLog([
      .init(path: "graphql", after: 1) {
        .json(
          #"{"errors": [{"message": "Too much", "extensions": {"code": "RATELIMITED"}}]}"#,
          status: .badRequest)
      }
    ])
    let expected = await example.objects("issue").count
    try await LinearServer(example, log: log).run { url in
      let found = await (try fetcher(url)).all("issue")
      #expect(found.failure == nil)
      #expect(found.objects.count == expected)
    }
    #expect(log.requests.count == 4)
  }

  /// The status is 200, and the body says what went wrong.
  @Test func saysWhatTheBodySaysWentWrong() async throws {
    try await LinearServer(example).run { url in
      let found = await (try fetcher(url, key: "wrong")).all("issue")
      #expect("\(try #require(found.failure))".contains("Authentication required"))
    }
  }
}

/// Linear's GraphQL API as its documentation describes it, for the objects of the example.
private struct LinearServer: Sendable {
  /// How many objects it puts on a page at most.
  private static let pageLimit = 2

  private let example: ExampleFixtures
  private let log: RequestLog

  init(_ example: ExampleFixtures, log: RequestLog = RequestLog()) {
    self.example = example
    self.log = log
  }

  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let objects = [
      "users": await example.sent("user"), "teams": await example.sent("team"),
      "issues": await example.sent("issue"),
    ]
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.post("graphql") { request, _ -> Response in
      guard request.headers[.authorization] == "lin_api_key" else {
        return .json(#"{"errors": [{"message": "Authentication required, not authenticated"}]}"#)
      }
      let bytes = try await request.body.collect(upTo: 100_000)
      let query = try JSONView(validating: Array(bytes.readableBytesView))
      return Self.answer(query, objects)
    }
    try await TestServer.run(router) { try await body($0.url) }
  }

  private static func answer(_ request: JSONView, _ objects: [String: [JSONView]]) -> Response {
    let text = request["query"]?.text ?? ""
    guard let name = objects.keys.first(where: { text.contains(" \($0)(first: $first, after: $after") }),
      let first = request["variables"]?["first"]?.number.flatMap({ Int($0) })
    else { return .json(#"{"errors": [{"message": "Cannot query that"}]}"#, status: .badRequest) }
    let team = request["variables"]?["filter"]?["team"]?["id"]?["eq"]?.text
    let all = (objects[name] ?? []).filter { team == nil || $0["team"]?["id"]?.text == team }
    let start = request["variables"]?["after"]?.text.flatMap { Int($0.dropFirst()) } ?? 0
    let end = min(all.count, start + min(first, pageLimit))
    return .json(
      #"{"data": {"\#(name)": {"nodes": \#(Array(all[start..<end]).list), "#
        + #""pageInfo": {"hasNextPage": \#(end < all.count), "endCursor": "c\#(end)"}}}}"#)
  }
}
