import Testing

@testable import PortolanCatalog

@Suite struct EntityValidationTests {
  private let validation = EntityValidation(blueprints: [
    Array(
      #"""
      {"identifier":"service","schema":{"properties":{
        "url":{"type":"string","format":"url"},"tier":{"type":"number"},"live":{"type":"boolean"},
        "level":{"type":"string","enum":["low","high"]},"tags":{"type":"array","items":{"type":"string"}},
        "meta":{"type":"object"}},"required":["tier"]},
      "calculationProperties":{"score":{}},
      "relations":{"owner":{"target":"_user","required":true,"many":false},"uses":{"target":"service","many":true}}}
      """#.utf8),
    Array(#"{"identifier":"bare"}"#.utf8), Array("[".utf8),
  ])

  private func refusal(_ members: String, in blueprint: String = "service") -> WriteOutcome.Refusal? {
    validation.refusal(of: Array("{\(members)}".utf8), in: blueprint)
  }

  private func refusal(properties: String) -> String? {
    refusal(#""identifier":"a","properties":{"tier":1,\#(properties)},"relations":{"owner":"o"}"#)?.message
  }

  @Test func whatIsAsTheBlueprintSaysIsTaken() {
    #expect(
      refusal(
        #""identifier":"a","title":null,"team":["x"],"properties":{"tier":1.5,"url":"https://a.b","live":false,"#
          + #""level":"low","tags":["x"],"meta":{}},"relations":{"owner":"o","uses":["a","b"]}"#) == nil)
    #expect(refusal(#""identifier":"a""#, in: "bare") == nil)
    #expect(refusal(properties: #""url":null"#) == nil)
  }

  @Test(
    "a refusal names the field, what was found, and what is allowed",
    arguments: [
      (#""url":8"#, "`properties.url` is a number (8), and the blueprint `service` wants a string"),
      (
        #""url":"x""#,
        #"`properties.url` is a string ("x"), and the blueprint `service` wants the format `url`, such as "https://example.com/page""#
      ),
      (
        #""live":"yes""#,
        #"`properties.live` is a string ("yes"), and the blueprint `service` wants a boolean"#
      ),
      (
        #""level":"mid""#,
        #"`properties.level` is a string ("mid"), and the blueprint `service` wants one of "low", "high""#
      ),
      (
        #""tags":["a",1]"#,
        "`properties.tags` is an array with a number (1) in it, and the blueprint `service` wants an array of strings"
      ),
      (#""lvie":true"#, "the blueprint `service` has no property `lvie`; did you mean `live`?"),
      (#""uses":[]"#, "`uses` is a relation of the blueprint `service`, and stands among the properties"),
      (#""score":1"#, "`properties.score` is calculated by the catalog; it cannot be written"),
    ])
  func properties(properties: String, message: String) {
    #expect(refusal(properties: properties) == message)
  }

  @Test func whatIsRequiredMustBeThere() {
    #expect(
      refusal(#""identifier":"a","relations":{"owner":"o"}"#)?.message
        == "`properties.tier` is missing, and the blueprint `service` requires it")
    #expect(
      refusal(#""identifier":"a","properties":{"tier":null},"relations":{"owner":"o"}"#)?.message
        == "`properties.tier` is null, and the blueprint `service` requires it")
    #expect(
      refusal(#""identifier":"a","properties":{"tier":1}"#)?.message
        == "`relations.owner` is missing, and the blueprint `service` requires it")
  }

  @Test func relationsLeadToIdentifiers() {
    func message(_ relations: String) -> String? {
      refusal(#""identifier":"a","properties":{"tier":1},"relations":{\#(relations)}"#)?.message
    }
    #expect(
      message(#""owner":["o"]"#)
        == #"`relations.owner` is an array (["o"]), and the blueprint `service` wants an identifier, a string"#
    )
    #expect(message(#""owner":"o","uses":"a""#)?.contains("wants identifiers, an array of strings") ?? false)
    #expect(message(#""owner":"o","uses":[1]"#)?.contains("an array with a number (1) in it") ?? false)
    #expect(message(#""owner":{"a":1}"#)?.contains("wants an identifier, a string") ?? false)
    #expect(message(#""owner":{"combinator":"and","rules":[]}"#) == nil)
    #expect(message(#""owner":"o","user":"a""#)?.contains("did you mean `uses`?") ?? false)
  }

  @Test func statusesArePorts() {
    let unknown = refusal(#""identifier":"a""#, in: "servce")
    #expect(unknown?.status == 404)
    #expect(unknown?.code == "not_found")
    #expect(unknown?.message == "there is no blueprint `servce`; did you mean `service`?")
    let invalid = refusal("", in: "bare")
    #expect(invalid?.status == 422)
    #expect(invalid?.code == "invalid_request")
    #expect(validation.refusal(of: Array("[]".utf8), in: "bare")?.status == 422)
    #expect(validation.refusal(of: Array("{".utf8), in: "bare")?.status == 422)
  }

  @Test("identifiers that are taken", arguments: ["a", "Zz9@_.+:\\/=-", "é", "日本", "...", "a/../b", "7"])
  func identifiers(identifier: String) {
    #expect(refusal("\"identifier\":\"\(identifier.replacing("\\", with: "\\\\"))\"", in: "bare") == nil)
  }

  @Test(
    "identifiers that are not",
    arguments: [
      "", ".", "..", "a b", "a#b", "a\\nb", "😀", "e\u{301}", "a\\u0000", "٣",
    ])
  func wrongIdentifiers(identifier: String) {
    #expect(refusal("\"identifier\":\"\(identifier)\"", in: "bare")?.status == 422)
  }

  @Test func identifiersHaveALength() {
    #expect(refusal("\"identifier\":\"\(String(repeating: "a", count: 1000))\"", in: "bare") == nil)
    #expect(refusal("\"identifier\":\"\(String(repeating: "a", count: 1001))\"", in: "bare") != nil)
  }

  @Test(
    "what every entity has",
    arguments: [
      #""identifier":"a","title":1"#, #""identifier":"a","icon":[]"#, #""identifier":"a","team":{"a":1}"#,
      #""identifier":"a","team":["x",2]"#, #""identifier":{}"#, #""identifier":null"#,
      #""identifier":"a","properties":[]"#, #""identifier":"a","relations":"x""#,
    ])
  func heads(members: String) {
    #expect(refusal(members, in: "bare")?.status == 422)
  }

  @Test(
    "blueprints that are taken",
    arguments: [
      #"{"identifier":"a"}"#, #"{"identifier":"_user","schema":{"properties":{}}}"#,
      #"{"identifier":"a","schema":{"properties":{"p":{"type":"string","format":"markdown"}},"required":["p"]},"relations":{"r":{"target":"b"}}}"#,
    ])
  func blueprints(json: String) {
    #expect(EntityValidation.refusal(ofBlueprint: Array(json.utf8)) == nil)
  }

  @Test(
    "blueprints that are not, and why",
    arguments: [
      ("[", "no blueprint"), ("[]", "no blueprint"), ("{}", "`identifier`"),
      (#"{"identifier":"a=b"}"#, "`=`"),
      (#"{"identifier":"a","schema":{"properties":{"p":{"type":"text"}}}}"#, "`schema.properties.p.type`"),
      (#"{"identifier":"a","schema":{"properties":{"p":{}}}}"#, "is missing"),
      (#"{"identifier":"a","schema":{"properties":{"p":1}}}"#, "a property is an object"),
      (#"{"identifier":"a","schema":{"properties":{},"required":["q"]}}"#, "names `q`"),
      (#"{"identifier":"a","schema":{"properties":{"p":{"type":"string","enum":[]}}}}"#, "enum"),
      (#"{"identifier":"a","relations":{"r":{}}}"#, "has no `target`"),
      (#"{"identifier":"a","relations":{"r":{"target":"b b"}}}"#, "`relations.r.target`"),
      (#"{"identifier":"a","relations":{"r":{"target":"b","many":"no"}}}"#, "`relations.r.many`"),
    ])
  func wrongBlueprints(json: String, part: String) {
    let refusal = EntityValidation.refusal(ofBlueprint: Array(json.utf8))
    #expect(refusal?.status == 422)
    #expect(refusal?.message.contains(part) ?? false, "\(refusal?.message ?? "taken")")
  }
}
