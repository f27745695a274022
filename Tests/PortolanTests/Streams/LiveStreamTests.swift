import Synchronization
import TestSupport
import Testing

@testable import Portolan

@Suite("What has arrived is mapped when nothing more is there at the moment")
struct LiveStreamTests {
  /// Counts the entities for whoever waits for them.
  private struct CountingSink: EntitySink {
    let count: Counter

    func receive(_ batch: EntityBatch) { count.add(batch.count) }
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)

    func add(_ number: Int) { value.withLock { $0 += number } }

    /// The count once it is at least `number`, or what it is after ten seconds.
    func reaching(_ number: Int) async throws -> Int {
      for _ in 0..<2000 {
        let count = value.withLock { $0 }
        if count >= number { return count }
        try await Task.sleep(for: .milliseconds(5))
      }
      return value.withLock { $0 }
    }
  }

  /// Gives a text, pauses, and does not go on before the entities are there.
  private func count(of text: String, then rest: String, expecting number: Int, threads: Int) async throws
    -> Int
  {
    let counter = Counter()
    let seen = Mutex(0)
    let step = Mutex(0)
    let stream = RawStream(live: "stream") {
      switch step.withLock({ step in
        step += 1
        return step
      }) {
      case 1: return .bytes(Array(text.utf8))
      case 2: return .pause
      case 3:
        let count = try await counter.reaching(number)
        seen.withLock { $0 = count }
        return .bytes(Array(rest.utf8))
      default: return .end
      }
    }
    var sink = CountingSink(count: counter)
    let pipeline = MappingPipeline(CompiledMapping(try config(identifierConfig)), threads: threads)
    let reports = try await pipeline.run(stream, kind: "thing", into: &sink)
    #expect(reports[0].mapped == number + 1)
    return seen.withLock { $0 }
  }

  @Test(
    "objects on lines, over lines, without a line's end, in an array, and with the next one begun",
    arguments: [1, 3])
  func forms(threads: Int) async throws {
    for (text, rest) in [
      (#"{"id":"a"}"# + "\n", #"{"id":"b"}"# + "\n"),
      (#"{"id":"a"}"#, #"{"id":"b"}"#),
      ("{\n  \"id\": \"a\"\n}\n", "{\n  \"id\": \"b\"\n}\n"),
      (#"[{"id":"a"}"#, #",{"id":"b"}]"#),
      ("[\n  {\"id\":\"a\"},\n  {", "\"id\":\"b\"}\n]\n"),
      (#"{"id":"a"}"# + "\n" + #"{"id":"#, #""b"}"# + "\n"),
      ("\u{FEFF}" + #"{"id":"a"}"# + "\r\n", #"{"id":"b"}"# + "\r\n"),
    ] {
      let seen = try await count(of: text, then: rest, expecting: 1, threads: threads)
      #expect(seen == 1, "\(text)")
    }
  }

  @Test("a broken line does not keep what follows it")
  func broken() async throws {
    let seen = try await count(
      of: "{\"id\":?}\n{\"id\":\"a\"}\n", then: #"{"id":"b"}"#, expecting: 1, threads: 1)
    #expect(seen == 1)
  }

  @Test("whatever the parts and pauses, the same entities in order, also of a large array")
  func anyParts() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    let identifiers = (0..<3000).map { "o\($0)" }
    let padding = String(repeating: "x", count: 300)
    let objects = identifiers.map { #"{"id":"\#($0)","padding":"\#(padding)","in":[{"id":1},{"id":2}]}"# }
    for text in [
      objects.joined(separator: "\n"), "[" + objects.joined(separator: ",") + "]",
      "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n", objects.joined(separator: " "),
    ] {
      let result = try await mapStream(
        threads: 2, next: parts(Array(text.utf8), size: randomSizes(seed, upTo: 90_000)))
      #expect(result.identifiers == identifiers, "seed \(seed)")
      #expect(result.report.failed == 0, "seed \(seed)")
    }
  }
}
