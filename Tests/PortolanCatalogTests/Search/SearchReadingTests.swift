import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct SearchReadingTests {
  private func error(_ json: String) -> CatalogError? {
    #expect(throws: CatalogError.self, "\(json)") { try SearchQuery(json: Array(json.utf8)) }
  }

  private func rule(_ rule: String) -> String { #"{"combinator":"and","rules":[\#(rule)]}"# }

  @Test(
    "what is no query is refused by name",
    arguments: [
      ("", "not JSON"), ("[]", "an array"), ("{}", "`rules` is missing"),
      (#"{"rules":1}"#, "`rules` is a number (1)"),
      (#"{"rules":[]}"#, "`combinator` is missing"),
      (#"{"combinator":"AND","rules":[]}"#, #"`combinator` is a string ("AND")"#),
      (#"{"combinator":"and","rules":[1]}"#, "a rule is a number"),
      (#"{"combinator":"and","rules":[{}]}"#, "`operator`"),
      (#"{"combinator":"and","rules":[{"combinator":"or"}]}"#, "`rules` is missing"),
      (#"{"combinator":"and","rules":[{"operator":"=","value":1}]}"#, "no `property`"),
      (#"{"combinator":"and","rules":[{"property":"a","operator":"="}]}"#, "no `value`"),
      (
        #"{"combinator":"and","rules":[{"property":"a","operator":"beginsWith","value":1}]}"#,
        "wants a string"
      ),
      (#"{"combinator":"and","rules":[{"property":"a","operator":">","value":null}]}"#, "compares with null"),
      (#"{"combinator":"and","rules":[{"property":"a","operator":"between","value":{"from":1}}]}"#, "\"to\""),
      (
        #"{"combinator":"and","rules":[{"property":{"context":"user","property":"x"},"operator":"=","value":1}]}"#,
        "user"
      ),
      (#"{"combinator":"and","rules":[{"property":"a","operator":"=","value":{"context":"user"}}]}"#, "user"),
      (#"{"combinator":"and","rules":[{"scorecard":"a","operator":"=","value":"Gold"}]}"#, "scorecard"),
      (#"{"combinator":"and","rules":[{"operator":"relatedTo","value":"x"}]}"#, "`blueprint`"),
      (#"{"combinator":"and","rules":[{"operator":"relatedTo","blueprint":"b"}]}"#, "`value`"),
      (
        #"{"combinator":"and","rules":[{"property":{"path":["a","b"]},"operator":"matchAny","value":"x"}]}"#,
        "path"
      ),
    ])
  func refused(json: String, part: String) {
    let found = error(json)
    #expect(found?.kind == .refused)
    #expect(found?.description.contains(part) ?? false, "\(found?.description ?? "taken")")
  }

  @Test(
    "a word that is almost one of those that there are",
    arguments: [
      (#"{"property":"a","operator":"contain","value":"x"}"#, "did you mean `contains`?"),
      (#"{"property":"a","operator":"like","value":"x"}"#, "there are: =, !=, "),
      (#"{"property":"$identifer","operator":"=","value":"x"}"#, "did you mean `$identifier`?"),
      (#"{"property":"a","operator":"between","value":{"preset":"lastweek"}}"#, "did you mean `lastWeek`?"),
      (
        #"{"operator":"relatedTo","blueprint":"b","value":"x","direction":"upstraem"}"#,
        "did you mean `upstream`?"
      ),
      (#"{"propertySchema":{"type":"strng"},"operator":"=","value":"x"}"#, "did you mean `string`?"),
    ])
  func spelling(json: String, advice: String) {
    let found = error(rule(json))
    #expect(found?.description.contains(advice) ?? false, "\(found?.description ?? "taken")")
  }

  @Test func nestingAndSizeHaveLimits() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: #"{"combinator":"and","rules":["#, count: depth)
        + String(repeating: "]}", count: depth)
    }
    #expect(try SearchQuery(json: Array(nested(64).utf8)).matches(SearchQueryTests.entity))
    #expect(error(nested(65))?.message.contains("nested") ?? false)
    #expect(error(nested(20_000))?.kind == .refused)
    #expect(error(nested(1) + String(repeating: " ", count: 1 << 20))?.message.contains("bytes") ?? false)
  }

  @Test func aLargeQueryIsAnsweredQuickly() throws {
    let identifiers = (0..<20_000).map { "\"entity-number-\($0)\"" }.joined(separator: ",")
    let json = rule(#"{"property":"$identifier","operator":"in","value":[\#(identifiers)]}"#)
    let query = try SearchQuery(json: Array(json.utf8))
    var count = 0
    let time = processorTime {
      for _ in 0..<10_000 where query.matches(SearchQueryTests.entity) { count += 1 }
    }
    #expect(count == 0)
    #expect(time < .seconds(3))
  }

  // MARK: What is certain

  private func hints(_ json: String) throws -> (
    blueprints: [String]?, identifiers: [String]?, keys: [EntityKey]?
  ) {
    let query = try SearchQuery(json: Array(json.utf8))
    return (query.blueprints, query.identifiers, query.keys)
  }

  private func equal(_ property: String, _ value: String) -> String {
    #"{"property":"\#(property)","operator":"=","value":"\#(value)"}"#
  }

  @Test func hintsSayWhatIsCertain() throws {
    let (service, api) = (equal("$blueprint", "service"), equal("$identifier", "api"))
    #expect(try hints(rule(service)).blueprints == ["service"])
    #expect(try hints(rule(service)).keys == nil)
    #expect(try hints(rule("\(service),\(api)")).keys == [EntityKey("service", "api")])
    #expect(try hints(rule("\(service),\(equal("$blueprint", "team"))")).blueprints == [])
    #expect(try hints(rule(equal("tier", "1"))).blueprints == nil)
    #expect(try hints(rule(#"{"property":"$blueprint","operator":"!=","value":"a"}"#)).blueprints == nil)
    #expect(
      try hints(rule(#"{"property":"$identifier","operator":"in","value":["b","a"]}"#)).identifiers == [
        "a", "b",
      ])
    #expect(try hints(#"{"combinator":"or","rules":[]}"#).keys == [])
    #expect(try hints(#"{"combinator":"or","rules":[\#(service),\#(equal("tier", "1"))]}"#).blueprints == nil)
    let pairs = ["a", "b"].map { rule("\(service),\(equal("$identifier", $0))") }.joined(separator: ",")
    let found = try hints(#"{"combinator":"or","rules":[\#(pairs)]}"#)
    #expect(found.keys == [EntityKey("service", "a"), EntityKey("service", "b")])
    #expect(found.blueprints == ["service"])
    #expect(found.identifiers == ["a", "b"])
  }

  @Test func whatMatchesIsAlwaysAmongTheHints() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededRandom(seed: seed)
    func node(_ depth: Int) -> String {
      if depth < 3, random.chance(2) {
        let rules = (0..<Int.random(in: 0..<4, using: &random)).map { _ in node(depth + 1) }
        return
          #"{"combinator":"\#(random.chance(2) ? "and" : "or")","rules":[\#(rules.joined(separator: ","))]}"#
      }
      let property = random.pick(["$blueprint", "$identifier", "tier"]) ?? ""
      let operation = random.pick(["=", "!=", "in", "notIn", "contains", "containsAny"]) ?? ""
      let values = (0..<Int.random(in: 1..<3, using: &random)).map { _ in random.pick(["a", "b", "c"]) ?? "" }
      return operation.lowercased().hasSuffix("in") || operation == "containsAny"
        ? #"{"property":"\#(property)","operator":"\#(operation)","value":["\#(values.joined(separator: "\",\""))"]}"#
        : #"{"property":"\#(property)","operator":"\#(operation)","value":"\#(values[0])"}"#
    }
    for round in 0..<3000 {
      let json = rule(node(0))
      let query = try SearchQuery(json: Array(json.utf8))
      for blueprint in ["a", "b", "c"] {
        for identifier in ["a", "b", "c"] {
          let entity = StoredEntity(
            EntityKey(blueprint, identifier), json: Array(#"{"properties":{"tier":"a"}}"#.utf8),
            datasource: "",
            createdAt: "", updatedAt: "")
          guard query.matches(entity) else { continue }
          #expect(query.blueprints?.contains(blueprint) ?? true, "seed \(seed), round \(round): \(json)")
          #expect(query.identifiers?.contains(identifier) ?? true, "seed \(seed), round \(round): \(json)")
          #expect(query.keys?.contains(entity.key) ?? true, "seed \(seed), round \(round): \(json)")
        }
      }
    }
  }
}
