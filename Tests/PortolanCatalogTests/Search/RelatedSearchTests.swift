import Testing

@testable import PortolanCatalog

@Suite struct RelatedSearchTests {
  /// deployment → service → team, and a circle of services.
  private struct Lookup: RelationLookup {
    let all: [RelatedEntity] = [
      RelatedEntity(EntityKey("deployment", "d"), "service", to: EntityKey("service", "s")),
      RelatedEntity(EntityKey("service", "s"), "team", to: EntityKey("team", "t")),
      RelatedEntity(EntityKey("service", "s"), "next", to: EntityKey("service", "u")),
      RelatedEntity(EntityKey("service", "u"), "next", to: EntityKey("service", "s")),
    ]
    func relations(from keys: [EntityKey]) -> [RelatedEntity] { all.filter { keys.contains($0.source) } }
    func relations(to keys: [EntityKey]) -> [RelatedEntity] { all.filter { keys.contains($0.target) } }
    func isRequired(_ relation: String, of blueprint: String) -> Bool { relation == "service" }
  }

  private func found(_ rule: String) throws -> Set<String> {
    let json = #"{"combinator":"and","rules":[{"operator":"relatedTo",\#(rule)}]}"#
    let query = try SearchQuery(json: Array(json.utf8))
    #expect(query.needsRelations)
    let resolved = try query.resolved(by: Lookup())
    #expect(!resolved.needsRelations)
    let keys = Set(Lookup().all.flatMap { [$0.source, $0.target] })
    return Set(
      keys.filter {
        resolved.matches(
          StoredEntity($0, json: Array("{}".utf8), datasource: "", createdAt: "", updatedAt: ""))
      }.map(\.description))
  }

  @Test func relationsAreFollowedNearAndFar() throws {
    #expect(
      try found(#""blueprint":"deployment","value":"d","direction":"upstream""#) == [
        "service/s", "service/u", "team/t",
      ])
    #expect(
      try found(#""blueprint":"team","value":["t"],"direction":"downstream""#)
        == ["service/s", "service/u", "deployment/d"])
    #expect(try found(#""blueprint":"service","value":"s""#) == ["team/t", "service/u", "deployment/d"])
    #expect(try found(#""blueprint":"service","value":"none""#) == [])
  }

  @Test func requiredRelationsAreToldFromOthers() throws {
    #expect(
      try found(#""blueprint":"deployment","value":"d","direction":"upstream","required":true"#) == [
        "service/s"
      ])
    #expect(try found(#""blueprint":"service","value":"s","required":false"#) == ["team/t", "service/u"])
  }
}
