import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct OceanCustomFetcherTests {
  private func fetcher(_ url: String, _ settings: String = "", environment: [String: String] = [:]) throws
    -> OceanCustomFetcher
  {
    let configuration = #"{"baseUrl": "\#(url)/"\#(settings.isEmpty ? "" : ", " + settings)}"#
    return try OceanCustomFetcher(configuration: Array(configuration.utf8), environment: environment)
  }

  private let everyUser = ["0", "1", "2", "3", "4"]

  // MARK: Paging

  @Test(arguments: [
    (#""paginationType": "offset", "pageSize": "2""#, "/users", "."),
    (#""paginationType": "page", "pageSize": 2"#, "users", "."),
    (#""paginationType": "offset", "pageSize": 2"#, "/flagged", ".data.users"),
    (#""paginationType": "cursor", "pageSize": 2"#, "/cursor", ".users"),
    (#""paginationType": "cursor", "cursorPath": ".next_cursor""#, "/cursor", ".users"),
    (#""paginationType": "next_link""#, "/odata", ".value"),
    (#""paginationType": "header_link""#, "/linked", "."),
  ])
  func readsListsToTheirEnd(_ settings: String, _ kind: String, _ dataPath: String) async throws {
    try await OceanCustomServer(users: 5).run { url in
      let users = await (try fetcher(url, settings)).all(kind, selector: #"{"data_path": "\#(dataPath)"}"#)
      #expect(users.failure == nil)
      #expect(users.texts("id") == everyUser)
    }
  }

  /// Ocean takes a page that is shorter than it asked for as the last one.
  @Test(arguments: ["offset", "page"])
  func goesOnAfterAPageThatTheServerMadeShorter(_ style: String) async throws {
    try await OceanCustomServer(users: 5, pageLimit: 2).run { url in
      let users = await (try fetcher(url, #""paginationType": "\#(style)", "pageSize": 100"#)).all("/users")
      #expect(users.failure == nil)
      #expect(users.texts("id") == everyUser)
    }
  }

  /// One setting pages every list, and some are not paged.
  @Test(arguments: ["offset", "page", "cursor", "next_link", "header_link", "none"])
  func readsAListOnceThatIsNotPaged(_ style: String) async throws {
    try await OceanCustomServer(users: 5).run { url in
      let users = await (try fetcher(url, #""paginationType": "\#(style)""#)).all("/unpaged")
      #expect(users.failure == nil)
      #expect(users.texts("id") == everyUser)
    }
  }

  @Test func saysSoWhereAFullPageComesAgain() async throws {
    try await OceanCustomServer(users: 5).run { url in
      let users = await (try fetcher(url, #""paginationType": "offset", "pageSize": 5"#)).all("/unpaged")
      #expect("\(try #require(users.failure))".contains("does not go on"))
    }
  }

  @Test func saysSoWhereThereIsMoreAndNoCursor() async throws {
    try await OceanCustomServer().run { url in
      let users = await (try fetcher(url, #""paginationType": "cursor""#)).all(
        "/lost", selector: #"{"data_path": ".users"}"#)
      #expect("\(try #require(users.failure))".contains("set `cursorPath`"))
    }
  }

  @Test func saysSoWhereNothingTellsWhereTheListIs() async throws {
    try await OceanCustomServer().run { url in
      let users = await (try fetcher(url, #""paginationType": "offset", "pageSize": 2"#)).all("/lost")
      #expect("\(try #require(users.failure))".contains("set `data_path`"))
    }
  }

  @Test func takesNotFoundForThePageAfterTheLast() async throws {
    let log = RequestLog([.init(path: "page=4", times: 9) { .json("{}", status: .notFound) }])
    try await OceanCustomServer(users: 5, log: log).run { url in
      let users = await (try fetcher(url, #""paginationType": "page""#)).all("/users")
      #expect(users.failure == nil)
      #expect(users.texts("id") == everyUser)
    }
    #expect(log.requests(with: "page=4").count == 1)
  }

  /// Ocean logs it, and takes what came before for all that there is.
  @Test func failsWhereAPageIsLost() async throws {
    let log = RequestLog([.init(path: "offset=2", times: 9) { .json("{}", status: .internalServerError) }])
    try await OceanCustomServer(users: 5, log: log).run { url in
      let users = await (try fetcher(url, #""paginationType": "offset""#)).all("/users")
      #expect(users.failure is APIError)
      #expect(users.texts("id") == ["0", "1"])
    }
  }

  // MARK: Objects

  @Test(arguments: [(".me", ["7"]), (".none", []), (".me | {id}", ["7"]), ("[.me, .me]", ["7", "7"])])
  func takesAListAnObjectOrNothing(_ dataPath: String, _ ids: [String]) async throws {
    try await OceanCustomServer().run { url in
      let found = await (try fetcher(url)).all("/me", selector: #"{"data_path": "\#(dataPath)"}"#)
      #expect(found.failure == nil)
      #expect(found.texts("id") == ids)
    }
  }

  @Test func saysSoWhereAPathLeadsThroughAList() async throws {
    try await OceanCustomServer().run { url in
      let found = await (try fetcher(url)).all("/users", selector: #"{"data_path": ".users"}"#)
      let problem = try #require(found.failure as? Diagnostic)
      #expect(problem.rule == .fetcherExpressionFailed)
      #expect(problem.message.contains("(kind `/users`)"))
      #expect(problem.location == nil)
    }
  }

  // MARK: Path parameters

  @Test func asksForEachValueThatTheFilterLeaves() async throws {
    let server = OceanCustomServer()
    try await server.run { url in
      let roles = await (try fetcher(url)).all(
        "/teams/{team}/roles",
        selector: """
          {"data_path": "map({id: .})", "path_parameters": {"team": {"endpoint": "/teams", "data_path": ".teams", \
          "field": ".slug", "filter": ".on == true"}}}
          """)
      #expect(roles.failure == nil)
      #expect(roles.texts("__team") == ["a/b", "c"])
    }
    #expect(server.log.requests(with: "/roles").sorted() == ["GET /teams/a%2Fb/roles", "GET /teams/c/roles"])
  }

  /// Ocean resolves the first parameter only.
  @Test func combinesAllParameters() async throws {
    let server = OceanCustomServer()
    try await server.run { url in
      let fetcher = try fetcher(url)
      let selector = """
        {"path_parameters": {"role": {"endpoint": "roles", "field": "."}, \
        "team": {"endpoint": "/teams", "data_path": ".teams", "field": ".slug", "filter": ".on"}}}
        """
      let members = await fetcher.all("teams/{team}/roles/{role}/members", selector: selector)
      #expect(members.failure == nil)
      #expect(members.texts("__team") == ["a/b", "a/b", "c", "c"])
      #expect(members.texts("__role") == ["1", "2", "1", "2"])
      _ = await fetcher.all("teams/{team}/roles/{role}/members", selector: selector)
    }
    #expect(server.log.requests(with: "GET /teams").filter { !$0.contains("members") }.count == 1)
  }

  // MARK: Signing

  @Test(arguments: [
    (#""authType": "bearer_token", "apiToken": "{{ secret }}""#, ["Authorization": "Bearer {{ secret }}"]),
    (#""authType": "basic", "username": "robin", "password": "x""#, ["Authorization": "Basic cm9iaW46eA=="]),
    (#""authType": "api_key", "apiKey": "key""#, ["X-API-Key": "key"]),
    (#""authType": "api_key", "apiKey": "key", "apiKeyHeader": "X-Other""#, ["X-Other": "key"]),
    (#""customHeaders": "{\"X-Tenant\": \"${TENANT}-{{1}}\"}""#, ["X-Tenant": "blue-{{1}}"]),
    (
      #"""
      "authType": "custom", "customAuthRequest": {"endpoint": "login", "body": {"user": "robin"}}, \#
      "customAuthRequestTemplate": {"headers": {"X-Token": "T {{.access.token}}"}}
      """#, ["X-Token": "T t-robin"]
    ),
    (
      #"""
      "authType": "custom", \#
      "customAuthRequest": "{\"endpoint\": \"/login\", \"bodyForm\": \"user=robin&a=b%20c\"}", \#
      "customAuthRequestTemplate": {"headers": {"X-Token": "{{.access.token}}"}}
      """#, ["X-Token": "t-robin"]
    ),
  ])
  func signsRequests(_ settings: String, _ wanted: [String: String]) async throws {
    try await OceanCustomServer(users: 2, wanted: wanted).run { url in
      let users = await (try fetcher(url, settings, environment: ["TENANT": "blue"])).all("/users")
      #expect(users.failure == nil)
      #expect(users.objects.count == 2)
    }
  }

  @Test func sendsWhatTheSelectorSays() async throws {
    let server = OceanCustomServer(wanted: ["X-One": "1"])
    try await server.run { url in
      let users = await (try fetcher(url)).all(
        "/users",
        selector:
          #"{"query": "true", "query_params": {"a": 1, "b": ["x", "{{y}}"], "c": true}, "headers": {"X-One": "1"}}"#
      )
      #expect(users.failure == nil)
    }
    #expect(server.log.requests == ["GET /users?a=1&b=x&b=%7B%7By%7D%7D&c=true"])
  }

  // MARK: Folders

  @Test func runsAFolderAsOceanHasIt() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      ".port/spec.yaml",
      """
      title: Ocean Custom
      features: [{type: exporter, resources: [{kind: dynamic}]}]
      configurations:
        - {name: baseUrl, type: string}
        - {name: paginationType, type: string, default: none}
        - {name: pageSize, type: string, default: "100"}
      """)
    try folder.write(".port/resources/port-app-config.yml", "resources: []")
    let integration = try #require(Integration.find(in: folder.path).first)
    try await OceanCustomServer(users: 5).run { url in
      let set = [
        "OCEAN__INTEGRATION__CONFIG__BASE_URL": url, "OCEAN__INTEGRATION__CONFIG__PAGINATION_TYPE": "page",
      ]
      var fetcher = try IntegrationFetcher(integration, environment: set)
      #expect(await fetcher.all("/users").texts("id") == everyUser)
      fetcher.objectLimit = 3
      #expect(await fetcher.all("/users").texts("id") == ["0", "1", "2"])
    }
    #expect(throws: DiagnosticsError.self) { try IntegrationFetcher(integration, environment: [:]) }
  }
}
