import Foundation

/// Generated objects in memory, the same in every run.
struct Objects {
  /// All of them, one a line.
  let text: [UInt8]

  /// Each of them.
  var lines: [[UInt8]] { text.split(separator: UInt8(ascii: "\n")).map(Array.init) }

  /// Takes `count` objects of the sort that `Benchmarks/generate` knows by this name.
  ///
  /// - Throws: what starting the generator throws, and ``GeneratorFailed``.
  init(_ name: String, count: Int) throws {
    let generator = Process()
    let output = Pipe()
    generator.executableURL = Workload.benchmarks.appending(path: "generate")
    generator.arguments = [name, "--count", String(count)]
    generator.standardOutput = output
    try generator.run()
    text = try output.fileHandleForReading.readToEnd().map(Array.init) ?? []
    generator.waitUntilExit()
    guard generator.terminationStatus == 0 else { throw GeneratorFailed(status: generator.terminationStatus) }
  }

  /// `Benchmarks/generate` ended with another status than 0; it needs Python 3.9 or newer.
  struct GeneratorFailed: Error {
    let status: Int32
  }
}
