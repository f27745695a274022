import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: port-app-config.yml")
struct ConfigGrammarTests {
  @Test("the flags are true, true, true and 0.9 where they are left out or empty; resources may be empty")
  func defaults() throws {
    for yaml in ["resources: []", "resources:\nenableMergeEntity:\nentityDeletionThreshold: ~"] {
      let config = try config(yaml)
      #expect(config.deleteDependentEntities)
      #expect(config.createMissingRelatedEntities)
      #expect(config.enableMergeEntity)
      #expect(config.entityDeletionThreshold == 0.9)
      #expect(config.resources.isEmpty)
      #expect(config.diagnostics.isEmpty)
    }
  }

  @Test(
    "`yes`, `no`, `on`, `off` are booleans where a boolean is expected",
    arguments: [
      ("yes", true), ("no", false), ("on", true), ("off", false), ("true", true), ("False", false),
      ("ON", true),
    ])
  func flagWords(word: String, value: Bool) throws {
    let config = try config(
      "deleteDependentEntities: \(word)\ncreateMissingRelatedEntities: \(word)\nenableMergeEntity: \(word)\nresources: []"
    )
    #expect(config.deleteDependentEntities == value)
    #expect(config.createMissingRelatedEntities == value)
    #expect(config.enableMergeEntity == value)
    #expect(config.diagnostics.isEmpty)
  }

  @Test("entityDeletionThreshold is a number from 0 to 1", arguments: [("0", 0), ("1", 1), ("0.25", 0.25)])
  func threshold(text: String, value: Double) throws {
    #expect(try config("entityDeletionThreshold: \(text)\nresources: []").entityDeletionThreshold == value)
  }

  @Test("resources are applied in order; several may have the same kind")
  func severalOfAKind() async throws {
    let yaml = """
      resources:
        - {kind: a, port: {entity: {mappings: {identifier: .id, blueprint: '"one"'}}}}
        - {kind: b, port: {entity: {mappings: {identifier: .id, blueprint: '"two"'}}}}
        - {kind: a, port: {entity: {mappings: {identifier: .id, blueprint: '"three"'}}}}
      """
    let run = try await run(yaml, [#"{"id":"x"}"#])
    #expect(run.entities.sorted { $0.resource < $1.resource }.map(\.blueprint) == ["one", "two", "three"])
    #expect(run.reports.map(\.kind) == ["a", "b", "a"])
    #expect(run.reports.map(\.index) == [0, 1, 2])
  }

  @Test("`AWS::RDS::DBInstance` is a kind")
  func kindWithColons() throws {
    let yaml = resource("identifier: .id\nblueprint: '\"b\"'").replacing(
      "thing", with: "AWS::RDS::DBInstance")
    #expect(try config(yaml).resources.map(\.kind) == ["AWS::RDS::DBInstance"])
  }

  @Test(
    "selector.query may be left out, or the whole selector: everything is kept",
    arguments: ["", "    selector:\n", "    selector: {}\n", "    selector: {jql: x}\n"])
  func selectorLeftOut(selector: String) async throws {
    let yaml = """
      resources:
        - kind: thing
      \(selector)    port: {entity: {mappings: {identifier: .id, blueprint: '"b"'}}}
      """
    #expect(try await run(yaml, [#"{"id":"x"}"#]).report.mapped == 1)
  }

  @Test("selector.* is what the fetcher is told, as JSON of the types that YAML gives")
  func selectorForTheFetcher() throws {
    let selector = "query: \"true\"\njql: project = A\nincludeMembers: yes\nmaximum: 5\nlist: [a, ~]"
    let resource = try #require(
      try config(resource("identifier: .id\nblueprint: .b", selector: selector)).resources.first)
    #expect(
      resource.selector.json
        == #"{"query":"true","jql":"project = A","includeMembers":true,"maximum":5,"list":["a",null]}"#)
  }

  @Test("a list of mappings makes one entity of each, and each is counted")
  func listOfMappings() async throws {
    let mapping = "- {identifier: .id, blueprint: '\"one\"'}\n- {identifier: .nope, blueprint: '\"two\"'}"
    let run = try await run(
      resource(mapping, selector: "query: .keep"),
      [
        #"{"id":"x","keep":true}"#, #"{"id":"y","keep":false}"#, #"{"id":"z","keep":1}"#,
      ])
    #expect(run.lines == [#"{"identifier":"x","blueprint":"one"}"#])
    let report = try run.report
    #expect(
      [report.items, report.mapped, report.skipped, report.filtered, report.failed] == [6, 1, 1, 2, 2])
    #expect(report.passed == 1)
    #expect(report.fields.map(\.field) == ["mappings[1].identifier"])
  }

