import RawJSON
import Testing

@testable import PortolanService

@Suite struct SearchRouteTests {
  private static let blueprintRule = #"{"property":"$blueprint","operator":"=","value":"service"}"#

  @Test func findsWhatAQueryAsksFor() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(3)
      let rule = #"{"property":"$identifier","operator":"in","value":["s0","s2","none"]}"#
      let answer = try await served.search(#"{"combinator":"and","rules":[\#(Self.blueprintRule),\#(rule)]}"#)
      #expect(answer.status == 200)
      #expect(answer.identifiers == ["s0", "s2"])
      #expect(answer.body["matchingBlueprints"]?.json == #"["service"]"#)
      let entity = try #require(answer.body["entities"]?[0])
      #expect(entity.members?.map(\.key).contains("updatedAt") == true)
    }
  }

  @Test func findsByDatasourceAsOceanAsks() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(2)
      _ = try await served.call(
        .patch, "/v1/blueprints/service/entities/s1", #"{"title":"x"}"#, agent: "curl/8")
      let rules = ["port-ocean/files/", "/my-files/exporter"].map {
        #"{"property":"$datasource","operator":"contains","value":"\#($0)"}"#
      }
      let query = #"{"combinator":"and","rules":[\#(Self.blueprintRule),\#(rules[0]),\#(rules[1])]}"#
      #expect(try await served.search(query).identifiers == ["s0"])
    }
  }

  /// Ocean deletes everything that this query finds.
  @Test func nothingMatchesNoAlternatives() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(3)
      #expect(try await served.search(#"{"combinator":"or","rules":[]}"#).identifiers.isEmpty)
    }
  }

  @Test func givesWhatIsAskedForAndNullForWhatIsNotThere() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("service", [#"{"identifier":"a","title":"A","properties":{"tier":1}}"#])
      let include = [
        "identifier", "blueprint", "title", "team", "properties.tier", "properties.email", "relations.team",
      ]
      .map { "include=\($0)" }.joined(separator: "&")
      let answer = try await served.search(
        #"{"combinator":"and","rules":[\#(Self.blueprintRule)]}"#,
        "exclude_calculated_properties=true&\(include)")
      let entity = try #require(answer.body["entities"]?[0])
      #expect(entity["properties"]?.json == #"{"tier":1,"email":null}"#)
      #expect(entity["relations"]?.json == #"{"team":null}"#)
      #expect(entity["title"]?.text == "A")
      #expect(entity["team"] == nil)
      #expect(entity["createdAt"] == nil)
    }
  }

  @Test func givesAnExplicitNull() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      _ = try await served.bulk("service", [#"{"identifier":"a","properties":{"tier":null}}"#])
      let entity = try await served.call(.get, "/v1/blueprints/service/entities/a").body["entity"]
      #expect(entity?["properties"]?["tier"]?.kind == .null)
    }
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"combinator":"xor","rules":[]}"#,
    #"{"combinator":"and","rules":[{"property":"$identifier","operator":"?","value":1}]}"#,
  ])
  func refusesWhatIsNoQuery(_ query: String) async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.search(query)
      #expect(answer.status == 422)
      #expect(answer.body["message"]?.text?.isEmpty == false)
    }
  }

  @Test func goesThroughABlueprintPageByPageWhileEntitiesAreDeleted() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(25)
      var found: [String] = []
      var next: String?
      repeat {
        let from = next.map { #","from":"\#($0)""# } ?? ""
        let page = try await served.call(
          .post, "/v1/blueprints/service/entities/search", #"{"limit":10\#(from)}"#)
        #expect(page.status == 200)
        found += page.identifiers
        next = page.body["next"]?.text
        // The last one of the page, where the next one goes on, is gone too.
        for identifier in page.identifiers.suffix(4) {
          _ = try await served.call(.delete, "/v1/blueprints/service/entities/\(identifier)")
        }
      } while next != nil
      #expect(found == (0..<25).map { "s\($0)" }.sorted())
    }
  }

  @Test func aPageIsOfOneBlueprintAndOfAQuery() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(5)
      let path = "/v1/blueprints/service/entities/search"
      let query = #"{"combinator":"or","rules":[{"property":"tier","operator":">=","value":3}]}"#
      let page = try await served.call(.post, path, #"{"query":\#(query),"include":["identifier"]}"#)
      #expect(page.identifiers == ["s3", "s4"])
      #expect(page.body["entities"]?[0]?.json == #"{"identifier":"s3"}"#)
      #expect(page.body["next"]?.kind == .null)
      #expect(try await served.call(.post, path, #"{"limit":0}"#).status == 422)
      #expect(try await served.call(.post, path, #"{"from":"nonsense"}"#).status == 422)
      #expect(try await served.call(.post, "/v1/blueprints/none/entities/search", "{}").status == 404)
    }
  }
}

@Suite struct DatasourceRouteTests {
  private static let path = "/v1/blueprints/entities/datasource-entities"

