import TestSupport
import Testing

@testable import YAMLTree

@Suite("Documents that YAML allows and a mapping does not")
struct StructureErrorTests {
  @Test(
    "a key given twice tells both places",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "3:1", "1:1"), ("x:\n  é: 1\n  \"é\": 2\n", "3:3", "2:3"),
      ("{a: 1, 'a': 2}", "1:8", "1:2"),
      ("- a: [\n    ]\n  ? a\n  : 2\n", "3:5", "1:3"), ("k: &x a\nm:\n  a: 1\n  *x : 2\n", "4:3", "3:3"),
      ("~: 1\n~: 2", "2:1", "1:1"),
    ])
  func duplicateKey(yaml: String, second: String, first: String) throws {
    let error = try failure(yaml)
    guard case .duplicateKey(_, let place) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.position.description == second)
    #expect(place.description == first)
    #expect(error.message.contains("first at \(first)"))
  }

  @Test("the same key in two mappings is no duplicate")
  func noDuplicate() throws {
    #expect(try YAMLParser.parse("- a: 1\n- a: 2\n  b: {a: 3}\n").sequence?.count == 2)
  }

  @Test(
    "a second document is refused where it starts",
    arguments: [("a: 1\n---\nb: 2\n", "2:1"), ("---\na: 1\n...\n---\n", "4:1"), ("a\n--- b\n--- c", "2:1")])
  func documents(yaml: String, place: String) throws {
    let error = try failure(yaml)
    #expect(error.reason == .multipleDocuments)
    #expect(error.position.description == place)
  }

  @Test("one document with its markers is fine")
  func markers() throws {
    #expect(try YAMLParser.parse("%YAML 1.1\n---\na: 1\n...\n# end\n").json() == "{\"a\":1}")
  }

  @Test(
    "a list or mapping as a key is refused where it is",
    arguments: [
      ("url: {{ .x }}", "1:7"), ("? [a]\n: b", "1:3"), ("a:\n  [b]: c", "2:3"), ("? a: b\n: c", "1:3"),
      ("a: &x [1]\n*x : 2", "2:1"),
    ])
  func nonScalarKey(yaml: String, place: String) throws {
    let error = try failure(yaml)
    #expect(error.reason == .nonScalarKey)
    #expect(error.position.description == place)
  }

  @Test("an alias without an anchor before it", arguments: [("a: *x", "1:4"), ("a: [*x, &x 1]", "1:5")])
  func undefinedAlias(yaml: String, place: String) throws {
    let error = try failure(yaml)
    #expect(error.reason == .undefinedAlias("x"))
    #expect(error.position.description == place)
  }

  @Test(
    "an alias inside its own value",
    arguments: [("a: &x [1, *x]", "1:11"), ("&x a:\n  b: 1\nc: &y\n  <<: *y\n", "4:7"), ("&x\na: *x", "2:4")])
  func cycle(yaml: String, place: String) throws {
    let error = try failure(yaml)
    guard case .aliasCycle = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.position.description == place)
  }

  @Test("an anchor given twice tells both places, as PyYAML refuses it")
  func duplicateAnchor() throws {
    let error = try failure("- &a 1\n- &a 2\n- *a\n")
    #expect(error.reason == .duplicateAnchor("a", first: YAMLPosition(line: 1, column: 3, offset: 2)))
    #expect(error.position.description == "2:3")
  }

  @Test("billions of laughs fail at once")
  func explosion() throws {
    var yaml = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...40 {
      yaml +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
        + "]\n"
    }
    let time = try processorTime {
      let error = try failure(yaml)
      #expect(error.reason == .aliasExplosion(limit: 100_000))
      #expect(error.position.line == 6)
    }
    #expect(time < .seconds(2))
  }

  @Test("aliases count up to their limit, and written nodes do not")
  func expansionLimit() throws {
    let limits = YAMLLimits(expandedNodes: 6)
    #expect(try YAMLParser.parse("a: &x [1, 2]\nb: *x\nc: *x\nd: [1, 2, 3]", limits: limits).mapping != nil)
    let error = try failure("a: &x [1, 2]\nb: *x\nc: [*x, *x]\n", limits: limits)
    #expect(error.reason == .aliasExplosion(limit: 6))
    #expect(error.position.description == "3:9")
  }

  @Test("nesting is allowed to its limit and refused past it")
  func nesting() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try YAMLParser.parse(nested(100)).sequence != nil)
    let error = try failure(nested(101))
    #expect(error.reason == .nestingTooDeep(limit: 100))
    #expect(error.position.description == "1:101")
    #expect(try failure(String(repeating: "- ", count: 200_000)).reason == .nestingTooDeep(limit: 100))
    #expect(try failure(String(repeating: "{a: ", count: 200_000)).reason == .nestingTooDeep(limit: 100))
    #expect(YAMLLimits(nestingDepth: .max).nestingDepth == YAMLLimits.greatestNestingDepth)
    let deepest = YAMLLimits(nestingDepth: .max)
    #expect(try YAMLParser.parse(nested(deepest.nestingDepth), limits: deepest).json().count == 1000)
  }

  @Test("nesting that aliases make counts too")
  func nestingByAlias() throws {
    let yaml = "- &a [x]\n- &b [*a]\n- [*b]\n"
    #expect(try YAMLParser.parse(yaml, limits: YAMLLimits(nestingDepth: 4)).sequence?.count == 3)
    let error = try failure(yaml, limits: YAMLLimits(nestingDepth: 3))
    #expect(error.reason == .nestingTooDeep(limit: 3))
    #expect(error.position.description == "3:4")
  }

  @Test(
    "a text that is not what its tag says",
    arguments: [
      ("a: !!int abc", "1:10"), ("a: !!bool maybe", "1:11"), ("a: !!float 'x'", "1:12"), ("!!int", "1:6"),
    ])
  func tagMismatch(yaml: String, place: String) throws {
    let error = try failure(yaml)
    guard case .tagMismatch = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.position.description == place)
  }

  @Test(
    "a tag that PyYAML does not know either, or that the value cannot have",
    arguments: [
      ("q: !.archived", "1:4"), ("a: !!bol yes", "1:4"), ("- !x [a]", "1:3"), ("a: !!str {}", "1:4"),
      ("a: !!map []", "1:4"), ("a: !!seq x", "1:4"),
    ])
  func unknownTag(yaml: String, place: String) throws {
    let error = try failure(yaml)
    guard case .unknownTag = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.position.description == place)
    #expect(error.help?.contains("starts with `!`") == true)
  }

  @Test("the description has place, message and help")
  func description() throws {
    #expect(
      try failure("a: *x").description
        == "1:4: no anchor `x` is before this alias; write `&x` before the value that is meant, or put this in quotes if it is text"
    )
  }
}