  @Test("identifier, team and relations may be search queries, nested to any depth, every leaf jq")
  func searchQueries() async throws {
    let mapping = """
      identifier: {combinator: '"and"', rules: [{property: '"id"', operator: '"="', value: .id}]}
      blueprint: '"b"'
      team: {combinator: '"or"', rules: [{property: '"$team"', operator: '"in"', value: .teams}]}
      relations:
        owner:
          combinator: '"and"'
          rules:
            - combinator: '"or"'
              rules:
                - {property: '"mail"', operator: '"="', value: .mail | ascii_downcase}
                - {operator: '"isEmpty"', property: '"mail"'}
      """
    let run = try await run(resource(mapping), [#"{"id":7,"teams":["a"],"mail":"A@B"}"#])
    #expect(
      run.lines == [
        #"{"identifier":{"combinator":"and","rules":[{"property":"id","operator":"=","value":7}]},"blueprint":"b","#
          + #""team":{"combinator":"or","rules":[{"property":"$team","operator":"in","value":["a"]}]},"#
          + #""relations":{"owner":{"combinator":"and","rules":[{"combinator":"or","rules":["#
          + #"{"property":"mail","operator":"=","value":"a@b"},{"operator":"isEmpty","property":"mail"}]}]}}}"#
      ])
  }

  @Test("a field inside a search query is reported by its path")
  func searchQueryFieldPath() async throws {
    let mapping =
      "identifier: .id\nblueprint: '\"b\"'\nrelations: {o: {combinator: '\"and\"', rules: [{property: '\"p\"', operator: '\"=\"', value: .no}]}}"
    let run = try await run(resource(mapping), [#"{"id":"x"}"#])
    #expect(try run.report.fields.map(\.field) == ["relations.o.rules[0].value"])
  }

  @Test(
    "a scalar where jq is expected is jq text, exactly as it was written",
    arguments: [
      ("true", "true"), ("8080", "8080"), ("0x1F", "null"), ("1.50", "1.50"), ("~", nil), ("null", nil),
      ("'null'", "null"), (".n", "1"), ("\".n\"", "1"), ("1_000", "null"),
    ])
  func scalarsAsWritten(scalar: String, json: String?) async throws {
    let run = try await run(property(scalar), [#"{"n":1}"#])
    guard let json else {
      // Without a value there is no expression; the property is left out, with a warning.
      #expect(run.lines == [#"{"identifier":"x","blueprint":"b","properties":{}}"#])
      return
    }
    let found = try run.property("p")
    #expect(found == json || (json == "1.50" && found == "1.5"))
  }

  @Test("`query: true` unquoted is the filter `true`")
  func unquotedTrue() async throws {
    let run = try await run(
      resource("identifier: .id\nblueprint: '\"b\"'", selector: "query: true"), [#"{"id":"x"}"#])
    #expect(try run.report.mapped == 1)
  }

  @Test("anchors, aliases and `<<` merges work")
  func aliases() async throws {
    let yaml = """
      resources:
        - kind: a
          port:
            entity:
              mappings: &base
                identifier: .id
                blueprint: '"one"'
        - kind: b
          port: {entity: {mappings: {<<: *base, blueprint: '"two"'}}}
      """
    let run = try await run(yaml, [#"{"id":"x"}"#])
    #expect(
      run.lines == [#"{"identifier":"x","blueprint":"one"}"#, #"{"identifier":"x","blueprint":"two"}"#])
  }
}
