import HTTPTypes
import RawJSON
import Testing

@testable import PortolanService

@Suite struct IntegrationRouteTests {
  private static let path = "/v1/integration/my-files"
  private static let body =
    #"{"installationId":"my-files","installationAppType":"files","version":"1.0.0","config":{"resources":[]}}"#

  @Test func oneThatIsNotThereIsNotFound() async throws {
    try await ServedCatalog.run { (served) async throws in
      for (method, path) in [
        (HTTPRequest.Method.get, Self.path), (.patch, Self.path), (.delete, Self.path),
        (.patch, Self.path + "/config"),
        (.patch, Self.path + "/resync-state"), (.get, Self.path + "/resync-request"),
        (.post, Self.path + "/resync-request"), (.get, Self.path + "/cursor?kind=a&index=0"),
        (.post, Self.path + "/kinds/team/examples"),
      ] {
        let answer = try await served.call(method, path, method == .get ? nil : "{}")
        #expect(answer.status == 404, "\(method) \(path)")
        #expect(answer.error == "not_found")
      }
    }
  }

  @Test func isCreatedChangedAndDeleted() async throws {
    try await ServedCatalog.run { (served) async throws in
      let created = try await served.call(.post, "/v1/integration", Self.body)
      #expect(created.status == 201)
      let integration = try #require(created.body["integration"])
      #expect(integration["identifier"]?.text == "my-files")
      #expect(integration["integrationType"]?.text == "files")
      #expect(integration["installationType"]?.text == "OnPrem")
      #expect(integration["resyncState"]?["updatedAt"]?.text != nil)
      #expect(try await served.call(.post, "/v1/integration", Self.body).status == 409)

      let changed = try await served.call(
        .patch, Self.path, #"{"version":"2","arePortResourcesInitialized":true}"#)
      #expect(changed.body["integration"]?["version"]?.text == "2")
      #expect(changed.body["integration"]?["config"]?.json == #"{"resources":[]}"#)
      let config = try await served.call(.patch, Self.path + "/config", #"{"config":{"resources":[1]}}"#)
      #expect(config.body["integration"]?["config"]?.json == #"{"resources":[1]}"#)
      #expect(try await served.call(.patch, Self.path + "/config", #"{"config":1}"#).status == 422)

      #expect(try await served.call(.get, "/v1/integration").body["integrations"]?.elements?.count == 1)
      #expect(try await served.call(.delete, Self.path).status == 200)
      #expect(try await served.call(.get, Self.path).status == 404)
    }
  }

  @Test func namesWhereLogsGo() async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(.post, "/v1/integration", Self.body)
      for key in ["logAttributes", "metricAttributes", "ingestAttributes"] {
        let url = try #require(answer.body["integration"]?[key]?["ingestUrl"]?.text)
        #expect(url.hasPrefix("http://localhost:"))
        let path = try #require(url.range(of: "/v1/").map { String(url[$0.lowerBound...]) })
        #expect(try await served.call(.post, path, #"{"logs":[]}"#).status == 200)
        #expect(try await served.call(.put, path + "/syncMetrics/resync/1/kind/a-0", "{}").status == 200)
        #expect(try await served.call(.post, path, "no JSON").status == 422)
      }
    }
  }

  @Test func aNewConfigAsksForAResyncUntilOneBegins() async throws {
    try await ServedCatalog.run { (served) async throws in
      _ = try await served.call(.post, "/v1/integration", Self.body)
      #expect(try await served.resyncRequest == nil)
      _ = try await served.call(.patch, Self.path + "/config", #"{"config":{"resources":[1]}}"#)
      #expect(try await served.resyncRequest != nil)
      let state = try await served.call(
        .patch, Self.path + "/resync-state", #"{"status":"running","nextResync":null}"#)
      #expect(state.body["integration"]?["resyncState"]?["status"]?.text == "running")
      #expect(state.body["integration"]?["resyncState"]?["updatedAt"]?.text != nil)
      try await served.waitForAnotherMillisecond()
      _ = try await served.call(.patch, Self.path + "/resync-state", #"{"status":"running"}"#)
      #expect(try await served.resyncRequest == nil)
      #expect(try await served.call(.post, Self.path + "/resync-request", "{}").status == 200)
      #expect(try await served.resyncRequest != nil)
      #expect(try await served.call(.patch, Self.path + "/resync-state", "{}").status == 422)
    }
  }

  @Test func keepsACursorForEachKind() async throws {
    try await ServedCatalog.run { (served) async throws in
      _ = try await served.call(.post, "/v1/integration", Self.body)
      let (first, second) = (Self.path + "/cursor?kind=a+b&index=0", Self.path + "/cursor?kind=a%20b&index=1")
      #expect(try await served.call(.get, first).body["cursor"]?.kind == .null)
      let body = #"{"primary":"2026-01-01T00:00:00Z"}"#
      #expect(try await served.call(.put, first, body).status == 404)
      #expect(try await served.call(.post, first, body).status == 200)
      #expect(try await served.call(.put, first, body).status == 200)
      #expect(try await served.call(.get, first).body["cursor"]?["primary"]?.text == "2026-01-01T00:00:00Z")
      #expect(try await served.call(.get, second).body["cursor"]?.kind == .null)
      #expect(try await served.call(.post, second, #"{"primary":1}"#).status == 422)
      let shown = try await served.call(.get, Self.path)
      #expect(shown.body["integration"]?.members?.contains { $0.key.hasPrefix("local") } == false)
    }
  }

  @Test func takesExamplesOfKindsWhateverTheyAreCalled() async throws {
    try await ServedCatalog.run { (served) async throws in
      _ = try await served.call(.post, "/v1/integration", #"{"installationId":"a/b c"}"#)
      let path = "/v1/integration/a%2Fb+c/kinds/x%2Fy+z/examples"
      #expect(try await served.call(.post, path, #"{"examples":[{"id":1}]}"#).status == 200)
      #expect(try await served.call(.post, path, #"{"examples":{}}"#).status == 422)
    }
  }

  @Test func saysWhoseCatalogItIsAndThatItProvisionsNothing() async throws {
    try await ServedCatalog.run { (served) async throws in
      let organization = try await served.call(.get, "/v1/organization").body["organization"]
      #expect(organization?["id"]?.text?.isEmpty == false)
      #expect(organization?["featureFlags"]?.json == "[]")
      let provisioned = try await served.call(.get, "/v1/integration/provision-enabled")
      #expect(provisioned.body["integrations"]?.json == "[]")
    }
  }
}

extension ServedCatalog {
  fileprivate var resyncRequest: String? {
    get async throws {
      try await call(.get, "/v1/integration/my-files/resync-request").body["request"]?["updatedAt"]?.text
    }
  }

  /// Waits until a time that is written now is another one.
  fileprivate func waitForAnotherMillisecond() async throws {
    let now = Timestamp.now
    while Timestamp.now == now { try await Task.sleep(for: .milliseconds(1)) }
  }
}