  @Test func goesThroughWhatAnIntegrationOwnsWhileEntitiesAreDeleted() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(25)
      _ = try await served.call(
        .patch, "/v1/blueprints/service/entities/s7", #"{"title":"x"}"#, agent: "curl/8")
      var found: [String] = []
      var next: String?
      repeat {
        let page = try await served.owned(#","limit":10"# + (next.map { #","from":"\#($0)""# } ?? ""))
        found += page.identifiers
        next = page.body["next"]?.text
        for identifier in page.identifiers.suffix(2) {
          _ = try await served.call(.delete, "/v1/blueprints/service/entities/\(identifier)")
        }
      } while next != nil
      #expect(found == (0..<25).map { "s\($0)" }.sorted().filter { $0 != "s7" })
    }
  }

  @Test func theVersionDoesNotMatter() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(1)
      _ = try await served.call(
        .post, "/v1/blueprints/team/entities", #"{"identifier":"t"}"#,
        agent: "port-ocean/files/9.9/my-files/exporter")
      _ = try await served.call(
        .post, "/v1/blueprints/team/entities", #"{"identifier":"u"}"#,
        agent: "port-ocean/files/9.9/others/exporter")
      #expect(Set(try await served.owned("").identifiers) == ["s0", "t"])
    }
  }

  @Test func whatWasChangedAtThatTimeOrLaterIsLeftOut() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(2)
      let stored = try #require(
        try await served.call(.get, "/v1/blueprints/service/entities").body["entities"])
      let times = try #require(stored.elements?.compactMap { $0["updatedAt"]?.text })
      let first = try #require(times.min())
      let exact = try await served.owned(#","before":"\#(first)""#).identifiers
      #expect(exact.isEmpty)
      let later = try await served.owned(#","before":"2999-01-01T00:00:00.000001+00:00""#).identifiers
      #expect(later == ["s0", "s1"])
      #expect(try await served.owned(#","before":"2001-01-01T00:00:00Z""#).identifiers.isEmpty)
      #expect(try await served.owned(#","before":"yesterday""#).status == 422)
    }
  }

  /// Ocean counts what it may delete by it.
  @Test func anUpsertThatChangesNothingIsNoChange() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.fill(1)
      let before = try await served.call(.get, "/v1/blueprints/service/entities/s0").body["entity"]?[
        "updatedAt"]?.text
      while Timestamp.now == before { await Task.yield() }
      _ = try await served.bulk("service", [#"{"identifier":"s0","properties":{"tier":0}}"#])
      let after = try await served.call(.get, "/v1/blueprints/service/entities/s0").body["entity"]?[
        "updatedAt"]?.text
      #expect(before == after)
    }
  }

  /// Ocean escapes letters that others write as they are.
  @Test func anotherWayToWriteTheSameIsNoChange() async throws {
    try await ServedCatalog.run { (served) async throws in
      try await served.makeBlueprints()
      let path = "/v1/blueprints/service/entities/a"
      _ = try await served.bulk(
        "service", [#"{"identifier":"a","title":"Zo\u00eb","properties":{"tier":1.0}}"#])
      let before = try await served.call(.get, path).body["entity"]?["updatedAt"]?.text
      while Timestamp.now == before { await Task.yield() }
      _ = try await served.bulk("service", [#"{"identifier":"a","title":"Zoë","properties":{"tier":1}}"#])
      #expect(try await served.call(.get, path).body["entity"]?["updatedAt"]?.text == before)
      _ = try await served.bulk("service", [#"{"identifier":"a","title":"Zoe"}"#])
      #expect(try await served.call(.get, path).body["entity"]?["updatedAt"]?.text != before)
    }
  }

  @Test func wantsToKnowWhose() async throws {
    try await ServedCatalog.run { (served) async throws in
      #expect(
        try await served.call(.post, Self.path, #"{"datasource_prefix":"port-ocean/files/"}"#).status == 422)
    }
  }
}

extension ServedCatalog {
  /// Makes services `s0`, `s1`, … whose tiers are 0, 1, …
  fileprivate func fill(_ count: Int) async throws {
    try await makeBlueprints()
    for start in stride(from: 0, to: count, by: 20) {
      let entities = (start..<min(count, start + 20)).map {
        #"{"identifier":"s\#($0)","properties":{"tier":\#($0)}}"#
      }
      #expect(try await bulk("service", entities).status == 200)
    }
  }

  fileprivate func search(_ query: String, _ parameters: String = "") async throws -> Answer {
    try await call(.post, "/v1/entities/search?\(parameters)", query)
  }

  /// What the integration owns; `more` is added to the body.
  fileprivate func owned(_ more: String) async throws -> Answer {
    try await call(
      .post, "/v1/blueprints/entities/datasource-entities",
      #"{"datasource_prefix":"port-ocean/files/","datasource_suffix":"/my-files/exporter"\#(more)}"#)
  }
}
