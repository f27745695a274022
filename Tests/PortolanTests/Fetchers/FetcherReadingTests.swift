import TestSupport
import Testing

@testable import Portolan

@Suite("docs/FETCHER.md: a fetcher.yml is read")
struct FetcherReadingTests {
  @Test("the address, headers, limits and kinds")
  func top() throws {
    let definition = try fetcher(fullFetcher)
    #expect(definition.file == "fetcher.yml")
    #expect(definition.baseURL.source == "{{ config.host }}/api")
    #expect(definition.headers.source == ["Accept=application/json"])
    let limits = definition.limits
    #expect(limits.concurrency == 4 && limits.perSecond == 2.5 && limits.timeout == 20)
    #expect(limits.attempts == 3 && limits.responseSize == 8 && limits.longestWait == 60)
    #expect(definition.kinds.map(\.name) == ["project", "issue", "part", "note"])
    #expect(definition.kinds[1].location == SourceLocation(file: "fetcher.yml", line: 39, column: 3))
    #expect(definition.brokenKinds.isEmpty)
  }

  @Test("every way to sign requests")
  func authentication() throws {
    let ways = try fetcher(fullFetcher).authentications
    #expect(
      ways.map { $0.condition?.text.split(separator: " ").first } == [
        "config.user", "config.bearer", "config.header", "config.key", "config.client", nil,
      ])
    guard case .basic(let username, let password) = ways[0].method,
      case .bearer(let token) = ways[1].method, case .header("X-Key", let header) = ways[2].method,
      case .query("api_key", let key) = ways[3].method, case .oauth2(let oauth2) = ways[4].method,
      case .login(let login) = ways[5].method
    else {
      Issue.record("\(ways.map(\.method))")
      return
    }
    #expect(
      [username, password, token, header, key].map(\.source) == [
        "{{ config.user }}", "{{ config.token }}", "{{ config.bearer }}", "{{ config.header }}",
        "{{ config.key }}",
      ])
    #expect(oauth2.tokenURL.source == "https://login.example.com/token")
    #expect(oauth2.clientID.source == "{{ config.client }}")
    #expect(oauth2.clientSecret.source == "{{ config.secret }}")
    #expect(oauth2.scope?.source == "read")
    #expect(oauth2.form.source == ["audience=api"])
    #expect(oauth2.sendsSecretInBody)
    #expect(login.list.method == "POST" && login.list.path.source == "/auth/login")
    #expect(login.list.query.source == ["v=1"] && login.list.headers.source == ["Accept=text/plain"])
    #expect(login.list.body?.source == #"{"password":"{{ config.token }}"}"#)
    #expect(login.lifetime?.text == ".body.expires_in")
    #expect(login.headers.source == ["Authorization=Token {{ login.token }}"])
    #expect(login.query.source == ["sid={{ login.sid }}"])
  }

  @Test("a list's request, and how its answer is read")
  func list() throws {
    let definition = try fetcher(fullFetcher)
    try #require(definition.kinds.count == 4, "\(definition.diagnostics)")
    let project = definition.kinds[0]
    #expect(project.description == "Projects")
    #expect(project.list.method == "GET" && project.list.path.source == "/projects")
    #expect(project.list.query.source == ["expand={{ selector.expand }}", "all={{ selector.all }}"])
    #expect(project.list.items?.text == ".values")
    #expect(project.list.none?.text == ".status == 404")
    #expect(project.list.error?.text == ".body.error")
    #expect(project.list.retry?.text == #".body.code == "BUSY""#)
    let issue = definition.kinds[1].list
    #expect(issue.method == "POST")
    #expect(issue.path.source == "/search/{{ parent.key }}/{{ kind }}")
    #expect(issue.headers.source == ["X-Deep={{ selector.deep }}"])
    #expect(
      issue.body?.source == #"{"jql":"{{ selector.jql }}","fields":"{{ selector.fields }}","max":100,"#
        + #""in":[1,"x {{ selector.limit }}",null]}"#)
    #expect(definition.kinds[2].list.form.source == ["a=b"])
  }

  @Test("every style of paging")
  func paging() throws {
    let kinds = try fetcher(fullFetcher).kinds
    let project = kinds[0].list.paging
    guard case .offset("startAt") = project.style else {
      Issue.record("\(project)")
      return
    }
    #expect(project.place == .query && project.limit == "maxResults" && project.size == 50)
    #expect(project.start == 1 && project.total?.text == ".body.total")
    #expect(project.until?.text == ".body.last" && project.pages == 9)
    let issue = kinds[1].list
    guard case .cursor(let cursor, "page.token") = issue.paging.style else {
      Issue.record("\(issue.paging)")
      return
    }
    #expect(cursor.text == ".body.next" && issue.paging.place == .body)
    guard case .next(let next)? = issue.joins.first?.list.paging.style else {
      Issue.record("\(issue.joins)")
      return
    }
    #expect(next.text == ".body.next")
    guard case .link("next") = kinds[2].list.paging.style else {
      Issue.record("\(kinds[2])")
      return
    }
    guard case .page("p") = kinds[3].list.paging.style else {
      Issue.record("\(kinds[3])")
      return
    }
    guard case .none = try #require(fetcher(fullFetcher).otherKinds).list.paging.style else {
      Issue.record("otherKinds has paging")
      return
    }
  }

  @Test("parents, what is added and what is joined")
  func parents() throws {
    let kinds = try fetcher(fullFetcher).kinds
    guard case .kind("project", let location, let settings)? = kinds[1].parent?.source else {
      Issue.record("\(kinds[1])")
      return
    }
    #expect(location.line == 45 && location.column == 20)
    #expect(settings.source == ["expand={{ selector.jql }}", "all={{ true }}"])
    #expect(kinds[1].parent?.condition?.text == ".open")
    guard case .values(let values)? = kinds[2].parent?.source else {
      Issue.record("\(kinds[2])")
      return
    }
    #expect(values.text == "config.parts")
    guard case .kind("issue", _, let none)? = kinds[3].parent?.source else {
      Issue.record("\(kinds[3])")
      return
    }
    #expect(none.isEmpty && kinds[0].parent == nil)
    #expect(kinds[1].list.added.map { "\($0.key): \($0.value.text)" } == ["__project: parent.key"])
    let join = try #require(kinds[1].list.joins.first)
    #expect(join.key == "__members" && join.condition?.text == ".open")
    #expect(join.list.path.source == "/{{ .id }}/members" && join.list.items?.text == ".m")
  }

  @Test("the settings of a selector, in full and short")
  func settings() throws {
    let settings = try fetcher(fullFetcher).kinds[1].settings
    #expect(settings.map(\.name) == ["jql", "fields", "deep", "limit"])
    #expect(settings.map(\.kind) == [.string, .list, .boolean, .integer])
    #expect(settings.map(\.defaultJSON) == ["\"open\"", #"["a","b"]"#, "false", nil])
    #expect(settings[0].description == "Which ones" && settings[0].values == ["open", "closed"])
    #expect(settings.map(\.isRequired) == [true, false, false, false])
    #expect(settings[3].location == SourceLocation(file: "fetcher.yml", line: 44, column: 7))
  }

  @Test("what is left out is as docs/FETCHER.md says")
  func defaults() throws {
    let definition = try fetcher("baseUrl: https://example.com\nkinds: {a: {get: /a}}")
    #expect(definition.diagnostics.isEmpty)
    let limits = definition.limits
    #expect(limits.concurrency == 10 && limits.perSecond == nil && limits.timeout == 30)
    #expect(limits.attempts == 8 && limits.responseSize == 64 && limits.longestWait == 900)
    #expect(definition.authentications.isEmpty && definition.otherKinds == nil)
    let kind = definition.kinds[0]
    #expect(kind.settings.isEmpty && kind.parent == nil && kind.list.body == nil && kind.list.items == nil)
  }

  @Test("a kind that is not listed is asked for as otherKinds says, under its own name")
  func others() throws {
    let definition = try fetcher(fullFetcher)
    #expect(definition.kind(named: "issue")?.list.method == "POST")
    #expect(definition.kind(named: "runbook")?.name == "runbook")
    #expect(definition.kind(named: "runbook")?.list.path.source == "/{{ kind }}s")
    #expect(try fetcher("baseUrl: https://e.com\nkinds: {a: {get: /a}}").kind(named: "b") == nil)
  }

  @Test("a kind with an error costs itself and those whose parent it is, and is never one of the others")
  func brokenKinds() throws {
    let definition = try fetcher(
      """
      baseUrl: https://example.com
      kinds:
        good: {get: /good}
        bad: {get: /bad, post: /bad}
        child: {parent: bad, get: "/{{ parent.id }}"}
        grandchild: {parent: child, get: "/{{ parent.id }}"}
      otherKinds: {get: "/{{ kind }}"}
      """)
    #expect(definition.kinds.map(\.name) == ["good"])
    #expect(definition.brokenKinds.sorted() == ["bad", "child", "grandchild"])
    #expect(definition.kind(named: "child") == nil && definition.kind(named: "else") != nil)
    #expect(definition.diagnostics.map(\.rule) == [.conflictingKeys, .invalidParent, .invalidParent])
  }

  @Test(
    "an error outside of kinds costs the file",
    arguments: [
      "kinds: {a: {get: /a}}", "baseUrl: {a: b}\nkinds: {a: {get: /a}}", "baseUrl: x\nkinds: []",
      "baseUrl: x\nlimits: {concurrency: 0}\nkinds: {a: {get: /a}}", "baseUrl: x",
      "baseUrl: x\nauth: {basic: {username: a}}\nkinds: {a: {get: /a}}",
      "baseUrl: x\nkinds: {a: {get: {{ b }}}}",
    ])
  func brokenFile(yaml: String) {
    #expect(throws: DiagnosticsError.self) { try fetcher(yaml) }
  }

  @Test("a file is read from its path; one that is not there is an error")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("fetcher.yml", fullFetcher)
    #expect(try FetcherDefinition.load(contentsOf: path).kinds.count == 4)
    let error = #expect(throws: DiagnosticsError.self) {
      try FetcherDefinition.load(contentsOf: folder.path + "/none.yml")
    }
    #expect(error?.diagnostics.map(\.rule) == [.unreadableFile])
  }
}
