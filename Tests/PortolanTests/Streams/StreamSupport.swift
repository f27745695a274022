import ReferenceMapping
import Synchronization
import TestSupport

@testable import Portolan

/// What mapping a stream of objects with an `id` and an `n` came to.
struct StreamResult {
  var identifiers: [String]
  var reports: [ResourceReport]

  /// The first resource's report.
  var report: ResourceReport { reports[0] }
}

/// A config whose one kind, `thing`, has the identifier `.id`.
let identifierConfig = resource("identifier: .id\nblueprint: '\"thing\"'", selector: "query: .hidden | not")

/// Maps the bytes that `next` gives.
func mapStream(
  _ layout: RawStream.Layout = .objects, threads: Int = 1, yaml: String = identifierConfig,
  next: @escaping @Sendable () async throws -> RawStream.Part
) async throws -> StreamResult {
  try await mapStreams(
    [RawStream(live: "stream", objectsIn: layout, next: next)], threads: threads, yaml: yaml)
}

/// Maps `streams`, one after another.
func mapStreams(
  _ streams: [RawStream], threads: Int = 1, yaml: String = identifierConfig
) async throws -> StreamResult {
  var sink = CollectingSink()
  let pipeline = MappingPipeline(CompiledMapping(try config(yaml)), threads: threads)
  let reports = try await pipeline.run([MappingInput(kind: "thing", streams)], into: &sink)
  return StreamResult(identifiers: sink.entities.map { $0.identifier.known ?? "" }, reports: reports)
}

/// The parts of `bytes`, each of at most so many as `size` says, with pauses where it says 0.
func parts(_ bytes: [UInt8], size: @escaping @Sendable () -> Int)
  -> @Sendable () async throws -> RawStream.Part
{
  let rest = Mutex(bytes[...])
  return {
    let size = size()
    if size == 0 { return .pause }
    return rest.withLock { rest in
      let next = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return next.isEmpty ? .end : .bytes(next)
    }
  }
}

/// Sizes of parts of a stream that cannot be foreseen, and pauses.
func randomSizes(_ seed: UInt64, upTo limit: Int) -> @Sendable () -> Int {
  let random = Mutex(SeededRandom(seed: seed))
  return { random.withLock { Int.random(in: 0...limit, using: &$0) } }
}
