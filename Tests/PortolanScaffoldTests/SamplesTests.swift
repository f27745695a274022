import Portolan
import TestSupport
import Testing

@testable import PortolanScaffold

@Suite("an integration of sample files")
struct SamplesTests {
  private let projects = """
    {"values": [
      {"id": 10001, "key": "TICK", "name": "Tickets", "self": "https://acme.example/rest/project/10001"},
      {"id": 10002, "key": "ROUTE", "name": "Routes", "self": "https://acme.example/rest/project/10002"}
    ], "startAt": 0, "maxResults": 50, "total": 2}
    """
  private let issues = """
    [{"id": "9001", "key": "TICK-1", "fields": {"summary": "Late", "status": {"self": "x", "id": "1", "name": "Open"},
      "created": "2026-02-01T09:00:00.000+0200", "duedate": "2026-03-01", "project": {"id": "10001", "key": "TICK"},
      "labels": ["a"], "components": [{"id": "1", "name": "Web"}], "customfield_1": null, "subtasks": []}},
     {"id": "9002", "key": "ROUTE-7", "fields": {"summary": "Lost", "status": {"self": "x", "id": "2", "name": "Done"},
      "created": "2026-02-02T09:00:00.000+0200", "duedate": null, "project": {"id": "10002", "key": "ROUTE"},
      "labels": [], "components": [], "customfield_1": null, "subtasks": [{"key": "TICK-1"}]}}]
    """

  @Test("identifiers, titles, relations, formats and wrappers of Jira's shapes")
  func jira() async throws {
    let written = try await Written(scaffold(("projects.json", projects), ("issues.json", issues)))
    #expect(written.findings == [])
    let issue = try #require(written.entities("acmeIssue").first)
    #expect(issue["identifier"]?.text == "TICK-1")
    #expect(issue["title"]?.text == "Late")
    #expect(issue["properties"]?["status"]?.text == "Open")
    #expect(issue["properties"]?["components"]?.json == #"["Web"]"#)
    #expect(issue["properties"]?["duedate"]?.text == "2026-03-01T00:00:00Z")
    #expect(issue["relations"]?["project"]?.text == "TICK")
    let blueprint = try #require(written.blueprints["acmeIssue"])
    #expect(blueprint.property("created")?.format == "date-time")
    #expect(blueprint.relation("project")?.target == "acmeProject")
    #expect(blueprint.relation("subtasks")?.many == true)
    let mapping = try written.text(".port/acme/resources/port-app-config.yml")
    #expect(mapping.contains("null or empty in every sample: .fields.customfield_1."))
  }

  @Test("a kind is identified by the key that others name it by")
  func referredKey() async throws {
    let services = """
      [{"name": "Search", "slug": "search", "id": "svc-0001"}, {"name": "Web", "slug": "web", "id": "svc-0002"}]
      """
    let deployments = """
      [{"id": "d1", "service": "search"}, {"id": "d2", "service": "web"}, {"id": "d3", "service": "web"}]
      """
    let written = try await Written(scaffold(("services.json", services), ("deployments.json", deployments)))
    #expect(written.findings == [])
    #expect(written.entities("acmeService").map { $0["identifier"]?.text } == ["search", "web"])
    #expect(written.entities("acmeDeployment").last?["relations"]?["service"]?.text == "web")
  }

  @Test("numbers that happen to be somebody's identifier are no relation")
  func accidents() async throws {
    let projects = #"[{"id": 1, "name": "One"}, {"id": 2, "name": "Two"}]"#
    let issues = #"[{"id": 7, "votes": 1, "project_id": 2}, {"id": 8, "votes": 2, "project_id": 2}]"#
    let written = try await Written(scaffold(("projects.json", projects), ("issues.json", issues)))
    #expect(written.findings == [])
    #expect(written.blueprints["acmeIssue"]?.relations.map(\.name) == ["project"])
    #expect(written.blueprints["acmeIssue"]?.property("votes")?.type == .number)
  }

