import RawJSON
import Testing

@Suite struct EntityRouteTests {
  private static let entities = "/v1/blueprints/team/entities"

  @Test func isCreatedChangedAndDeleted() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let created = try await served.call(
        .post, Self.entities + "?upsert=true", #"{"identifier":"a","title":"A"}"#)
      #expect(created.status == 201)
      #expect(created.body["entity"]?["blueprint"]?.text == "team")
      #expect(created.body["entity"]?["createdAt"]?.text != nil)
      #expect(try await served.call(.post, Self.entities, #"{"identifier":"a"}"#).status == 409)
      let patched = try await served.call(.patch, Self.entities + "/a", #"{"properties":{"size":3}}"#)
      #expect(patched.status == 200)
      #expect(patched.body["entity"]?["title"]?.text == "A")
      #expect(patched.body["entity"]?["properties"]?["size"]?.number == "3")
      let put = try await served.call(.put, Self.entities + "/a", #"{"identifier":"a","title":"B"}"#)
      #expect(put.body["entity"]?["properties"]?["size"]?.number == nil)
      #expect(try await served.call(.patch, Self.entities + "/a", #"{"identifier":"b"}"#).status == 422)
      #expect(try await served.call(.delete, Self.entities + "/a").status == 200)
      for answer in [
        try await served.call(.delete, Self.entities + "/a"),
        try await served.call(.get, Self.entities + "/a"),
        try await served.call(.patch, Self.entities + "/a", "{}"),
      ] {
        #expect(answer.status == 404)
        #expect(answer.error == "not_found")
      }
    }
  }

  @Test func isDecodedOnceInPaths() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let identifiers = [
        ("a/b", "a%2Fb"), ("a+b", "a%2Bb"), ("a+c", "a+c"), ("Zoë", "Zo%C3%AB"), ("x=:@.-_", "x=:@.-_"),
      ]
      for (identifier, quoted) in identifiers {
        let status = try await served.bulk("team", [#"{"identifier":"\#(identifier)"}"#]).status
        #expect(status == 200)
        let found = try await served.call(.get, Self.entities + "/" + quoted)
        #expect(found.body["entity"]?["identifier"]?.text == identifier)
      }
      #expect(try await served.call(.get, Self.entities + "/a%252Fb").status == 404)
      #expect(try await served.call(.get, Self.entities + "/a%2").status == 404)
    }
  }

  @Test func ofABlueprintThatIsCalledLikeAPartOfAPath() async throws {
    try await ServedCatalog.run { (served) async throws in
      for name in ["entities", "bulk", "search"] {
        let blueprint = #"{"identifier":"\#(name)","schema":{"properties":{}}}"#
        #expect(try await served.call(.post, "/v1/blueprints", blueprint).status == 201)
        #expect(
          try await served.bulk(name, [#"{"identifier":"bulk"}"#, #"{"identifier":"search"}"#]).status == 200)
        #expect(try await served.call(.get, "/v1/blueprints/\(name)").status == 200)
        #expect(try await served.call(.get, "/v1/blueprints/\(name)/entities/bulk").status == 200)
        #expect(try await served.call(.delete, "/v1/blueprints/\(name)/entities/search").status == 200)
        #expect(try await served.call(.get, "/v1/blueprints/\(name)/entities").identifiers == ["bulk"])
      }
    }
  }

  @Test func anUnmetDependencyIsNotFound() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let answer = try await served.call(
        .post, "/v1/blueprints/service/entities?upsert=true",
        #"{"identifier":"a","relations":{"team":"none"}}"#)
      #expect(answer.status == 404)
      #expect(answer.error == "not_found")
      #expect(answer.body["ok"]?.boolean == false)
      #expect(
        try await served.call(.post, "/v1/blueprints/none/entities", #"{"identifier":"a"}"#).status == 404)
      let invalid = try await served.call(
        .post, Self.entities, #"{"identifier":"a","properties":{"size":"x"}}"#)
      #expect(invalid.status == 422)
    }
  }

  @Test func isKeptWhileSomethingDependsOnIt() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("team", [#"{"identifier":"a"}"#])
      _ = try await served.bulk("service", [#"{"identifier":"s","relations":{"team":"a"}}"#])
      let refused = try await served.call(.delete, Self.entities + "/a")
      #expect((400..<500).contains(refused.status) && refused.status != 404)
      #expect(try await served.call(.delete, Self.entities + "/a?delete_dependents=true").status == 200)
      #expect(try await served.call(.get, "/v1/blueprints/service/entities/s").status == 404)
    }
  }

  @Test func validatesWithoutWriting() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let path = Self.entities + "?validation_only=true&upsert=true"
      #expect(try await served.call(.post, path, #"{"identifier":"a"}"#).status == 201)
      #expect(try await served.call(.get, Self.entities + "/a").status == 404)
    }
  }

  @Test func takesABodyOfAnyContentType() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let answer = try await served.call(
        .post, Self.entities, #"{"identifier":"a"}"#, [.contentType: "text/plain"])
      #expect(answer.status == 201)
    }
  }
}
