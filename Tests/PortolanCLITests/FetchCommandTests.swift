import Foundation
import TestServer
import TestSupport
import Testing

@Suite("portolan fetch")
struct FetchCommandTests {
  private let site: LiveSite

  init() throws {
    site = try LiveSite()
  }

  /// A member of each object in a file of fixtures.
  private func values(_ name: String, _ key: String) throws -> [String] {
    let objects = try JSONSerialization.jsonObject(with: Data(try site.text(name).utf8)) as? [[String: Any]]
    return try #require(objects).map { "\($0[key] ?? "-")" }
  }

  /// The files in the folder of fixtures.
  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: site.folder.path + "/Fixtures/acme").sorted()
  }

  @Test("each kind goes into a file, the objects of several resources once, people under other names")
  func redacted() async throws {
    let (result, _) = try await site.run(["fetch", "acme"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try files() == ["person.json", "service.json"])
    #expect(try values("Fixtures/acme/service.json", "id") == ["s1", "s2", "s3", "s4", "s5"])
    let people = try site.text("Fixtures/acme/person.json")
    for personal in ["Robin", "Ortega", "Kim", "Larsen", "acme.example", LiveSite.token] {
      #expect(!people.contains(personal), "\(personal)")
    }
    #expect(try values("Fixtures/acme/person.json", "displayName").filter { $0 != "-" }.count == 2)
    #expect(result.errors.contains("Fixtures/acme/person.json"))
    // What was fetched can be mapped, without the site.
    let mapped = try Command.run(["dry-run", "acme", "--format", "ndjson"], in: site.folder.path)
    #expect(mapped.output.split(separator: "\n").count == 2 * 5 + 2, "\(mapped.errors)")
  }

  @Test("the same people get the same names each time")
  func stable() async throws {
    _ = try await site.run(["fetch", "--kind", "person"])
    let first = try site.text("Fixtures/acme/person.json")
    _ = try await site.run(["fetch", "--kind", "person"])
    #expect(try site.text("Fixtures/acme/person.json") == first)
  }

  @Test("--no-redact leaves them as they are, --kind fetches one kind, --limit the first objects")
  func options() async throws {
    let (plain, requests) = try await site.run(["fetch", "--kind", "person", "--no-redact"])
    #expect(plain.status == 0)
    #expect(requests.count == 2)
    #expect(try values("Fixtures/acme/person.json", "displayName") == ["Robin Ortega", "Kim Larsen"])
    #expect(try values("Fixtures/acme/person.json", "emailAddress")[1] == "kim.larsen@acme.example")
    #expect(try files() == ["person.json"])
    let limited = try await site.run(["fetch", "--limit", "1", "--no-redact"]).result
    #expect(limited.status == 0)
    #expect(try values("Fixtures/acme/person.json", "displayName") == ["Robin Ortega"])
    #expect(limited.errors.contains("1 object, the first ones"), "\(limited.errors)")
    let bad = try await site.run(["fetch", "--limit", "0"])
    #expect(bad.result.status == 2 && bad.requests.isEmpty)
  }

  @Test("a kind that fails leaves its file as it was, and the others are written")
  func failing() async throws {
    try site.folder.write("Fixtures/acme/person.json", #"[{"accountId": "old"}]"#)
    let (result, _) = try await site.run(["fetch"]) { request in
      request.target == "/people?cursor=c2" ? [.answer(500, "out of order")] : nil
    }
    #expect(result.status == 1)
    #expect(try site.text("Fixtures/acme/person.json") == #"[{"accountId": "old"}]"#)
    #expect(try values("Fixtures/acme/service.json", "id").count == 5)
    #expect(try files() == ["person.json", "service.json"])
    #expect(result.errors.contains("/people?cursor=c2 was answered with 500"), "\(result.errors)")
    #expect(result.errors.contains("Fixtures/acme/person.json is as it was"), "\(result.errors)")
    let none = try await site.run(["fetch", "--kind", "person", "--fixtures", "other"]) { _ in [.answer(404)]
    }
    #expect(none.result.errors.contains("other/person.json is not written"), "\(none.result.errors)")
  }

  @Test("Ctrl-C leaves whole files only", .timeLimit(.minutes(2)))
  func interrupted() async throws {
    try site.folder.write("Fixtures/acme/person.json", #"[{"accountId": "old"}]"#)
    let path = site.folder.path
    // The site is silent in the middle of the second kind, which the script is told by a file.
    let result = try await RawServer.run { request, _ in
      guard request.target == "/people?cursor=c2" else { return [LiveSite.answer(request)] }
      _ = FileManager.default.createFile(atPath: path + "/asked", contents: nil)
      return [.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"people\": [{\"accou"), .hang]
    } _: { server in
      try await Command.shellAside(
        #"""
        set -m
        "$PORTOLAN" fetch &
        fetch=$!
        while [ ! -e asked ]; do sleep 0.02; done
        kill -INT $fetch
        wait $fetch
        echo "status $?"
        """#, in: path, environment: LiveSite.environment(server.url))
    }
    #expect(result.output.contains("status 130"), "\(result.output) \(result.errors)")
    #expect(try site.text("Fixtures/acme/person.json") == #"[{"accountId": "old"}]"#)
    #expect(try values("Fixtures/acme/service.json", "id").count == 5)
    #expect(try files() == ["person.json", "service.json"])
    #expect(!result.output.contains(LiveSite.token) && !result.errors.contains(LiveSite.token))
  }

  @Test("what is not set is told before anything is asked or written")
  func notConfigured() async throws {
    let (result, requests) = try await site.run(
      ["fetch"], environment: ["OCEAN__INTEGRATION__CONFIG__ACME_TOKEN": ""])
    #expect(result.status == 2 && requests.isEmpty)
    #expect(result.errors.contains("OCEAN__INTEGRATION__CONFIG__ACME_TOKEN"), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: site.folder.path + "/Fixtures"))
  }
}

@Suite("Jira's integration, live")
struct LiveJiraTests {
  private static let token = "jira-s3cret-token-42"
  private static let email = "robin.ortega@example.com"

  private static func answer(_ request: RawServer.Request) -> RawServer.Step {
    let credentials = Data("\(email):\(token)".utf8).base64EncodedString()
    guard request["authorization"] == "Basic \(credentials)" else { return .answer(401, "who are you?") }
    if request.target.hasPrefix("/rest/api/3/project/search") {
      let page = request.target.contains("startAt=0") ? 0 : 1
      return .answer(
        200,
        #"{"startAt": \#(page), "total": 2, "isLast": \#(page == 1), "values": [{"id": "1\#(page)", "key": "P\#(page)", "name": "Project \#(page)", "self": "http://127.0.0.1/rest/api/3/project/1\#(page)"}]}"#
      )
    }
    let isFirst = !request.body.contains("nextPageToken")
    return .answer(
      200,
      #"{"issues": [{"id": "\#(isFirst ? 1 : 2)", "key": "P0-\#(isFirst ? 1 : 2)", "self": "http://127.0.0.1/rest/api/3/issue/1", "fields": {"summary": "Sail", "project": {"key": "P0"}}}]\#(isFirst ? #", "nextPageToken": "t2""# : "")}"#
    )
  }

  private func run(_ commands: [[String]], in path: String) async throws -> [Command.Result] {
    let results = try await RawServer.run { request, _ in
      [Self.answer(request)]
    } _: { server in
      var results: [Command.Result] = []
      for command in commands {
        results.append(
          try await Command.runAside(
            command, in: path,
            environment: [
              "OCEAN__INTEGRATION__CONFIG__JIRA_HOST": server.url, "NO_PROXY": "127.0.0.1",
              "OCEAN__INTEGRATION__CONFIG__ATLASSIAN_USER_EMAIL": Self.email,
              "OCEAN__INTEGRATION__CONFIG__ATLASSIAN_USER_TOKEN": Self.token,
            ]))
      }
      return results
    }
    for result in results {
      for stream in [result.output, result.errors] { #expect(!stream.contains(Self.token)) }
    }
    return results
  }

  @Test("the integration that is shipped")
  func shipped() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/.port", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: ".port/jira", toPath: folder.path + "/.port/jira")
    let results = try await run(
      [["map", "jira", "--live", "--kind", "project"], ["fetch", "jira", "--kind", "issue", "project"]],
      in: folder.path)
    #expect(results.map(\.status) == [0, 0], "\(results.map(\.errors))")
    #expect(results[0].output.split(separator: "\n").count == 2)
    #expect(results[0].output.contains(#""identifier":"P1""#))
    let issues = try String(contentsOfFile: folder.path + "/Fixtures/jira/issue.json", encoding: .utf8)
    #expect(issues.contains(#""P0-1""#) && issues.contains(#""P0-2""#))
  }

  @Test("a folder that is laid out as Ocean's own integration has the fetcher that is built in")
  func ocean() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "jira/.port/spec.yaml",
      """
      title: Jira
      features:
        - type: exporter
          resources: [{kind: project}, {kind: issue}]
      configurations:
        - {name: jiraHost, required: true, type: url}
        - {name: atlassianUserEmail, required: true, type: string, sensitive: true}
        - {name: atlassianUserToken, required: true, type: string, sensitive: true}
      """)
    try folder.write(
      "jira/.port/resources/port-app-config.yaml",
      #"""
      createMissingRelatedEntities: true
      resources:
        - kind: project
          selector: {query: "true"}
          port: {entity: {mappings: {identifier: .key, title: .name, blueprint: '"jiraProject"'}}}
        - kind: issue
          selector: {query: "true", jql: "project = P0"}
          port: {entity: {mappings: {identifier: .key, title: .fields.summary, blueprint: '"jiraIssue"'}}}
      """#)
    let results = try await run(
      [["map", "--live"], ["dry-run", "--live", "--format", "ndjson"], ["fetch"]], in: folder.path + "/jira")
    #expect(results.map(\.status) == [0, 0, 0], "\(results.map(\.errors))")
    for result in results.prefix(2) {
      #expect(result.output.split(separator: "\n").count == 4)
      #expect(result.output.contains(#""identifier":"P0-2""#))
    }
    #expect(FileManager.default.fileExists(atPath: folder.path + "/jira/.port/examples/issue.json"))
  }
}
