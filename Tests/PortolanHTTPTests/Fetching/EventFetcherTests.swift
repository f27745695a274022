import Foundation
import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct EventFetcherTests {
  /// A fetcher of one kind, `thing`, with an `event`.
  private static func fetcher(
    _ event: String, url: String = "http://127.0.0.1:9", kind: String = "", events: String = "verify: github"
  ) throws -> DeclaredFetcher {
    let yaml = """
      baseUrl: "\(url)"
      limits: {attempts: 1}
      events: {\(events)}
      kinds:
        thing:
          get: /things
      \(kind.split(separator: "\n").map { "    \($0)\n" }.joined())    event: {\(event)}
      """
    return try DeclaredFetcher(
      try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml"), config: Array("{}".utf8))
  }

  @Test func anEventMayHoldSeveralObjectsAndSayOfEachWhetherItIsGone() throws {
    let fetcher = try Self.fetcher(
      #"when: '.headers["x-event"] == "things"', objects: .body.changes, key: .id, deleted: .is == event.body.gone"#
    )
    let body = #"{"gone": "x", "changes": [{"id": 1}, null, {"id": 2, "is": "x"}]}"#
    var event = RawEvent.json(body)
    #expect(try fetcher.objects(of: event).isEmpty)
    event.headers["X-Event"] = "things"
    #expect(try fetcher.objects(of: event).map(\.summary) == ["thing 1", "thing 2 deleted"])
  }

  @Test func deletedSeesTheObjectAndTheEvent() throws {
    let fetcher = try Self.fetcher(
      "objects: .body.changes, key: .id, deleted: .id as $id | event.body.gone | any(. == $id)")
    let event = RawEvent.json(#"{"gone": [2], "changes": [{"id": 1}, {"id": 2}]}"#)
    #expect(try fetcher.objects(of: event).map(\.summary) == ["thing 1", "thing 2 deleted"])
  }

  @Test(
    arguments: [
      ("objects: .body, key: .id", "{", "not JSON"), ("objects: .body, key: .nope", "{}", "`key`"),
      ("objects: .body, key: .id", #"{"id": {}}"#, "`key`"),
      ("objects: .body, key: .id", "[1]", "not an object"),
      ("objects: .body | keys | error, key: .id", "{}", "fails"),
    ])
  func whatCannotBeUnderstoodSaysWhy(_ event: String, _ body: String, _ says: String) throws {
    do {
      _ = try Self.fetcher(event).objects(of: .json(body))
      Issue.record("it was understood")
    } catch let problem as Diagnostic {
      #expect(problem.message.contains(says), "\(problem)")
      if says != "not JSON" {
        #expect(problem.message.contains("kind `thing`") && problem.location?.line == 7, "\(problem)")
      }
    }
  }

  @Test func withoutARequestTheEventsObjectIsTakenAsItIs() async throws {
    let fetcher = try Self.fetcher(
      "objects: .body, key: .id, parent: .box, keep: .size > selector.least",
      kind:
        "parent: {values: '[1]', when: .open}\nselector: {least: {type: number, default: 5}}\nadd: {__box: parent.name}"
    )
    let event = RawEvent.json(#"{"id": 1, "size": 7, "box": {"name": "b", "open": true}}"#)
    let found = try await fetcher.object(of: event, "thing")
    #expect(found?.text("__box") == "b")
    #expect(try await fetcher.object(of: event, "thing", selector: #"{"least": 8}"#) == nil)
    // Its kind is asked for in open boxes alone, and in a box at all.
    let closed = RawEvent.json(#"{"id": 1, "size": 7, "box": {"open": false}}"#)
    #expect(try await fetcher.object(of: closed, "thing") == nil)
    #expect(try await fetcher.object(of: .json(#"{"id": 1, "size": 7}"#), "thing") == nil)
    await #expect(throws: Diagnostic.self) {
      try await fetcher.object(of: event, "thing", selector: #"{"least": "many"}"#)
    }
  }

  @Test func whatIsAnsweredMayBePickedByTheObject() async throws {
    try await CannedServer(.init("GET /things?name=a", #"{"all": [{"id": 1}, {"id": 2}]}"#)).run { url in
      let event = RawEvent.json(#"{"id": 2, "name": "a"}"#)
      let picked = try Self.fetcher(
        #"objects: .body, key: .id, get: /things, query: {name: "{{ .name }}"}, items: ".all | map(select(.id == object.id))""#,
        url: url)
      #expect(try await picked.object(of: event, "thing")?.text("id") == "2")
      let all = try Self.fetcher(
        #"objects: .body, key: .id, get: /things, query: {name: "{{ .name }}"}, items: .all"#, url: url)
      do {
        _ = try await all.object(of: event, "thing")
        Issue.record("one of two was taken")
      } catch let problem as Diagnostic {
        #expect(problem.message.contains("2 objects"), "\(problem)")
      }
    }
  }

  @Test(arguments: [(404, true), (410, true), (403, false), (400, false), (500, false)])
  func onlyTwoStatusesSayThatItIsGone(_ status: Int, _ isGone: Bool) async throws {
    let server = CannedServer(.init("GET /things/1", "{}", status: .init(code: status)))
    try await server.run { url in
      let fetcher = try Self.fetcher("objects: .body, key: .id, get: '/things/{{ .id }}'", url: url)
      if isGone {
        #expect(try await fetcher.object(of: .json(#"{"id": 1}"#), "thing") == nil)
      } else {
        await #expect(throws: Diagnostic.self) { try await fetcher.object(of: .json(#"{"id": 1}"#), "thing") }
      }
    }
  }

  @Test func aKindWithoutEventsCannotBeAskedForOneObject() async throws {
    let fetcher = try Self.fetcher("objects: .body, key: .id", kind: "", events: "verify: github")
    let plain = try DeclaredFetcher.ofThings("http://127.0.0.1:9", "{get: /things}")
    let object = try #require(try fetcher.objects(of: .json(#"{"id": 1}"#)).first)
    #expect(try plain.objects(of: .json(#"{"id": 1}"#)).isEmpty)
    await #expect(throws: Diagnostic.self) { try await plain.fetch(object, for: FetchRequest(kind: "thing")) }
  }

  // MARK: Webhooks

  private static let create = """
    verify: {header: X-Token}, create: {find: {get: /hooks}, same: .url == webhook.url, post: /hooks, \
    body: {url: "{{ webhook.url }}", secret: "{{ webhook.secret }}"}}
    """

  @Test(arguments: [nil, "whisper"])
  func aWebhookIsCreatedOnce(_ secret: String?) async throws {
    let event = "objects: .body, key: .id"
    let without = CannedServer(
      .init("GET /hooks", #"[{"url": "https://else.example.com"}]"#), .init("POST /hooks", "{}"))
    try await without.run { url in
      let made = try await Self.fetcher(event, url: url, events: Self.create).createWebhooks(
        at: "https://a.example.com/events", secret: secret)
      #expect(made == [EventWebhook(request: "POST \(url)/hooks", isNew: true)])
    }
    let member = secret.map { #","secret":"\#($0)""# } ?? ""
    #expect(
      without.log.requests == [
        "GET /hooks", #"POST /hooks {"url":"https://a.example.com/events"\#(member)}"#,
      ])
    let with = CannedServer(.init("GET /hooks", #"[{"url": "https://a.example.com/events"}]"#))
    try await with.run { url in
      let made = try await Self.fetcher(event, url: url, events: Self.create).createWebhooks(
        at: "https://a.example.com/events", secret: secret)
      #expect(made == [EventWebhook(request: "GET \(url)/hooks", isNew: false)])
    }
    #expect(with.log.requests == ["GET /hooks"])
  }

  @Test func aWebhookThatIsRefusedIsAnError() async throws {
    let server = CannedServer(.init("GET /hooks", "[]"), .init("POST /hooks", "{}", status: .forbidden))
    try await server.run { url in
      await #expect(throws: APIError.self) {
        try await Self.fetcher("objects: .body, key: .id", url: url, events: Self.create).createWebhooks(
          at: "https://a.example.com", secret: nil)
      }
    }
  }

  // MARK: An integration

  private static func integration(
    _ name: String, spec: String, fetcher: String? = nil, environment: [String: String]
  ) throws -> IntegrationFetcher {
    let folder = try TemporaryFolder()
    try folder.write(".port/\(name)/resources/port-app-config.yml", "resources: []")
    try folder.write(".port/\(name)/spec.yml", spec)
    if let fetcher { try folder.write(".port/\(name)/fetcher.yml", fetcher) }
    let integration = try #require(Integration.find(in: folder.path).first)
    return try IntegrationFetcher(integration, environment: environment)
  }

  @Test func anIntegrationKnowsItsSecretAndItsKinds() throws {
    // A spec.yml of Ocean's, which does not know the secret.
    let spec = """
      features: [{resources: [{kind: space}]}]
      configurations: [{name: serverUrl, type: url}, {name: octopusApiKey, sensitive: true}]
      """
    var environment = [
      "OCEAN__INTEGRATION__CONFIG__SERVER_URL": "https://octopus.example.com",
      "OCEAN__INTEGRATION__CONFIG__OCTOPUS_API_KEY": "API-KEY-1",
    ]
    let without = try #require(try Self.integration("octopus", spec: spec, environment: environment).events)
    #expect(without.secret == nil)
    #expect(without.secretName == "OCEAN__INTEGRATION__CONFIG__WEBHOOK_SECRET")
    environment["OCEAN__INTEGRATION__CONFIG__WEBHOOK_SECRET"] = "whisper"
    let fetcher = try Self.integration("octopus", spec: spec, environment: environment)
    let events = try #require(fetcher.events)
    #expect(events.secret == "whisper")
    #expect(fetcher.secrets.contains("whisper"))
    #expect(events.verification == .header("x-octopus-webhook-secret"))
    #expect(events.kinds == ["space", "project", "release", "deployment", "machine"])
    #expect(events.canCreateWebhooks)
    #expect(try events.id(of: .sample("octopus/space-created")) == "Events-5001")
    #expect(try events.id(of: .json("{}")) == nil)
    #expect(try fetcher.objects(of: .sample("octopus/space-created")).map(\.summary) == ["space Spaces-22"])
  }

  @Test func oceansOwnNoCodeIntegrationTakesNoEvents() async throws {
    let fetcher = try Self.integration(
      "custom", spec: "title: Ocean Custom\nfeatures: []\nconfigurations: [{name: baseUrl}]",
      environment: ["OCEAN__INTEGRATION__CONFIG__BASE_URL": "https://api.example.com"])
    #expect(fetcher.events == nil)
    #expect(try fetcher.objects(of: .json("{}")).isEmpty)
    #expect(try await fetcher.createWebhooks(at: "https://a.example.com").isEmpty)
    await #expect(throws: Diagnostic.self) {
      try await fetcher.fetch(
        EventObject(kind: "/users", key: "1", json: Array("{}".utf8)), for: FetchRequest(kind: "/users"))
    }
  }

  @Test func jirasDeliveriesHaveNames() throws {
    let definition = try FetcherDefinition.load(contentsOf: ".port/jira/fetcher.yml")
    let declared = try #require(definition.events)
    let config = Array(#"{"webhookSecret": "whisper"}"#.utf8)
    let events = try IntegrationEvents(declared, of: definition, config: config)
    let headers = ["x-atlassian-webhook-identifier": "5f1c"]
    #expect(try events.id(of: .sample("jira/issue-created", headers: headers)) == "5f1c")
    #expect(events.secret == "whisper")
    #expect(events.kinds == ["project", "issue", "user", "release", "board", "sprint", "worklog"])
  }
}
