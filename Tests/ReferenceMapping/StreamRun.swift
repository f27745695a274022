import Portolan
import ReferenceJSON
import Synchronization

/// What mapping a stream came to.
package struct StreamRun: Sendable {
  /// The entities' lines.
  package let lines: [[UInt8]]
  /// What was counted for the kind's first resource.
  package let counts: SlowCounts

  /// Maps `bytes` by all of the config's resources of `kind`, given in pieces of the sizes that `chunk` says, with a
  /// pause where it says 0.
  package init(
    _ mapping: CompiledMapping, kind: String, _ bytes: [UInt8], threads: Int = 1,
    chunk: @escaping @Sendable () -> Int = { .max }
  ) async throws {
    let state = Mutex((rest: bytes[...], hasPaused: false))
    let stream = RawStream(live: "standard input") {
      state.withLock { state in
        let size = chunk()
        if size == 0, !state.hasPaused {
          state.hasPaused = true
          return .pause
        }
        state.hasPaused = false
        let next = Array(state.rest.prefix(max(1, size)))
        state.rest = state.rest.dropFirst(next.count)
        return next.isEmpty ? .end : .bytes(next)
      }
    }
    var sink = LineSink()
    let reports = try await MappingPipeline(mapping, threads: threads).run(stream, kind: kind, into: &sink)
    lines = sink.bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    counts = reports.first.map(SlowCounts.init) ?? SlowCounts()
  }
}

/// Keeps entities as lines.
package struct LineSink: EntitySink {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func receive(_ batch: EntityBatch) {
    bytes += batch.lines
  }
}

extension StreamRun: CustomStringConvertible {
  package var description: String {
    lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined() + counts.description
  }
}

extension [SlowValue] {
  /// Whether `lines` are these entities, each compact and on a line.
  package func match(_ lines: some Collection<[UInt8]>) -> Bool {
    count == lines.count
      && zip(self, lines).allSatisfy { expected, line in
        guard let actual = ReferenceValue(line), actual.json == line else { return false }
        return expected.matches(actual)
      }
  }

  /// The entities, one a line.
  package var text: String {
    map { String(decoding: $0.reference.json, as: UTF8.self) }.joined(separator: "\n")
  }
}
