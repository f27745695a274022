import RawJSON
import TestSupport
import Testing

@testable import Portolan

@Suite("Where the objects of a stream are")
struct StreamLayoutTests {
  private let values = RawStream.Layout.lists(at: JSONPath([.key("data"), .key("values")]))

  @Test("lists in documents, one after another or in an array, in any parts")
  func lists() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    let pages = (0..<60).map { page in
      let objects = (0..<page % 7).map { #"{"id":"o\#(page)-\#($0)"}"# }.joined(separator: ",\n ")
      return #"{"total":9,"data":{"next":null,"values":[\#(objects)]}}"#
    }
    let expected = (0..<60).flatMap { page in (0..<page % 7).map { "o\(page)-\($0)" } }
    for text in [
      pages.joined(separator: "\n"), pages.joined(), "[" + pages.joined(separator: ",\n") + "]\n",
      "\u{FEFF}\n" + pages.joined(separator: "\r\n\r\n"),
    ] {
      let result = try await mapStream(
        values, threads: 2, next: parts(Array(text.utf8), size: randomSizes(seed, upTo: 300)))
      #expect(result.identifiers == expected, "seed \(seed)")
      #expect(result.report.failed == 0, "seed \(seed)")
    }
  }

  @Test("arrays one after another")
  func arrays() async throws {
    let text = "[{\"id\":\"a\"}]\n[]\n[{\"id\":\"b\"},{\"id\":\"c\"}]"
    let result = try await mapStream(.lists(at: JSONPath()), next: parts(Array(text.utf8)) { 4 })
    #expect(result.identifiers == ["a", "b", "c"])
    #expect(result.report.failed == 0)
  }

  @Test("a document without the list, or a broken one, costs itself and is said with its place")
  func brokenLists() async throws {
    let text = """
      {"data":{"values":[{"id":"a"}]}}
      {"data":{}}
      {"data":{"values":[{"id":"b"},{"id":}]}}
      {"data":{"values":[{"id":"c"}]}}
      """
    let result = try await mapStream(values, next: parts(Array(text.utf8)) { 9 })
    #expect(result.identifiers == ["a", "b", "c"])
    #expect(result.report.failed == 2)
    #expect(result.report.diagnostics.map { $0.location?.line } == [2, 3])
    let cut = try await mapStream(
      values, next: parts(Array(#"{"data":{"values":[{"id":"a"},{"id"#.utf8)) { 9 })
    #expect(cut.identifiers == ["a"])
    #expect(cut.report.failed > 0)
  }

  @Test("one object a line: what is on a line belongs to no other")
  func lines() async throws {
    let text =
      "{\"id\":\"a\"}\n{\"id\":\n\"b\"}\n\n  {\"id\":\"c\"} \r\n{\"id\":\"d\"} x\n[1]\n{\"id\":\"e\"}"
    for size in [1, 5, 1000] {
      let result = try await mapStream(.lines, next: parts(Array(text.utf8)) { size })
      #expect(result.identifiers == ["a", "c", "e"])
      #expect(result.report.raw == 7)
      #expect(result.report.diagnostics.map { $0.location?.line } == [2, 3, 6, 7])
    }
  }

  @Test("what is left of a stream is no part of the next one")
  func several() async throws {
    let streams = [#"{"id":"a"}{"id":"#, #""b"}"# + "\n" + #"{"id":"c"}"#, #"[{"id":"d"}]"#].map { text in
      RawStream(live: "stream", next: parts(Array(text.utf8)) { 3 })
    }
    let result = try await mapStreams(streams)
    #expect(result.identifiers == ["a", "c", "d"])
  }

  @Test("a stream that cannot be read ends its kind, which is not complete; what came before is mapped")
  func unreadable() async throws {
    struct Broken: Error {}
    let good = parts(Array(#"{"id":"a"}{"id":"b"}"#.utf8)) { 12 }
    let result = try await mapStream { () async throws -> RawStream.Part in
      let part = try await good()
      if part == .end { throw Broken() }
      return part
    }
    #expect(result.identifiers == ["a", "b"])
    #expect(!result.report.isComplete)
  }
}
