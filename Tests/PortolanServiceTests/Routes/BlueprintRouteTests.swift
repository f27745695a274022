import RawJSON
import Testing

@Suite struct BlueprintRouteTests {
  @Test func isCreatedChangedAndDeleted() async throws {
    try await ServedCatalog.run { (served) async throws in
      #expect(try await served.call(.get, "/v1/blueprints/team").status == 404)
      let body = #"{"identifier":"team","title":"Team","schema":{"properties":{}}}"#
      let created = try await served.call(.post, "/v1/blueprints", body)
      #expect(created.status == 201)
      #expect(created.body["blueprint"]?["identifier"]?.text == "team")
      #expect(try await served.call(.post, "/v1/blueprints", body).status == 409)
      let relations = #"{"relations":{"parent":{"target":"team"}}}"#
      let changed = try await served.call(.patch, "/v1/blueprints/team", relations)
      #expect(changed.status == 200)
      #expect(changed.body["blueprint"]?["title"]?.text == "Team")
      #expect(try await served.call(.patch, "/v1/blueprints/team", #"{"identifier":"crew"}"#).status == 422)
      #expect(try await served.call(.patch, "/v1/blueprints/crew", relations).status == 404)
      #expect(try await served.call(.get, "/v1/blueprints").body["blueprints"]?.elements?.count == 1)
      #expect(try await served.call(.delete, "/v1/blueprints/team").status == 200)
      #expect(try await served.call(.delete, "/v1/blueprints/team").status == 404)
    }
  }

  /// Ocean reads no blueprint without it.
  @Test func saysWhatOceanHasToFind() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let service = try await served.call(.get, "/v1/blueprints/service").body["blueprint"]
      for name in ["team", "uses"] {
        let relation = try #require(service?["relations"]?[name])
        #expect(relation["target"]?.text != nil)
        #expect(relation["many"]?.boolean == (name == "uses"))
        #expect(relation["required"]?.boolean == false)
      }
      let team = try await served.call(.get, "/v1/blueprints/team").body["blueprint"]
      #expect(team?["schema"]?.kind == .object)
      #expect(team?["relations"]?.json == "{}")
    }
  }

  @Test(arguments: [
    "[]", "", "{", #"{"title":"no identifier"}"#, #"{"identifier":"a b","schema":{"properties":{}}}"#,
  ])
  func refusesWhatIsNoBlueprint(_ body: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(.post, "/v1/blueprints", body)
      #expect(answer.status == 422)
      #expect(answer.error == "invalid_request")
      #expect(answer.body["message"]?.text?.isEmpty == false)
    }
  }

  @Test func allEntitiesAreDeletedWithOrWithoutTheBlueprint() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("team", [#"{"identifier":"a"}"#, #"{"identifier":"b"}"#])
      #expect(try await served.call(.delete, "/v1/blueprints/team").status == 422)
      let answer = try await served.call(.delete, "/v1/blueprints/team/all-entities")
      let id = try #require(answer.body["migrationId"]?.text)
      let migration = try await served.call(.get, "/v1/migrations/\(id)").body["migration"]
      #expect(migration?["status"]?.text == "COMPLETED")
      #expect(migration?["sourceBlueprint"]?.text == "team")
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers.isEmpty)
      #expect(try await served.call(.get, "/v1/migrations/none").status == 404)
      #expect(
        try await served.call(.delete, "/v1/blueprints/service/all-entities?delete_blueprint=true").status
          == 200)
      #expect(try await served.call(.get, "/v1/blueprints/service").status == 404)
      #expect(try await served.call(.delete, "/v1/blueprints/none/all-entities").status == 404)
    }
  }
}
