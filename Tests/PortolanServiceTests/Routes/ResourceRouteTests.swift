import RawJSON
import Testing

@Suite struct ResourceRouteTests {
  @Test(arguments: [
    ("/v1/actions", "actions", "action"), ("/v1/pages", "pages", "page"),
    ("/v1/blueprints/team/scorecards", "scorecards", "scorecard"),
  ])
  func isCreatedListedAndDeleted(_ path: String, _ plural: String, _ singular: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let created = try await served.call(.post, path, #"{"identifier":"one","title":"One"}"#)
      #expect(created.status == 201)
      #expect(created.body[singular]?["title"]?.text == "One")
      #expect(try await served.call(.post, path, #"{"identifier":"one"}"#).status == 409)
      #expect(try await served.call(.post, path, #"{"title":"No identifier"}"#).status == 422)
      #expect(try await served.call(.get, path).body[plural]?[0]?["identifier"]?.text == "one")
      #expect(try await served.call(.get, path + "/one").body[singular]?["title"]?.text == "One")
      #expect(try await served.call(.get, path + "/two").status == 404)
      #expect(try await served.call(.delete, path + "/one").status == 200)
      #expect(try await served.call(.delete, path + "/one").status == 404)
    }
  }

  @Test func aScorecardBelongsToABlueprint() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.call(.post, "/v1/blueprints/team/scorecards", #"{"identifier":"one"}"#)
      #expect(
        try await served.call(.get, "/v1/blueprints/service/scorecards").body["scorecards"]?.json == "[]")
      #expect(try await served.call(.get, "/v1/scorecards").body["scorecards"]?.elements?.count == 1)
      let other = try await served.call(.post, "/v1/blueprints/none/scorecards", #"{"identifier":"one"}"#)
      #expect(other.status == 404)
    }
  }

  @Test func nobodyHasStartedAnything() async throws {
    try await ServedCatalog.run { (served) async throws in
      let claimed = try await served.call(.post, "/v1/actions/runs/claim-pending", #"{"limit":1}"#)
      #expect(claimed.body["runs"]?.json == "[]")
      let nodes = try await served.call(.post, "/v1/workflows/runs/claim-pending", #"{"limit":1}"#)
      #expect(nodes.body["nodeRuns"]?.json == "[]")
      #expect(try await served.call(.get, "/v1/actions/runs?external_run_id=1").body["runs"]?.json == "[]")
    }
  }

  @Test(arguments: ["/v1/kafka-credentials", "/v1/unknown/thing", "/", "/v1/blueprints/team/unknown/thing"])
  func whatIsUnknownIsNotFoundWithABody(_ path: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(.get, path)
      #expect(answer.status == 404)
      #expect(answer.body["ok"]?.boolean == false)
      #expect(answer.error == "not_found")
    }
  }
}
