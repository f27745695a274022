import Foundation
import Portolan
import Synchronization

/// One of the mappings that `Benchmarks/compare` measures, on objects in memory.
struct Workload: Sendable {
  static let benchmarks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  /// What `portolan map` reads at once.
  private static let bytesARead = 1 << 20

  private let stream: MappingStream
  private let chunks: [[UInt8]]

  /// Reads the workload's mapping and cuts the objects into what is read at once.
  ///
  /// - Throws: `DiagnosticsError` where the config cannot be read or has no such kind.
  init(_ name: String, kind: String, _ objects: Objects) throws {
    let config = Self.benchmarks.appending(path: "workloads/\(name)/port-app-config.yml")
    stream = try MappingStream(PortAppConfig(contentsOf: config.path), kind: kind, threads: 1)
    let text = objects.text
    chunks = stride(from: 0, to: text.count, by: Self.bytesARead).map { start in
      Array(text[start..<min(start + Self.bytesARead, text.count)])
    }
  }

  /// Maps all objects, compiling included.
  ///
  /// - Returns: the number of bytes that came out.
  /// - Throws: ``NotMapped`` where an object made no entity, and what the stream throws.
  func map() throws -> Int {
    let written = Mutex(0)
    var rest = chunks[...]
    let reports = try stream.run(read: { rest.popFirst() ?? [] }) { output in
      written.withLock { $0 += output.count }
    }
    guard reports.allSatisfy({ $0.mapped == $0.raw && $0.raw > 0 }) else { throw NotMapped() }
    return written.withLock { $0 }
  }

  /// A benchmark of what failed would say nothing.
  struct NotMapped: Error {}
}
