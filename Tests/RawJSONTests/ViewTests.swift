import RawJSON
import ReferenceJSON
import Testing

@Suite("Views")
struct ViewTests {
  private func view(_ text: String) throws -> JSONView {
    try JSONView(validating: Array(text.utf8))
  }

  @Test(
    "a value's type and content",
    arguments: [
      ("null", JSONKind.null, nil as String?), (" true\n", .boolean, nil), ("-1.50e3", .number, nil),
      (#" "\u00e9\n" "#, .string, "é\n"), (#""\ud800""#, .string, "\u{FFFD}"), (#""""#, .string, ""),
      ("[]", .array, nil), ("{ }", .object, nil),
    ])
  func content(_ json: String, _ kind: JSONKind, _ text: String?) throws {
    let value = try view(json)
    #expect(value.kind == kind)
    #expect(value.text == text)
    #expect(value.boolean == (kind == .boolean ? true : nil))
    #expect(value.number == (kind == .number ? "-1.50e3" : nil))
    #expect(value.elements?.count == (kind == .array ? 0 : nil))
    #expect(value.members?.count == (kind == .object ? 0 : nil))
  }

  @Test("parts, where they are, and parts of parts")
  func parts() throws {
    let value = try view(#" { "a" : [ 1 , { "b" : false } , [ ] ] , "c" : "d" } "#)
    #expect(value["a"]?[1]?["b"]?.boolean == false)
    #expect(value["a"]?[2]?.elements?.isEmpty == true)
    #expect(value["a"]?.range == 9..<38)
    #expect(value["a"]?[1]?.range == 15..<30)
    #expect(value["c"]?.json == #""d""#)
    #expect(value["a"]?.json == #"[1,{"b":false},[]]"#)
    #expect(value["b"] == nil && value["c"]?["d"] == nil && value[0] == nil)
    #expect(value["a"]?[3] == nil && value["a"]?[-1] == nil && value["a"]?["0"] == nil)
  }

  @Test("of two members of one key the last counts, in the place of the first; keys are bytes")
  func keys() throws {
    let value = try view("{\"a\":1,\"é\":2,\"\\u0061\":{\"b\":3},\"e\u{301}\":4}")
    #expect(value.members?.map(\.value.json) == [#"{"b":3}"#, "2", "4"])
    #expect(value["a"]?["b"]?.number == "3")
    #expect(value["\u{E9}"]?.number == "2" && value["e\u{301}"]?.number == "4")
  }

  @Test(
    "what is not one value has no view; the error is the scanner's", arguments: ["", "[1", "{}{}", "[01]"])
  func invalid(_ text: String) throws {
    let error = try #require(fault(Array(text.utf8)))
    #expect(throws: error) { try view(text) }
  }

  @Test("bytes that are wrongly said to be valid end where they make no sense")
  func wronglyValid() {
    for seed in 90_000..<91_000 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let document = generator.document()
      visit(JSONView(valid: generator.mutated(document)), depth: 0)
    }
    #expect(JSONView(valid: []).elements == nil)
    #expect(JSONView(valid: Array("[1,2".utf8)).elements?.map(\.json) == ["1", "2"])
  }

  private func visit(_ value: JSONView, depth: Int) {
    _ = (value.kind, value.text, value.boolean, value.json, value["a"]?.json, value[0]?.json)
    for element in value.elements ?? [] { visit(element, depth: depth + 1) }
    for member in value.members ?? [] { visit(member.value, depth: depth + 1) }
  }

  @Test("shows what a slow parser finds", arguments: 70..<80 as Range<UInt64>)
  func reference(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 {
      var generator = DocumentGenerator(seed: seed)
      let document = generator.document()
      let reference = try #require(ReferenceParser.parse(document))
      let value = try JSONView(validating: document)
      try compare(value, reference, document, seed)
      for path in reference.paths() {
        let found = path.steps.reduce(value) { $0?.child($1) }
        #expect(found?.range == reference.find(path)?.range, "seed \(seed), path \(path)")
      }
    }
  }

  private func compare(
    _ value: JSONView, _ reference: ReferenceNode, _ document: [UInt8], _ seed: UInt64
  ) throws {
    #expect(value.range == reference.range, "seed \(seed)")
    #expect(Array(value.json.utf8) == reference.copy(of: document), "seed \(seed)")
    switch reference.value {
    case .literal:
      let literal = String(decoding: document[reference.range], as: UTF8.self)
      #expect((value.number ?? value.boolean?.description ?? "null") == literal, "seed \(seed)")
    case .string(let text, _):
      #expect(value.text.map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
    case .array(let elements):
      let found = try #require(value.elements, "seed \(seed)")
      #expect(found.count == elements.count, "seed \(seed)")
      for (found, element) in zip(found, elements) { try compare(found, element, document, seed) }
    case .object:
      let found = try #require(value.members, "seed \(seed)")
      let members = reference.lastMembers
      #expect(
        found.map { Array($0.key.utf8) } == members.map { Array(($0.key.text ?? "").utf8) }, "seed \(seed)")
      for (found, member) in zip(found, members) { try compare(found.value, member.value, document, seed) }
    }
  }

  @Test("reading each level again would take an hour here", .timeLimit(.minutes(1)))
  func linear() throws {
    let levels = JSONScanner.maximumDepth
    let wide = String(repeating: "[[],{}],", count: 20_000) + "0"
    var value = try view(
      String(repeating: "{\"a\":[0],\"b\":", count: levels - 3) + "[\(wide)]"
        + String(repeating: "}", count: levels - 3))
    for _ in 0..<levels - 3 { value = try #require(value.members?.last?.value) }
    #expect(value.elements?.count == 20_001)
  }
}

extension JSONView {
  fileprivate func child(_ step: JSONPathStep) -> JSONView? {
    switch step {
    case .key(let key): self[key]
    case .index(let index): self[index]
    }
  }
}
