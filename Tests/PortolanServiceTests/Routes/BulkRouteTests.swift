import HTTPTypes
import RawJSON
import Testing

@Suite struct BulkRouteTests {
  @Test func saysOfEachEntityWhatBecameOfIt() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let answer = try await served.bulk(
        "team",
        [
          #"{"identifier":"a","blueprint":"team","properties":{"size":1}}"#,
          #"{"identifier":"b","properties":{"size":"large"}}"#, #"{"identifier":"c d"}"#, "7",
          #"{"identifier":"e"}"#,
        ])
      #expect(answer.status == 207)
      #expect(answer.body["ok"]?.boolean == false)
      let done = try #require(answer.body["entities"]?.elements)
      #expect(done.map { $0["index"]?.number } == ["0", "4"])
      #expect(done.map { $0["created"]?.boolean } == [true, true])
      let errors = try #require(answer.body["errors"]?.elements)
      #expect(errors.map { $0["index"]?.number } == ["1", "2", "3"])
      #expect(errors.map { $0["identifier"]?.text } == ["b", "c d", ""])
      #expect(errors.allSatisfy { $0["statusCode"]?.number == "422" })
      #expect(errors.allSatisfy { $0["error"]?.text != nil && $0["message"]?.text?.isEmpty == false })
      let again = try await served.bulk("team", [#"{"identifier":"a"}"#])
      #expect(again.status == 200)
      #expect(again.body["ok"]?.boolean == true)
      #expect(again.body["entities"]?[0]?["created"]?.boolean == false)
    }
  }

