import Portolan
import RawJSON
import Testing

@testable import PortolanHTTP

@Suite struct OctopusEventTests {
  private static func fetcher(_ url: String = "http://127.0.0.1:9") throws -> DeclaredFetcher {
    try .shipped("octopus", config: ["serverUrl": url, "octopusApiKey": "API-KEY-1"])
  }

  // MARK: What an event is about

  @Test(
    arguments: [
      ("space-created", ["space Spaces-22"]), ("space-changed", ["space Spaces-22"]),
      ("space-deleted", ["space Spaces-22 deleted"]),
      ("project-created", ["project Projects-301"]), ("project-changed", ["project Projects-301"]),
      ("project-deleted", ["project Projects-301 deleted"]),
      ("release-created", ["project Projects-301", "release Releases-1210"]),
      ("release-changed", ["project Projects-301", "release Releases-1210"]),
      ("release-deleted", ["project Projects-301", "release Releases-1210 deleted"]),
      (
        "deployment-created",
        ["project Projects-301", "release Releases-1210", "deployment Deployments-901"]
      ),
      (
        "deployment-changed",
        ["project Projects-301", "release Releases-1210", "deployment Deployments-901"]
      ),
      (
        "deployment-deleted",
        ["project Projects-301", "release Releases-1210", "deployment Deployments-901 deleted"]
      ),
      ("machine-created", ["machine Machines-77"]), ("machine-changed", ["machine Machines-77"]),
      ("machine-deleted", ["machine Machines-77 deleted"]),
    ])
  func isAbout(_ event: String, _ objects: [String]) throws {
    #expect(try Self.fetcher().objects(of: .sample("octopus/\(event)")).map(\.summary) == objects)
  }

  @Test func whatIsDeletedHasItsAddressAndWhatTheEventShowsOfIt() throws {
    let objects = try Self.fetcher("https://octopus.example.com").objects(
      of: .sample("octopus/machine-deleted"))
    let machine = try #require(objects.first)
    #expect(machine.text("Id") == "Machines-77" && machine.text("SpaceId") == "Spaces-22")
    #expect(machine.text("Name") == "crane-07")
    #expect(
      machine.text("__url")
        == "https://octopus.example.com/app#/Spaces-22/infrastructure/machines/Machines-77")
  }

  @Test func whoDoesNotShowWhatWasDeletedIsAsked() throws {
    // The others that the event names are there most likely, and an object that is not is answered with 404.
    let event = RawEvent.json(
      #"{"Payload": {"Event": {"Id": "Events-1", "Category": "Deleted", "SpaceId": "Spaces-1", "RelatedDocumentIds": ["Projects-1", "Teams-3"]}}}"#
    )
    #expect(try Self.fetcher().objects(of: event).map(\.summary) == ["project Projects-1"])
  }

  @Test(arguments: [
    "{}", #"{"Payload": {"Event": null}}"#, #"{"Payload": {"Event": {"RelatedDocumentIds": null}}}"#,
  ])
  func isAboutNothing(_ body: String) throws {
    #expect(try Self.fetcher().objects(of: .json(body)).isEmpty)
  }

  // MARK: The object as it is now

  @Test(
    arguments: [
      ("space", "Spaces-22", "/api/spaces"), ("project", "Projects-301", "/api/Spaces-22/projects"),
      ("release", "Releases-1210", "/api/Spaces-22/releases"),
      ("deployment", "Deployments-901", "/api/Spaces-22/deployments"),
      ("machine", "Machines-77", "/api/Spaces-22/machines"),
    ])
  func isAsItsListHasItOrGone(_ kind: String, _ id: String, _ path: String) async throws {
    let object = #"{"Id": "\#(id)", "SpaceId": "Spaces-22", "Name": "now"}"#
    let server = CannedServer(
      .init("GET \(path)/\(id)", object),
      .init("GET \(path)?", #"{"TotalResults": 1, "LastPageNumber": 0, "Items": [\#(object)]}"#),
      .init("GET /api/spaces?", #"{"TotalResults": 1, "Items": [{"Id": "Spaces-22"}]}"#))
    try await server.run { url in
      let fetcher = try Self.fetcher(url)
      let list = await fetcher.all(kind)
      #expect(list.failure == nil && list.objects.count == 1)
      for event in ["created", "changed"] {
        let found = try await fetcher.object(of: .sample("octopus/\(kind)-\(event)"), kind)
        #expect(found?.json == list.objects.first?.json)
      }
    }
    try await CannedServer().run { url in
      let found = try await Self.fetcher(url).object(of: .sample("octopus/\(kind)-changed"), kind)
      #expect(found == nil)
    }
  }

  // MARK: Subscriptions

  @Test func subscriptionsAreCreatedInTheSpacesThatHaveNone() async throws {
    let hook = "https://portolan.example.com/events"
    let server = CannedServer(
      .init("GET /api/spaces?", #"{"TotalResults": 2, "Items": [{"Id": "Spaces-1"}, {"Id": "Spaces-22"}]}"#),
      .init(
        "GET /api/Spaces-1/subscriptions",
        #"{"TotalResults": 1, "Items": [{"EventNotificationSubscription": {"WebhookURI": "\#(hook)"}}]}"#),
      .init("GET /api/Spaces-22/subscriptions", #"{"TotalResults": 0, "LastPageNumber": 0, "Items": []}"#),
      .init("POST /api/Spaces-22/subscriptions", #"{"Id": "Subscriptions-8"}"#, status: .created))
    try await server.run { url in
      let made = try await Self.fetcher(url).createWebhooks(at: hook, secret: "whisper")
      #expect(made.map(\.isNew) == [false, true])
      #expect(made.last?.request == "POST \(url)/api/Spaces-22/subscriptions")
    }
    let body = try #require(server.log.requests.last?.split(separator: " ", maxSplits: 2).last)
    let sent = JSONView(valid: Array(body.utf8))
    #expect(sent["SpaceId"]?.text == "Spaces-22")
    let subscription = try #require(sent["EventNotificationSubscription"])
    #expect(subscription.text("WebhookURI") == hook)
    #expect(subscription.text("WebhookHeaderKey") == "X-Octopus-Webhook-Secret")
    #expect(subscription.text("WebhookHeaderValue") == "whisper")
  }
}
