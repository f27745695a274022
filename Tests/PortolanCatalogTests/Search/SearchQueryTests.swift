import Portolan
import RawJSON
import Testing

@testable import PortolanCatalog

@Suite struct SearchQueryTests {
  static let entity = StoredEntity(
    EntityKey("service", "api-1"),
    json: Array(
      #"""
      {"identifier":"api-1","blueprint":"service","title":"Payment API","icon":null,"team":["a","b"],
      "properties":{"tier":2,"big":9007199254740993,"language":"Swift","live":true,"none":null,"tags":["x","y"],
      "url":"https://example.com/api","released":"2026-03-01T10:00:00+02:00","meta":{"a":1},"empty":[],"digits":"7"},
      "relations":{"owner":"ada","uses":["db","cache"],"nobody":null}}
      """#.utf8),
    datasource: "port-ocean/jira/1.0.0/my-jira/exporter", createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-02-01T00:00:00.500Z")

  /// A Monday's noon: 2026-03-02T12:00:00Z.
  static let now = 1_772_452_800.0

  private func matches(_ rule: String) throws -> Bool {
    try SearchQuery(json: Array(#"{"combinator":"and","rules":[\#(rule)]}"#.utf8), now: Self.now)
      .matches(Self.entity)
  }

  private func matches(_ property: String, _ operation: String, _ value: String?) throws -> Bool {
    let value = value.map { #","value":\#($0)"# } ?? ""
    return try matches(#"{"property":"\#(property)","operator":"\#(operation)"\#(value)}"#)
  }

  @Test(
    "every operator, with one that matches and one that does not",
    arguments: [
      ("tier", "=", "2.0", "3"), ("big", "=", "9007199254740993", "9007199254740992"),
      ("language", "=", #""Swift""#, #""swift""#), ("live", "=", "true", "false"),
      ("none", "=", "null", "0"), ("absent", "=", "null", "0"), ("meta", "=", #"{"a":1.0}"#, #"{"a":2}"#),
      ("$team", "=", #""a""#, #""c""#), ("owner", "=", #""ada""#, #""bob""#),
      ("released", "=", #""2026-03-01T08:00:00Z""#, #""2026-03-01T10:00:00Z""#),
      ("$identifier", "=", #""api-1""#, #""api""#), ("$blueprint", "=", #""service""#, #""Service""#),
      ("$icon", "=", "null", #""x""#), ("$createdAt", "=", #""2026-01-01T01:00:00+01:00""#, #""2026-01-01""#),
      ("tier", "!=", "3", "2"), ("absent", "!=", "3", "null"), ("$team", "!=", #""c""#, #""a""#),
      ("tier", ">", "1.999", "2"), ("tier", ">=", "2", "2.001"), ("tier", "<", "2.001", "2"),
      ("tier", "<=", "2", "1"),
      ("big", ">", "9007199254740992", "9007199254740993"), ("language", ">", #""Go""#, #""Zig""#),
      ("$updatedAt", ">", #""2026-02-01T00:00:00Z""#, #""2026-02-01T00:00:01Z""#),
      ("released", "<", #""2026-03-01T09:00:00Z""#, #""2026-03-01T07:00:00Z""#),
      ("language", "contains", #""wif""#, #""Wif""#), ("tags", "contains", #""x""#, #""z""#),
      ("$datasource", "contains", #""/my-jira/exporter""#, #""/jira/exporter""#),
      ("language", "doesNotContains", #""go""#, #""ift""#),
      ("language", "doesNotContain", #""go""#, #""ift""#),
      ("language", "notContains", #""go""#, #""ift""#), ("absent", "doesNotContains", #""go""#, nil),
      ("tags", "containsAny", #"["z","y"]"#, #"["z"]"#),
      ("$team", "containsAny", #"["b"]"#, #"["My Teams"]"#),
      ("language", "beginsWith", #""Sw""#, #""wift""#), ("language", "doesNotBeginsWith", #""G""#, #""S""#),
      ("language", "doesNotBeginWith", #""G""#, #""S""#),
      ("language", "endsWith", #""ift""#, #""Swif""#), ("language", "doesNotEndsWith", #""o""#, #""t""#),
      ("language", "doesNotEndWith", #""o""#, #""t""#),
      ("language", "in", #"["Go","Swift"]"#, #"["Go"]"#), ("tier", "in", "[1,2.0]", #"["2"]"#),
      ("language", "notIn", #"["Go"]"#, #"["Swift"]"#), ("absent", "notIn", #"["Go"]"#, nil),
      (
        "$createdAt", "between", #"{"from":"2025-12-31","to":"2026-01-02"}"#,
        #"{"from":"2026-01-02","to":"2026-01-03"}"#
      ),
      ("tier", "between", #"{"from":1,"to":2}"#, #"{"from":3,"to":4}"#),
      ("released", "between", #"{"preset":"lastWeek"}"#, #"{"preset":"today"}"#),
      ("released", "between", #"{"preset":"yesterday"}"#, #"{"preset":"nextWeek"}"#),
      ("$createdAt", "notBetween", #"{"preset":"lastMonth"}"#, #"{"preset":"last3Months"}"#),
    ] as [(String, String, String, String?)])
  func operators(property: String, operation: String, matching: String, other: String?) throws {
    #expect(try matches(property, operation, matching), "\(property) \(operation) \(matching)")
    if let other { #expect(try !matches(property, operation, other), "\(property) \(operation) \(other)") }
  }

  @Test func emptiness() throws {
    for name in ["none", "absent", "empty", "nobody", "$icon"] {
      #expect(try matches(name, "isEmpty", nil), "\(name)")
      #expect(try !matches(name, "isNotEmpty", nil), "\(name)")
    }
    for name in ["tier", "language", "$team", "owner"] {
      #expect(try !matches(name, "isEmpty", nil), "\(name)")
      #expect(try matches(name, "isNotEmpty", nil), "\(name)")
    }
  }

  @Test func groups() throws {
    let (yes, no) = (
      #"{"property":"tier","operator":"=","value":2}"#, #"{"property":"tier","operator":"=","value":3}"#
    )
    func query(_ combinator: String, _ rules: [String]) -> String {
      #"{"combinator":"\#(combinator)","rules":[\#(rules.joined(separator: ","))]}"#
    }
    #expect(try matches(query("and", [])))
    #expect(try !matches(query("or", [])))
    #expect(try matches(query("or", [no, yes])))
    #expect(try !matches(query("and", [no, yes])))
    #expect(try matches(query("and", [query("or", [no, query("and", [yes, yes])]), yes])))
  }

  @Test func relationsAndSchemas() throws {
    #expect(try matches(#"{"relation":"uses","operator":"=","value":"db"}"#))
    #expect(try matches(#"{"property":{"path":["owner"]},"operator":"matchAny","value":["bob","ada"]}"#))
    #expect(try !matches(#"{"property":{"path":["owner"]},"operator":"matchAny","value":"bob"}"#))
    let schema = #""operator":"=","value":"https://example.com/api""#
    #expect(try matches(#"{"propertySchema":{"type":"string","format":"url"},\#(schema)}"#))
    #expect(try !matches(#"{"propertySchema":{"type":"string","format":"email"},\#(schema)}"#))
    #expect(try !matches(#"{"propertySchema":{"type":"number"},\#(schema)}"#))
  }
}
