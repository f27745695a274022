import Portolan
import RawJSON
import Testing

@testable import PortolanHTTP

@Suite struct JiraEventTests {
  private static func fetcher(_ url: String = "http://127.0.0.1:9") throws -> DeclaredFetcher {
    try .shipped("jira", config: ["jiraHost": url, "atlassianUserToken": "jira-token"])
  }

  // MARK: What an event is about

  @Test(
    arguments: [
      ("issue-created", ["issue 10214"]), ("issue-updated", ["issue 10214"]),
      ("issue-deleted", ["issue 10214 deleted"]),
      ("project-created", ["project 10004"]), ("project-updated", ["project 10004"]),
      ("project-archived", ["project 10004"]), ("project-soft-deleted", ["project 10004 deleted"]),
      ("project-deleted", ["project 10004 deleted"]), ("project-restored-deleted", ["project 10004"]),
      ("user-created", ["user 5b10a2844c20165700ede21g"]),
      ("user-updated", ["user 5b10a2844c20165700ede21g"]),
      ("user-deleted", ["user 5b10a2844c20165700ede21g deleted"]),
      ("version-created", ["release 10031"]), ("version-released", ["release 10031"]),
      ("version-deleted", ["release 10031 deleted"]),
      ("version-merged", ["release 10031 deleted", "release 10032"]),
      ("board-created", ["board 34"]), ("board-updated", ["board 34"]),
      ("board-deleted", ["board 34 deleted"]),
      ("sprint-created", ["sprint 117"]), ("sprint-started", ["sprint 117"]),
      ("sprint-closed", ["sprint 117"]),
      ("sprint-deleted", ["sprint 117 deleted"]),
      ("worklog-created", ["worklog 10501"]), ("worklog-updated", ["worklog 10501"]),
      ("worklog-deleted", ["worklog 10501 deleted"]),
    ])
  func isAbout(_ event: String, _ objects: [String]) throws {
    #expect(try Self.fetcher().objects(of: .sample("jira/\(event)")).map(\.summary) == objects)
  }

  @Test(arguments: [
    #"{"webhookEvent": "comment_created", "comment": {}}"#, #"{"webhookEvent": "sprint_created"}"#, "{}",
    "[]", "",
  ])
  func isAboutNothing(_ body: String) throws {
    // What is no object at all cannot be understood.
    if body == "[]" {
      #expect(throws: Diagnostic.self) { try Self.fetcher().objects(of: .json(body)) }
    } else {
      #expect(try Self.fetcher().objects(of: .json(body)).isEmpty)
    }
  }

  @Test func whatIsDeletedIsAsFarAsItCanBeKnown() throws {
    let sprint = try #require(try Self.fetcher().objects(of: .sample("jira/sprint-deleted")).first)
    #expect(sprint.text("__boardId") == "34")
    #expect(sprint.text("name") == "TICK Sprint 17")
    // The project's key, the projects of a board and the issue's key would have to be asked for.
    let release = try #require(try Self.fetcher().objects(of: .sample("jira/version-deleted")).first)
    #expect(release.text("id") == "10031" && release.text("__projectKey") == nil)
    let board = try #require(try Self.fetcher().objects(of: .sample("jira/board-deleted")).first)
    #expect(board.text("name") == "TICK board" && board.text("__projectKeys") == nil)
    let project = try #require(try Self.fetcher().objects(of: .sample("jira/project-deleted")).first)
    // As text, as the list has it.
    #expect(JSONView(valid: project.json)["id"]?.text == "10004")
  }

  // MARK: The object as it is now

  private static let version = #"{"id": "10031", "name": "2.4", "released": true, "projectId": 10004}"#
  private static let board = #"{"id": 34, "name": "TICK board", "type": "scrum"}"#
  private static let sprint =
    #"{"id": 117, "name": "TICK Sprint 17", "state": "active", "originBoardId": 34}"#
  private static let worklog =
    #"{"id": "10501", "issueId": "10214", "started": "2026-03-09T08:30:00.000+0100", "timeSpentSeconds": 3600}"#
  private static let project = #"{"id": "10004", "key": "TICK", "name": "Ticketing"}"#

  private static func page(_ key: String, _ object: String) -> String {
    #"{"startAt": 0, "maxResults": 50, "total": 1, "isLast": true, "\#(key)": [\#(object)]}"#
  }