  @Test func mergesOrReplaces() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let path = "/v1/blueprints/service/entities/a"
      _ = try await served.bulk(
        "service", [#"{"identifier":"a","title":"A","properties":{"tier":1,"email":"x"}}"#])
      _ = try await served.bulk("service", [#"{"identifier":"a","properties":{"tier":2}}"#])
      let merged = try await served.call(.get, path).body["entity"]
      #expect(merged?["title"]?.text == "A")
      #expect(merged?["properties"]?["email"]?.text == "x")
      _ = try await served.bulk(
        "service", [#"{"identifier":"a","properties":{"tier":2}}"#], "upsert=true&merge=false")
      let replaced = try await served.call(.get, path).body["entity"]
      #expect(replaced?["title"]?.text == nil)
      #expect(replaced?["properties"]?["email"]?.text == nil)
    }
  }

  @Test func refusesWhatIsThereUnlessItMayBeChanged() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("team", [#"{"identifier":"a"}"#])
      let answer = try await served.bulk(
        "team", [#"{"identifier":"a"}"#, #"{"identifier":"b"}"#], "upsert=false")
      #expect(answer.status == 207)
      #expect(answer.body["errors"]?[0]?["statusCode"]?.number == "409")
      #expect(answer.body["entities"]?[0]?["identifier"]?.text == "b")
    }
  }

  @Test func makesAMissingTargetOrRefusesTheEntity() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let entity = #"{"identifier":"a","relations":{"team":"core"}}"#
      let refused = try await served.bulk("service", [entity])
      #expect(refused.body["errors"]?[0]?["statusCode"]?.number == "404")
      #expect(refused.body["errors"]?[0]?["error"]?.text == "not_found")
      let taken = try await served.bulk(
        "service", [entity], "upsert=true&create_missing_related_entities=true")
      #expect(taken.status == 200)
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers == ["core"])
    }
  }

  @Test func callsAnEntityUnknownOnlyIfItsQueryFindsNothing() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk(
        "service", ["a", "b"].map { #"{"identifier":"\#($0)","properties":{"email":"same"}}"# })
      let query = { (value: String) in
        #"{"identifier":{"combinator":"and","rules":[{"property":"email","operator":"=","value":"\#(value)"}]}}"#
      }
      let answer = try await served.bulk("service", [query("nobody"), query("same")])
      #expect(answer.body["errors"]?[0]?["identifier"]?.text == "unknown")
      #expect(answer.body["errors"]?[1]?["identifier"]?.text?.hasPrefix("{") == true)
    }
  }

  @Test func resolvesAQuery() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("service", [#"{"identifier":"a","properties":{"email":"x"}}"#])
      let rule = #"{"property":"email","operator":"=","value":"x"}"#
      let answer = try await served.bulk(
        "service", [#"{"identifier":{"combinator":"and","rules":[\#(rule)]},"title":"Found"}"#])
      #expect(answer.body["entities"]?[0]?["identifier"]?.text == "a")
      #expect(
        try await served.call(.get, "/v1/blueprints/service/entities/a").body["entity"]?["title"]?.text
          == "Found")
    }
  }

  @Test func validatesWithoutWriting() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let answer = try await served.bulk(
        "team", [#"{"identifier":"a"}"#, #"{"identifier":"b","properties":{"size":"x"}}"#],
        "upsert=true&validation_only=true")
      #expect(answer.body["entities"]?.elements?.count == 1)
      #expect(answer.body["errors"]?.elements?.count == 1)
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers.isEmpty)
    }
  }

  @Test func takesNoMoreThanPortDoes() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let entities = (0..<21).map { #"{"identifier":"e\#($0)"}"# }
      #expect(try await served.bulk("team", entities).status == 422)
      #expect(try await served.bulk("team", Array(entities.dropLast())).status == 200)
      let identifiers = (0..<101).map { "\"e\($0)\"" }.joined(separator: ",")
      let path = "/v1/blueprints/team/bulk/entities/delete"
      #expect(try await served.call(.post, path, #"{"entities":[\#(identifiers)]}"#).status == 422)
      let large = #"{"identifier":"x","title":"\#(String(repeating: "x", count: 1 << 20))"}"#
      let answer = try await served.bulk("team", [large])
      #expect(answer.status == 413)
      #expect(answer.error == "request_entity_too_large")
      #expect(try await served.bulk("none", []).status == 404)
      #expect(try await served.bulk("team", []).status == 200)
    }
  }

  @Test(arguments: ["", "no JSON", "[]", "{}", #"{"entities":7}"#, #"{"entities":[}"#])
  func refusesWhatIsNoListOfEntities(_ body: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      for path in ["entities/bulk", "bulk/entities/delete"] {
        #expect(try await served.call(.post, "/v1/blueprints/team/\(path)", body).status == 422)
      }
    }
  }

  @Test func saysWhereABodyIsNoJSON() async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.call(
        .post, "/v1/blueprints/team/entities/bulk", #"{"entities": [1,, 2]}"#)
      #expect(answer.body["message"]?.text?.contains("byte 16") == true)
    }
  }

  @Test func deletesManyAndWhatDependsOnThem() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("team", ["a", "b", "c"].map { #"{"identifier":"\#($0)"}"# })
      _ = try await served.bulk("service", [#"{"identifier":"s","relations":{"team":"a"}}"#])
      let path = "/v1/blueprints/team/bulk/entities/delete"
      let refused = try await served.call(.post, path, #"{"entities":["a","b"]}"#)
      #expect((400..<500).contains(refused.status))
      #expect(refused.body["message"]?.text?.contains("s") == true)
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers == ["a", "b", "c"])
      let answer = try await served.call(
        .post, path + "?delete_dependents=true", #"{"entities":["a","b","none"]}"#)
      #expect(answer.status == 200)
      #expect(answer.body["deletedEntities"]?.elements?.compactMap(\.text).prefix(2) == ["a", "b"])
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers == ["c"])
      #expect(try await served.call(.get, "/v1/blueprints/service/entities").identifiers.isEmpty)
      #expect(try await served.call(.post, path, #"{"entities":[1]}"#).status == 422)
    }
  }

  @Test func writesFromManyClientsAtOnce() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      try await withThrowingTaskGroup(of: Int.self) { group in
        for client in 0..<12 {
          group.addTask {
            let entities = (0..<20).map {
              #"{"identifier":"e\#($0)-\#(client)","properties":{"size":\#(client)}}"#
            }
            return try await served.bulk("team", entities + []).status
          }
          group.addTask {
            try await served.bulk("team", [#"{"identifier":"shared","properties":{"size":\#(client)}}"#])
              .status
          }
        }
        for try await status in group { #expect(status == 200) }
      }
      #expect(try await served.call(.get, "/v1/blueprints/team/entities").identifiers.count == 241)
    }
  }
}
