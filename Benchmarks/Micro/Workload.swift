import Foundation
import Portolan
import Synchronization

/// One of the mappings that `Benchmarks/compare` measures, on objects in memory.
struct Workload: Sendable {
  static let benchmarks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  /// What `portolan map` reads at once.
  private static let bytesARead = 1 << 18

  private let config: PortAppConfig
  private let kind: String
  private let chunks: [[UInt8]]

  /// Reads the workload's mapping and cuts the objects into what is read at once.
  ///
  /// - Throws: `DiagnosticsError` where the config cannot be read .
  init(_ name: String, kind: String, _ objects: Objects) throws {
    let config = Self.benchmarks.appending(path: "workloads/\(name)/port-app-config.yml")
    self.config = try PortAppConfig(contentsOf: config.path)
    self.kind = kind
    let text = objects.text
    chunks = stride(from: 0, to: text.count, by: Self.bytesARead).map { start in
      Array(text[start..<min(start + Self.bytesARead, text.count)])
    }
  }

  /// The mapping, compiled.
  var compiled: CompiledMapping { CompiledMapping(config) }

  /// Maps all objects, compiling included.
  ///
  /// - Returns: the number of bytes that came out.
  /// - Throws: ``NotMapped`` where an object made no entity, and what the stream throws.
  func map() async throws -> Int {
    let rest = Mutex(chunks[...])
    let stream = RawStream(name: "objects") { rest.withLock { $0.popFirst() ?? [] } }
    var sink = CountingSink()
    let reports = try await MappingPipeline(CompiledMapping(config)).run(stream, kind: kind, into: &sink)
    guard !reports.isEmpty, reports.allSatisfy({ $0.mapped == $0.raw && $0.raw > 0 }) else {
      throw NotMapped()
    }
    return sink.bytes
  }

  private struct CountingSink: EntitySink {
    var bytes = 0

    mutating func receive(_ batch: EntityBatch) {
      bytes += batch.lines.count
    }
  }

  /// A benchmark of what failed would say nothing.
  struct NotMapped: Error {}
}
