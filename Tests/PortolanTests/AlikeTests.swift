import Testing

@testable import Portolan

@Suite("Findings that are alike")
struct AlikeTests {
  @Test("those that are kept are listed, and the others counted")
  func expanded() {
    var finding = Diagnostic(.warning, .absentKey, "first")
    finding.count((0..<150).map { Diagnostic(.error, .absentKey, "\($0)") }, and: 5)
    #expect(finding.similar == 155)
    let all = finding.expanded
    #expect(all.map(\.message) == ["first"] + (0..<100).map { "\($0)" })
    #expect(all.allSatisfy { $0.severity == .warning })
    #expect(all.map(\.similar) == Array(repeating: 0, count: 100) + [55])
    #expect(all.flatMap(\.expanded) == all)
  }

  @Test("objects that fail alike, keys that several fields read, and entities that are lost")
  func kept() async throws {
    let objects = (0..<8).map { "{\"id\": \"x\", \"n\": \($0)}" }.joined(separator: ",")
    let selector = try await checks(
      resource("identifier: .id\nblueprint: '\"b\"'", selector: "query: .n"), ["thing": "[\(objects)]"])
    #expect(selector.flatMap(\.expanded).count == 8)
    let double = try await checks(things("properties:\n  n: .n"), ["thing": "[\(objects)]"])
    #expect(double.map(\.similar) == [6])
    #expect(double.flatMap(\.expanded).count == 7)
    let keys = try await checks(
      things("title: .id + (.n | tostring)\nproperties:\n  p: .none.a\n  q: .none.b"),
      ["thing": "[\(objects)]"])
    #expect(
      keys.filter { $0.rule == .absentKey }.flatMap(\.expanded).map(\.field) == [
        "properties.p", "properties.q",
      ])
  }

  @Test(
    "a text that is no JSON at all is one finding, which says what it looks like",
    arguments: [
      ("key: A\nstatus: x\n", "YAML"), ("- key: A\n  status: x\n", "YAML"), ("---\na: 1\n", "YAML"),
      ("<!DOCTYPE html>\n<html></html>", "HTML"), ("<?xml version=\"1.0\"?>\n<a/>", "XML"),
      ("key,status\nA,x\n", "CSV"),
    ])
  func foreign(text: String, name: String) async throws {
    let found = try await checks(things(""), ["thing": text])
    #expect(found.map(\.rule) == [.invalidRawObject], "\(found)")
    #expect(found.first?.message == "raw object of kind `thing`: this looks like \(name), not like JSON")
    #expect(found.first?.help != nil)
  }

  @Test(
    "JSON that is broken is not taken for another format", arguments: ["{\"a\": 1", "[1, x]", "x", "{a: 1}"])
  func broken(text: String) async throws {
    let found = try await checks(things(""), ["thing": text])
    #expect(!found.contains { $0.message.contains("looks like") }, "\(found)")
  }
}
