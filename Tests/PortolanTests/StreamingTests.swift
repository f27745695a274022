import Foundation
import RawJSON
import ReferenceMapping
import Synchronization
import TestSupport
import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: portolan map")
struct StreamingTests {
  private static let yaml = """
    resources:
      - kind: thing
        selector: {query: '.n | type == "number"'}
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: '"thing"'
              properties: {n: .n, text: '.n | tostring', deep: .a.b}
    """

  /// The stream's output and its report, read in chunks of the given size.
  private func stream(_ text: String, chunk: Int, threads: Int) async throws -> (
    lines: String, report: ResourceReport
  ) {
    let rest = Mutex(Array(text.utf8)[...])
    return try await stream(threads: threads) {
      rest.withLock { rest in
        defer { rest = rest.dropFirst(chunk) }
        return Array(rest.prefix(chunk))
      }
    }
  }

  /// The output and the report of the stream that `read` reads.
  private func stream(
    threads: Int, progress: (MappingProgress) -> Void = { _ in },
    read: @escaping @Sendable () async throws -> [UInt8]
  ) async throws -> (lines: String, report: ResourceReport) {
    var sink = LineSink()
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(Self.yaml.utf8), file: "config.yml"))
    let reports = try await MappingPipeline(mapping, threads: threads).run(
      RawStream(name: "standard input", read: read), kind: "thing", into: &sink, progress: progress)
    return (String(decoding: sink.bytes, as: UTF8.self), try #require(reports.first))
  }

  /// The slow, obvious way: the whole text at once, object by object.
  private func whole(_ text: String) throws -> (lines: String, report: ResourceReport) {
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(Self.yaml.utf8), file: "config.yml"))
    var report = try #require(mapping.reports([0], kind: "thing").first)
    var lines = ""
    RawPage(Array(text.utf8), location: SourceLocation(startOf: "standard input")).forEachObject { object in
      let page = RawPage(object.json, objectsAt: .object, location: object.origin)
      let batch = mapping.map(page, kind: "thing")
      lines += String(decoding: batch.lines, as: UTF8.self)
      for tally in batch.tallies { report.add(tally, of: page) }
    }
    return (lines, report.report)
  }

  private func objects(_ count: Int, _ random: inout SeededRandom) -> [String] {
    (0..<count).map { number in
      let value = ["1", "2.5", #""text""#, "null", "9007199254740993"].randomElement(using: &random) ?? "0"
      let deep = [#"{"b":[1,{"c":"}{"}]}"#, "null", #""\n\"""#, "[]"].randomElement(using: &random) ?? "0"
      return #"{"id":"o\#(number)","n":\#(value),"a":\#(deep)}"#
    }
  }

  @Test("one object a line or one array, in any chunks, on any number of threads: the same entities in order")
  func chunks() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      let objects = objects(Int.random(in: 0...40, using: &random), &random)
      let text =
        [
          objects.joined(separator: "\n"), "[" + objects.joined(separator: ",") + "]",
          "[\n " + objects.joined(separator: ",\n ") + "\n]\n", objects.joined(separator: "\n\n") + "\n",
        ].randomElement(using: &random) ?? ""
      let expected = try whole(text)
      let actual = try await stream(
        text, chunk: Int.random(in: 1...200, using: &random), threads: Int.random(in: 1...3, using: &random))
      #expect(actual.lines == expected.lines, "seed \(seed)")
      #expect(actual.report.raw == expected.report.raw, "seed \(seed)")
      #expect(actual.report.fields == expected.report.fields, "seed \(seed)")
    }
  }

  @Test("a broken object costs only itself, in a stream too")
  func broken() async throws {
    for text in [
      "{\"id\":\"a\",\"n\":1}\n{\"id\":\n{\"id\":\"c\",\"n\":3}\n",
      "[\n {\"id\":\"a\",\"n\":1},\n {\"id\":,\n {\"id\":\"c\",\"n\":3}\n]",
    ] {
      let result = try await stream(text, chunk: 7, threads: 2)
      #expect(result.report.failed == 1)
      #expect(result.report.mapped == 2)
      #expect(result.report.diagnostics.first?.location?.line == (text.hasPrefix("[") ? 3 : 2))
    }
  }

  @Test("an array that is cut off says so, and what came whole is mapped")
  func cut() async throws {
    let result = try await stream("[{\"id\":\"a\",\"n\":1},{\"id\":\"b\",\"n\"", chunk: 5, threads: 1)
    #expect(result.report.mapped == 1)
    #expect(result.report.failed >= 1)
  }

  @Test("a large stream keeps its order over many batches")
  func manyBatches() async throws {
    var random = SeededRandom(seed: 7)
    let padding = String(repeating: "x", count: 2000)
    let objects = (0..<3000).map { #"{"id":"o\#($0)","n":\#($0),"padding":"\#(padding)"}"# }.shuffled(
      using: &random)
    for text in [objects.joined(separator: "\n"), "[" + objects.joined(separator: ",") + "]"] {
      let result = try await stream(text, chunk: 1 << 16, threads: 3)
      #expect(result.report.mapped == 3000)
      #expect(try result.lines == whole(text).lines)
    }
  }

  @Test("whatever the lines look like: byte order marks, blanks before objects, objects without line breaks")
  func forms() async throws {
    let padding = String(repeating: "x", count: 3000)
    let objects = (0..<900).map { #"{"id":"o\#($0)","n":\#($0),"padding":"\#(padding)"}"# }
    for (form, text) in [
      ("mark and lines", "\u{FEFF}" + objects.joined(separator: "\n")),
      ("mark and array", "\u{FEFF}[" + objects.joined(separator: ",") + "]"),
      ("blanks", "  " + objects.joined(separator: "\n\t ")),
      ("no breaks", objects.joined(separator: " ")),
    ] {
      let result = try await stream(text, chunk: 100_000, threads: 2)
      #expect(result.report.mapped == 900, "\(form)")
      #expect(result.report.failed == 0, "\(form)")
    }
  }

  @Test("objects over many lines are not cut where one of theirs begins a line")
  func prettyPrinted() async throws {
    let inner = (0..<40).map { "    {\n      \"b\": \($0)\n    }" }.joined(separator: ",\n")
    let objects = (0..<900).map {
      #"{\#n  "id": "o\#($0)",\#n  "n": \#($0),\#n  "list": [\#n\#(inner)\#n  ]\#n}"#
    }
    for separator in ["\n", "\n\n", " "] {
      let result = try await stream(objects.joined(separator: separator), chunk: 100_000, threads: 2)
      #expect(result.report.mapped == 900)
      #expect(result.report.failed == 0)
    }
  }

  @Test("a hundred thousand lines of garbage cost what they are long", .timeLimit(.minutes(1)))
  func garbage() async throws {
    let result = try await stream(String(repeating: "garbage\n", count: 100_000), chunk: 1 << 18, threads: 1)
    #expect(result.report.failed == 100_000)
    #expect(result.report.diagnostics.count == 5)
    #expect(result.report.diagnostics.last?.similar == 99_995)
  }

  @Test("progress rises to what there is")
  func progress() async throws {
    let text = Array(String(repeating: #"{"id":"a","n":1}"# + "\n", count: 100_000).utf8)
    let rest = Mutex(text[...])
    var positions: [MappingProgress] = []
    let report = try await stream(threads: 2, progress: { positions.append($0) }) {
      rest.withLock { rest in
        defer { rest = rest.dropFirst(100_000) }
        return Array(rest.prefix(100_000))
      }
    }.report
    #expect(report.raw == 100_000)
    #expect(positions.count > 3)
    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0.bytes <= $1.bytes })
    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0.objects <= $1.objects })
    #expect(positions.last?.bytes == text.count)
    #expect(positions.last?.objects == 100_000)
  }

  @Test("an error in reading ends the stream, whatever is still being mapped", arguments: [1, 3])
  func readError(_ threads: Int) async throws {
    struct Broken: Error {}
    let chunk = Array(String(repeating: #"{"id":"a","n":1}"# + "\n", count: 50_000).utf8)
    let reads = Mutex(0)
    await #expect(throws: Broken.self) {
      try await stream(threads: threads) {
        let count = reads.withLock { reads in
          reads += 1
          return reads
        }
        if count > 5 { throw Broken() }
        return chunk
      }
    }
  }

  @Test("what came before an error in reading is mapped, and blank lines take no memory")
  func beforeError() async throws {
    struct Broken: Error {}
    let chunks = Mutex([#"[{"id":"a","n":1},{"id":"b","n":2},{"id":"#])
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(Self.yaml.utf8), file: "config.yml"))
    var sink = LineSink()
    do {
      let stream = RawStream(name: "standard input") {
        guard let chunk = chunks.withLock({ $0.popLast() }) else { throw Broken() }
        return Array(chunk.utf8)
      }
      _ = try await MappingPipeline(mapping).run(stream, kind: "thing", into: &sink)
      Issue.record("the error is lost")
    } catch is Broken {}
    #expect(sink.bytes.split(separator: UInt8(ascii: "\n")).count == 2)
    let blanks = String(repeating: "\n", count: 3_000_000)
    let result = try await stream(
      blanks + "{\"id\":\"a\",\"n\":1}\n" + blanks + "{\"id\":", chunk: 1 << 18, threads: 1)
    #expect(result.report.mapped == 1)
    #expect(result.report.diagnostics.first?.location?.line == 6_000_002)
  }

  @Test("an object after an array is reported, and another array is cut, wherever a read ends")
  func afterArray() async throws {
    let first = #"[{"id":"a","n":1}]"#
    for chunk in [first.utf8.count, first.utf8.count + 1, 1, 1000] {
      let object = try await stream(first + "\n" + #"{"id":"b","n":2}"#, chunk: chunk, threads: 1)
      #expect(object.report.mapped == 1)
      #expect(object.report.failed == 1)
      let array = try await stream(first + "\n" + #"[{"id":"b","n":2}]"#, chunk: chunk, threads: 1)
      #expect(array.report.mapped == 2)
      #expect(array.report.failed == 0)
    }
  }
}