  @Test("a relation that some values speak against is only mentioned")
  func doubtful() async throws {
    let users = #"[{"id": "ada-1815"}, {"id": "grace-1906"}, {"id": "edsger-1930"}]"#
    let issues = #"""
      [{"id": 1, "owner": "ada-1815"}, {"id": 2, "owner": "grace-1906"}, {"id": 3, "owner": "nobody"}]
      """#
    let written = try await Written(scaffold(("users.json", users), ("issues.json", issues)))
    #expect(written.findings == [])
    #expect(written.blueprints["acmeIssue"]?.relations.isEmpty == true)
    #expect(written.blueprints["acmeIssue"]?.property("owner")?.type == .string)
    #expect(
      try written.text(".port/acme/resources/port-app-config.yml").contains("2 of 3 values are identifiers"))
  }

  @Test("a few texts that repeat are an enumeration; a name is none, and too little evidence makes none")
  func choices() async throws {
    let states = ["open", "closed", "open", "merged", "open", "closed"]
    let many = states.enumerated().map { #"{"id": "a\#($0)", "state": "\#($1)", "owner": "ada"}"# }
    let few = many.prefix(3)
    let written = try await Written(
      scaffold(("pulls.json", many.joined(separator: "\n")), ("drafts.json", few.joined(separator: "\n"))))
    #expect(written.findings == [])
    #expect(
      written.blueprints["acmePull"]?.property("state")?.enumValues == [
        #""open""#, #""closed""#, #""merged""#,
      ])
    #expect(written.blueprints["acmePull"]?.property("owner")?.enumValues == nil)
    #expect(written.blueprints["acmeDraft"]?.property("state")?.enumValues == nil)
  }

  @Test("without a unique key, two together identify; without these, all of the object")
  func identifiers() async throws {
    let pulls = """
      [{"repo": "web", "number": 1}, {"repo": "web", "number": 2}, {"repo": "api", "number": 1}]
      """
    let marks = #"[{"a": true}, {"a": false}, {"a": null}]"#
    let written = try await Written(scaffold(("pulls.json", pulls), ("marks.json", marks)))
    #expect(written.findings == [])
    #expect(written.entities("acmePull").map { $0["identifier"]?.text } == ["web-1", "web-2", "api-1"])
    #expect(Set(written.entities("acmeMark").compactMap { $0["identifier"]?.text }).count == 3)
  }

  @Test("characters that no identifier has are replaced, in relations too")
  func characters() async throws {
    let teams = #"[{"name": "Site Reliability"}, {"name": "Web & Mobile"}]"#
    let services = #"[{"id": "s1", "team": "Web & Mobile"}, {"id": "s2", "team": "Site Reliability"}]"#
    let written = try await Written(scaffold(("teams.json", teams), ("services.json", services)))
    #expect(written.findings == [])
    #expect(
      written.entities("acmeTeam").map { $0["identifier"]?.text } == ["Site-Reliability", "Web---Mobile"])
    #expect(written.entities("acmeService").first?["relations"]?["team"]?.text == "Web---Mobile")
  }

  @Test("of too many properties those that are filled in most often stay, and the rest is named")
  func limit() async throws {
    let members = (0..<80).map { number in #""field\#(number)": \#(number < 60 ? "null" : "1")"# }.joined(
      separator: ", ")
    let full = (0..<80).map { #""field\#($0)": 2"# }.joined(separator: ", ")
    let written = try await Written(
      scaffold(("things.json", #"[{"id": "a", \#(full)}, {"id": "b", \#(members)}]"#)))
    #expect(written.findings == [])
    let properties = written.blueprints["acmeThing"]?.properties.map(\.name) ?? []
    #expect(properties.count == 30)
    #expect(Set((60..<80).map { "field\($0)" }).isSubset(of: properties))
    #expect(
      try written.text(".port/acme/resources/port-app-config.yml").contains(
        "Left out, so that a person can read"))
  }

  @Test("the starter works at once")
  func starter() async throws {
    let written = try await Written(Scaffold(starter: IntegrationName("acme")))
    #expect(written.findings == [])
    #expect(written.entities("acmeItem").last?["relations"]?["parent"]?.text == "item-1")
    #expect(try written.text("README.md").contains("portolan new NAME --from"))
  }

  @Test(
    "lines, an object, a byte order mark: all are samples",
    arguments: [
      "{\"id\": \"a\"}\n\n{\"id\": \"b\"}\r\n", "{\"id\": \"a\"}", "\u{FEFF}[{\"id\": \"a\"}]",
      #"{"data": {"things": [{"id": "a"}]}}"#,
      #"{"data": {"repository": {"things": {"edges": [{"node": {"id": "a"}}], "pageInfo": {}}}}}"#,
      #"{"id": "a", "values": [{"x": 1}]}"#,
    ])
  func layouts(text: String) async throws {
    let written = try await Written(scaffold(("things.json", text)))
    #expect(written.findings == [])
    #expect(written.entities("acmeThing").first?["identifier"]?.text == "a")
  }

  @Test(
    "a file that is no sample is an error with its place",
    arguments: [
      ("[{\"id\": ]", "things.json:1:9"), ("[]", "no object in this file"), ("[1]", "things.json:1:2"),
      ("{\"id\": 1}\n[2]", "things.json:2:1"), (#"{"values": []}"#, "no object in this file"),
    ])
  func broken(text: String, part: String) throws {
    let error = #expect(throws: DiagnosticsError.self) { try scaffold(("things.json", text)) }
    #expect(error?.description.contains(part) == true)
  }

  @Test("several broken files are all named")
  func several() throws {
    let error = #expect(throws: DiagnosticsError.self) { try scaffold(("a.json", "["), ("b.json", "[]")) }
    #expect(error?.diagnostics.count == 2)
  }
}
