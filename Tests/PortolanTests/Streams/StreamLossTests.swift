import TestSupport
import Testing

@testable import Portolan

@Suite("What a stream lost, and why")
struct StreamLossTests {
  private func losses(_ objects: [String], _ yaml: String = identifierConfig) async throws -> [Diagnostic] {
    let text = Array(objects.joined(separator: "\n").utf8)
    let report = try await mapStream(yaml: yaml, next: parts(text) { 100 }).report
    return CompiledMapping(try config(yaml)).losses(in: report)
  }

  @Test("all skipped: the field that is null, on how many, and the key that the objects have")
  func skipped() async throws {
    let found = try await losses([#"{"idd":"a"}"#, #"{"idd":"b"}"#, #"{"hidden":true}"#])
    #expect(found.map(\.rule) == [.noEntities])
    #expect(found[0].severity == .error)
    #expect(found[0].message.contains("the identifier `.id` is null on 2 of 2; they have `.idd`"))
    #expect(found[0].help == "write `.idd`")
    #expect(found[0].location?.file == "config.yml")
    let far = try await losses([#"{"key":"a","name":"x"}"#])
    #expect(far[0].message.hasSuffix("it has `key`, `name`"))
    #expect(far[0].help == "name a key that is there, as `.key`")
  }

  @Test("some mapped, or only filtered: no error")
  func partial() async throws {
    let some = try await losses([#"{"id":"a"}"#, #"{"x":"b"}"#])
    #expect(some.isEmpty)
    let filtered = try await losses([#"{"id":"a","hidden":true}"#])
    #expect(filtered.map(\.severity) == [.warning])
    let none = try await losses([])
    #expect(none.isEmpty)
  }

  @Test(
    "objects that are pages are recognized, with the path to the list",
    arguments: [
      (#"{"startAt":0,"values":[{"id":"a"}],"total":1}"#, ".values"),
      (#"{"data":{"issues":{"nodes":[{"id":"a"}]}}}"#, ".data.issues.nodes"),
      (#"{"things":[{"id":"a"}],"link":"x"}"#, ".things"),
      (#"{"odd key":[{"id":"a"}],"next":null}"#, #".["odd key"]"#),
    ])
  func pages(page: String, path: String) async throws {
    let found = try await losses([page, page])
    #expect(found.map(\.rule) == [.pageNotCut])
    #expect(found[0].remedy == .cutPages(at: path))
  }

  @Test("an object with lists of its own is no page")
  func noPage() async throws {
    let found = try await losses([#"{"key":"a","items":[{"x":1}],"total":1}"#])
    #expect(found.map(\.rule) == [.noEntities])
  }

  @Test("a list that no object has, one that is empty on all, and a field that fails on all")
  func others() async throws {
    let parsed = resource("identifier: .item.x\nblueprint: '\"b\"'", port: "itemsToParse: .parts")
    let unparsed = try await losses([#"{"id":1,"part":[]}"#], parsed)
    #expect(unparsed.map(\.severity) == [.error])
    let empty = try await losses([#"{"id":1,"parts":[]}"#], parsed)
    #expect(empty.map(\.severity) == [.warning])
    let failing = try await losses(
      [#"{"id":"a","l":[1]}"#, #"{"id":"b","l":[1]}"#],
      resource("identifier: .id\nblueprint: '\"b\"'\nproperties: {n: .l.name}"))
    #expect(failing.map(\.rule) == [.failingField])
    #expect(failing[0].message.contains("fails on 2 of 2 items"))
  }

  @Test(
    "the report has what was missing, by field, and the first objects that were not mapped, on any threads")
  func report() async throws {
    let objects = (0..<20_000).map { $0 % 2 == 0 ? #"{"n":\#($0)}"# : #"{"id":"x","b":null,"n":\#($0)}"# }
    let yaml = resource("identifier: .id\nblueprint: .b")
    for threads in [1, 4] {
      let text = Array(objects.joined(separator: "\n").utf8)
      let report = try await mapStream(threads: threads, yaml: yaml, next: parts(text) { 70_000 }).report
      #expect(report.missing.map(\.field) == ["identifier", "blueprint"])
      #expect(report.missing.map(\.count) == [10_000, 10_000])
      #expect(report.unmapped.map { $0.location?.line } == [1, 2, 3, 4, 5])
      #expect(
        report.unmapped.map(\.field) == ["identifier", "blueprint", "identifier", "blueprint", "identifier"])
    }
  }

  @Test("the examples of what failed are the first ones, on any threads")
  func examples() async throws {
    let yaml = resource("identifier: .id\nblueprint: '\"b\"'", selector: "query: .hidden")
    let objects = (0..<50_000).map { $0 == 9 ? #"{"hidden":"x"}"# : #"{"id":"\#($0)","hidden":[]}"# }
    let broken = (0..<50_000).map { #"{"id":"\#($0)",}"# }
    for threads in [1, 4] {
      func diagnostics(_ lines: [String]) async throws -> [Diagnostic] {
        let text = Array(lines.joined(separator: "\n").utf8)
        return try await mapStream(threads: threads, yaml: yaml, next: parts(text) { 70_000 }).report
          .diagnostics
      }
      let failed = try await diagnostics(objects)
      #expect(failed.map(\.similar) == [49_998, 0])
      #expect(failed[0].message.contains("stream:1:1"))
      #expect(failed[1].message.contains("stream:10:1"))
      let invalid = try await diagnostics(broken)
      #expect(invalid.map(\.rule) == Array(repeating: .invalidRawObject, count: 5))
      #expect(invalid.map(\.similar) == [0, 0, 0, 0, 49_995])
      #expect(invalid.map { $0.location?.line } == [1, 2, 3, 4, 5])
    }
  }

  @Test("a batch lists the objects that were not mapped, in their order, of all resources")
  func unmapped() throws {
    let mapping = CompiledMapping(
      try config(
        """
        resources:
          - kind: thing
            selector: {query: .n > 1}
            port: {entity: {mappings: {identifier: .id, blueprint: '"a"'}}}
          - kind: thing
            selector: {query: .flag}
            port: {entity: {mappings: [{identifier: .id, blueprint: '"b"'}, {identifier: .key, blueprint: '"c"'}]}}
        """))
    let page = RawPage(
      Array(
        "{\"id\":\"x\",\"n\":1,\"flag\":true}\n{\"n\":2}\n{\"id\":\"z\",\"n\":3,\"flag\":false} ?\n".utf8),
      location: SourceLocation(startOf: "page"))
    let unmapped = mapping.map(page, kind: "thing").unmapped
    #expect(
      unmapped.map { "\($0.location?.line ?? 0) \($0.resource) \($0.status.rawValue) \($0.field ?? "")" } == [
        "1 0 filtered selector.query", "1 1 skipped mappings[1].identifier", "2 0 skipped identifier",
        "2 1 failed selector.query", "3 1 filtered selector.query", "3 0 invalid ", "3 1 invalid ",
      ])
    #expect(unmapped.map { String(decoding: $0.object, as: UTF8.self) }.last == "?")
    #expect(String(decoding: unmapped[2].object, as: UTF8.self) == #"{"n":2}"#)
  }
}
