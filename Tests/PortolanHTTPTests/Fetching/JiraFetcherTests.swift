import Hummingbird
import Portolan
import Testing

@testable import PortolanHTTP

@Suite struct JiraFetcherTests {
  private func fetcher(_ url: String) throws -> DeclaredFetcher {
    try .shipped(
      "jira",
      config: [
        "jiraHost": url, "atlassianUserEmail": "robin@example.com", "atlassianUserToken": "jira-token",
        "atlassianOrganizationId": "org-1",
      ])
  }

  @Test func givesEveryProjectAcrossPages() async throws {
    let server = JiraServer(projects: 5)
    try await server.run { url in
      let projects = try await fetcher(url).all("project", selector: #"{"expand": "lead"}"#)
      #expect(projects.failure == nil)
      #expect(projects.texts("key") == ["P0", "P1", "P2", "P3", "P4"])
    }
    #expect(server.log.requests(with: "expand=lead").count == server.log.requests.count)
  }

  @Test func goesThroughIssuesByTheTokenInTheBody() async throws {
    let server = JiraServer(issues: 7)
    try await server.run { url in
      let issues = try await fetcher(url).all(
        "issue", selector: #"{"jql": "project = P0", "fields": "summary, status"}"#)
      #expect(issues.failure == nil)
      #expect(issues.texts("key") == (0..<7).map { "P0-\($0)" })
    }
    #expect(server.log.requests.count == 4)
  }

  @Test func readsUsersUntilAPageIsEmpty() async throws {
    try await JiraServer(users: 5).run { url in
      let found = try await fetcher(url).all("user")
      #expect(found.texts("accountId") == ["u0", "u1", "u2", "u3", "u4"])
    }
  }

  @Test func putsMembersIntoTeamsWhereTheSelectorSaysSo() async throws {
    let server = JiraServer(membersOfTeam: 3)
    try await server.run { url in
      let plain = try await fetcher(url).all("team")
      #expect(plain.texts("teamId") == ["t0", "t1", "t2"])
      #expect(plain.texts("__members") == ["-", "-", "-"])
      let teams = try await fetcher(url).all("team", selector: #"{"includeMembers": true}"#)
      #expect(teams.failure == nil)
      #expect(
        teams.texts("__members")
          == Array(repeating: #"[{"accountId":"u0"},{"accountId":"u1"},{"accountId":"u2"}]"#, count: 3))
    }
  }

  @Test func addsTheProjectToReleasesAndComponents() async throws {
    try await JiraServer(projects: 2).run { url in
      let releases = try await fetcher(url).all("release")
      #expect(releases.failure == nil)
      #expect(releases.texts("id") == ["P0-0", "P0-1", "P0-2", "P1-0", "P1-1", "P1-2"])
      #expect(releases.texts("__projectKey") == ["P0", "P0", "P0", "P1", "P1", "P1"])
      let components = try await fetcher(url).all("component")
      #expect(components.objects.map { $0["__project"]?["key"]?.text } == ["P0", "P1"])
    }
  }

  @Test func putsProjectsIntoBoards() async throws {
    try await JiraServer(boards: 2).run { url in
      let boards = try await fetcher(url).all("board")
      #expect(boards.failure == nil)
      #expect(boards.texts("__projectKeys") == [#"["P0","P1"]"#, #"["P0","P1"]"#])
      #expect(boards.objects[0]["__projects"]?.elements?.count == 2)
    }
  }

  @Test func passesOverBoardsWithoutSprints() async throws {
    let server = JiraServer(boards: 3)
    try await server.run { url in
      let sprints = try await fetcher(url).all(
        "sprint", selector: #"{"sprintState": ["active", "future"]}"#)
      #expect(sprints.failure == nil)
      #expect(sprints.texts("id") == ["100", "101", "120", "121"])
      #expect(sprints.texts("__boardId") == ["0", "0", "2", "2"])
    }
    #expect(
      server.log.requests(with: "state=active%2Cfuture").count == server.log.requests(with: "/sprint").count)
  }

  @Test func readsWhatHangsOnBoardsAndIssues() async throws {
    try await JiraServer(issues: 2, boards: 2).run { url in
      let fetcher = try fetcher(url)
      #expect(await fetcher.all("epic").texts("key") == ["P0-000", "P0-100"])
      #expect(await fetcher.all("backlog").texts("key") == ["B0-0", "B0-1", "B0-2", "B1-0", "B1-1", "B1-2"])
      let worklogs = await fetcher.all("worklog")
      #expect(worklogs.texts("__issueKey") == ["P0-0", "P0-0", "P0-1", "P0-1"])
    }
  }

  @Test func asksForTheParentsOfSeveralKindsOnce() async throws {
    let server = JiraServer(boards: 2)
    try await server.run { url in
      let fetcher = try fetcher(url)
      _ = await fetcher.all("sprint")
      let asked = server.log.requests(with: "agile/1.0/board?").count
      _ = await fetcher.all("epic")
      #expect(server.log.requests(with: "agile/1.0/board?").count == asked)
      _ = await fetcher.afresh().all("epic")
      #expect(server.log.requests(with: "agile/1.0/board?").count == 2 * asked)
    }
  }

  @Test func signsWithTheAddressAndTheTokenOrWithTheTokenAlone() async throws {
    // robin@example.com:jira-token
    try await JiraServer(authorization: "Basic cm9iaW5AZXhhbXBsZS5jb206amlyYS10b2tlbg==").run { url in
      let found = try await fetcher(url).all("project")
      #expect(found.failure == nil)
    }
    try await JiraServer(authorization: "Bearer jira-token").run { url in
      let bearer = try DeclaredFetcher.shipped(
        "jira", config: ["jiraHost": url, "atlassianUserToken": "jira-token"])
      #expect(await bearer.all("project").failure == nil)
      let refused = try await fetcher(url).all("project")
      #expect(refused.objects.isEmpty)
      let message = "\(refused.failure.map { "\($0)" } ?? "none")"
      #expect(message.contains("401"), "\(message)")
      #expect(!message.contains("jira-token") && !message.contains("cm9iaW5A"), "\(message)")
    }
  }

  @Test func aKindWhoseParentsFailInPartIsNotComplete() async throws {
    let server = JiraServer(
      boards: 3,
      log: RequestLog([.init(path: "board/0/sprint", times: 100) { .json("{}", status: .forbidden) }]))
    try await server.run { url in
      let sprints = try await fetcher(url).all("sprint")
      // What the other boards have is fetched all the same.
      #expect(sprints.texts("id") == ["120", "121"])
      #expect("\(sprints.failure.map { "\($0)" } ?? "none")".contains("board/0/sprint"))
    }
  }
}