  /// A site with one object of each kind.
  private static let site = CannedServer(
    .init("GET /rest/api/3/project/search", page("values", project)),
    .init("POST /rest/api/3/search/jql", page("issues", #"{"id": "10214", "key": "TICK-214"}"#)),
    .init("GET /rest/api/3/users/search?startAt=0", #"[{"accountId": "5b10a2844c20165700ede21g"}]"#),
    .init("GET /rest/api/3/users/search", "[]"),
    .init(
      "GET /rest/api/3/user?accountId=5b10a2844c20165700ede21g", #"{"accountId": "5b10a2844c20165700ede21g"}"#
    ),
    .init("GET /rest/api/3/project/TICK/version", page("values", version)),
    .init("GET /rest/api/3/version/10031", version),
    .init("GET /rest/agile/1.0/board/34/project", page("values", project)),
    .init("GET /rest/agile/1.0/board/34/sprint", page("values", sprint)),
    .init("GET /rest/agile/1.0/board/34", board),
    .init("GET /rest/agile/1.0/board", page("values", board)),
    .init("GET /rest/agile/1.0/sprint/117", sprint),
    .init("GET /rest/api/3/issue/10214/worklog/10501", worklog),
    .init("GET /rest/api/3/issue/TICK-214/worklog", page("worklogs", worklog)))

  @Test(
    arguments: [
      ("issue", "issue-updated"), ("issue", "issue-created"), ("project", "project-created"),
      ("project", "project-updated"), ("project", "project-restored-deleted"), ("user", "user-created"),
      ("user", "user-updated"), ("release", "version-created"), ("release", "version-released"),
      ("board", "board-created"), ("board", "board-updated"), ("sprint", "sprint-started"),
      ("worklog", "worklog-created"), ("worklog", "worklog-updated"),
    ])
  func isAsItsListHasIt(_ kind: String, _ event: String) async throws {
    try await Self.site.run { url in
      let fetcher = try Self.fetcher(url)
      let list = await fetcher.all(kind)
      #expect(list.failure == nil)
      let object = try await fetcher.object(of: .sample("jira/\(event)"), kind)
      #expect(object?.json == list.objects.first?.json && list.objects.count == 1)
    }
  }

  @Test(
    arguments: [
      ("project", "project-archived"), ("user", "user-updated"), ("release", "version-released"),
      ("board", "board-updated"), ("sprint", "sprint-started"), ("worklog", "worklog-updated"),
    ])
  func isGone(_ kind: String, _ event: String) async throws {
    // Of the project the search finds nothing; of the others nothing is at their address.
    try await CannedServer(
      .init("GET /rest/api/3/project/search", #"{"total": 0, "isLast": true, "values": []}"#)
    )
    .run { url in
      let found = try await Self.fetcher(url).object(of: .sample("jira/\(event)"), kind)
      #expect(found == nil)
    }
  }

  // MARK: What the selector says

  private static func asked(
    _ event: String, _ kind: String, selector: String, _ answers: CannedServer.Answer...
  ) async throws -> (object: JSONView?, requests: [String]) {
    let server = CannedServer(answers)
    nonisolated(unsafe) var object: JSONView?
    try await server.run { url in
      object = try await fetcher(url).object(of: .sample("jira/\(event)"), kind, selector: selector)
    }
    return (object, server.log.requests)
  }

  @Test(
    arguments: [
      (#"{"jql": "project = TICK OR labels = gates"}"#, "(project = TICK OR labels = gates) AND id = 10214"),
      (#"{"jql": "project = TICK ORDER BY \"Story Points\" desc, rank"}"#, "(project = TICK) AND id = 10214"),
      (#"{"jql": "order by created"}"#, "id = 10214"), (#"{"jql": ""}"#, "id = 10214"),
      (#"{"jql": "summary ~ 'order by mail'"}"#, "(summary ~ 'order by mail') AND id = 10214"),
    ])
  func issuesAreAskedForByTheQueryOfTheSelector(_ selector: String, _ jql: String) async throws {
    let answer = CannedServer.Answer(
      "POST /rest/api/3/search/jql", #"{"isLast": true, "issues": [{"id": "10214"}]}"#)
    let found = try await Self.asked("issue-updated", "issue", selector: selector, answer)
    #expect(found.object?.text("id") == "10214")
    let body = JSONView(
      valid: Array(
        (found.requests.first?.split(separator: " ").dropFirst(2).joined(separator: " ") ?? "{}").utf8))
    #expect(body["jql"]?.text == jql)
    #expect(body["reconcileIssues"]?.json == "[10214]")
    #expect(body["fields"]?.json == #"["*all"]"#)
  }

  @Test func anIssueThatTheQueryDoesNotFindIsGone() async throws {
    let none = CannedServer.Answer("POST /rest/api/3/search/jql", #"{"isLast": true, "issues": []}"#)
    #expect(try await Self.asked("issue-updated", "issue", selector: "{}", none).object == nil)
    let missing = CannedServer.Answer(
      "POST /rest/api/3/search/jql",
      #"{"errorMessages": ["An issue with key '10214' does not exist for field 'id'."], "errors": {}}"#,
      status: .badRequest)
    #expect(try await Self.asked("issue-updated", "issue", selector: "{}", missing).object == nil)
    // A mistake in the query itself says nothing of the issue.
    let wrong = CannedServer.Answer(
      "POST /rest/api/3/search/jql",
      #"{"errorMessages": ["The value 'TICKK' does not exist for the field 'project'."]}"#,
      status: .badRequest)
    await #expect(throws: Diagnostic.self) {
      try await Self.asked("issue-updated", "issue", selector: #"{"jql": "project = TICKK"}"#, wrong)
    }
  }

  @Test(
    arguments: [
      (#"{}"#, true), (#"{"boardType": "scrum"}"#, true), (#"{"boardType": "kanban"}"#, false),
      (#"{"boardType": "kanban, scrum"}"#, true), (#"{"boardType": ["kanban"]}"#, false),
      (#"{"projectKey": "TICK"}"#, true), (#"{"projectKey": "10004"}"#, true),
      (#"{"projectKey": "ROUTE"}"#, false),
    ])
  func boardsAreOfTheTypeAndProjectOfTheSelector(_ selector: String, _ isKept: Bool) async throws {
    try await Self.site.run { url in
      let object = try await Self.fetcher(url).object(
        of: .sample("jira/board-updated"), "board", selector: selector)
      #expect((object != nil) == isKept)
    }
  }

  @Test(
    arguments: [
      (#"{}"#, true), (#"{"sprintState": ["closed", "future"]}"#, false), (#"{"sprintState": null}"#, true),
      (#"{"sprintState": "future,active"}"#, true), (#"{"sprintState": []}"#, true),
    ])
  func sprintsAreInTheStateOfTheSelector(_ selector: String, _ isKept: Bool) async throws {
    try await Self.site.run { url in
      let object = try await Self.fetcher(url).object(
        of: .sample("jira/sprint-started"), "sprint", selector: selector)
      #expect((object != nil) == isKept)
      if let object { #expect(object.text("__boardId") == "34") }
    }
  }

  @Test(
    arguments: [
      // 2026-03-09T07:30:00Z
      (1_773_041_400_000, nil as Int?, true), (1_773_041_400_001, nil, false), (nil, 1_773_041_400_000, true),
      (nil, 1_773_041_399_999, false), (1_773_041_399_000, 1_773_041_401_000, true),
    ] as [(Int?, Int?, Bool)])
  func worklogsBeganWhenTheSelectorSays(_ after: Int?, _ before: Int?, _ isKept: Bool) async throws {
    let limits = [after.map { #""startedAfter": \#($0)"# }, before.map { #""startedBefore": \#($0)"# }]
    let selector = #"{"apiQueryParams": {\#(limits.compactMap { $0 }.joined(separator: ","))}}"#
    try await Self.site.run { url in
      let object = try await Self.fetcher(url).object(
        of: .sample("jira/worklog-created"), "worklog", selector: selector)
      #expect((object != nil) == isKept)
    }
  }

  @Test func aWorklogOfAnIssueThatTheQueryDoesNotFindIsGone() async throws {
    let found = try await Self.asked(
      "worklog-updated", "worklog", selector: #"{"jql": "project = TICK"}"#,
      .init("GET /rest/api/3/issue/10214/worklog/10501", Self.worklog),
      .init("POST /rest/api/3/search/jql", #"{"isLast": true, "issues": []}"#))
    #expect(found.object == nil)
    #expect(
      found.requests.last?.contains(#""jql":"(project = TICK) AND id = 10214","fields":["key"]"#) == true)
  }

  @Test func aReleaseOfAProjectThatIsArchivedIsGone() async throws {
    let found = try await Self.asked(
      "version-released", "release", selector: "{}", .init("GET /rest/api/3/version/10031", Self.version),
      .init("GET /rest/api/3/project/search?id=10004", #"{"total": 0, "isLast": true, "values": []}"#))
    #expect(found.object == nil)
    #expect(found.requests.count == 2)
  }

  @Test func anAPIThatFailsIsNotOneThatHasNothing() async throws {
    let refused = CannedServer.Answer("GET /rest/api/3/version", "{}", status: .forbidden)
    do {
      _ = try await Self.asked("version-released", "release", selector: "{}", refused)
      Issue.record("it was answered")
    } catch let problem as Diagnostic {
      #expect(problem.rule.rawValue == "not-authorized")
      #expect(
        problem.message.contains("/rest/api/3/version/10031") && problem.message.contains("kind `release`"))
      #expect(problem.location?.file == ".port/jira/fetcher.yml")
    }
  }
}
