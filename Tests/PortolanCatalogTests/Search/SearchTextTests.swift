import Testing

@testable import PortolanCatalog

@Suite struct SearchTextTests {
  private func matches(_ text: String) throws -> Bool {
    try SearchQuery(text: text).matches(SearchQueryTests.entity)
  }

  @Test(
    "conditions that are met",
    arguments: [
      "", "  ", "blueprint=service", "blueprint=api,service", "tier=2", "tier=2.0", "tier>=2", "tier>1",
      "tier<10",
      "tier<=2", "tier!=3", "digits=7", "digits>=7", "live=true", "language~SWIFT", "language!~java",
      "team=b",
      "owner=ada", "relations.owner=ada", "properties.tier=2", "nobody=", "tier!=", "absent=", "payment",
      "API-1",
      "payment blueprint=service tier>=2", #"title="Payment API""#, #"payment" api""#, "createdAt<2026-01-02",
      "updatedAt>=2026-02-01", "identifier=api-1", "url=https://example.com/api", "tags=x", "uses=cache",
      #"language!="""#, #"{"combinator":"and","rules":[]}"#, "datasource~my-jira", "absent!=x", "$title~api",
    ])
  func met(text: String) throws {
    #expect(try matches(text))
  }

  @Test(
    "conditions that are not",
    arguments: [
      "blueprint=api", "tier=3", "tier>2", #"tier="2""#, "tier=", "language=swift", "language!~swift",
      "team=c",
      "owner!=ada", "owner=", "nothing", "payment tier=3", "createdAt>2026-01-02", "absent!=", "absent~x",
      "absent>1",
      #"{"combinator":"or","rules":[]}"#, #"language="""#,
    ])
  func notMet(text: String) throws {
    #expect(try !matches(text))
  }

  @Test("what is no query", arguments: ["=x", "title=\"a", "tier>", "$nothing=1", "{", "~a"])
  func refused(text: String) {
    #expect(throws: CatalogError.self) { try matches(text) }
  }

  @Test func whatIsWrittenByHandIsShort() {
    #expect(throws: CatalogError.self) { try matches(String(repeating: "a", count: 1 << 15)) }
  }
}
