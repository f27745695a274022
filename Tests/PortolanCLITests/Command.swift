import Foundation
import TestSupport

/// The `portolan` executable, run as a process.
enum Command {
  /// What a run left.
  struct Result {
    var status: Int32
    /// Whether it ended by itself rather than by a signal.
    var hasExited: Bool
    var output: String
    var errors: String
  }

  /// The executable beside the test bundle.
  static let executable =
    Bundle.allBundles
    .map { $0.bundleURL.deletingLastPathComponent().appending(path: "portolan") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    ?? URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent().appending(
      path: "portolan")

  /// Runs `portolan` with `arguments` in the folder at `directory`.
  static func run(
    _ arguments: [String], in directory: String, environment: [String: String] = [:]
  ) throws -> Result {
    try run(executable, arguments, in: directory, environment: environment)
  }

  /// Runs `portolan` on a thread of its own, so that a server in this process can answer it.
  static func runAside(
    _ arguments: [String], in directory: String, environment: [String: String] = [:]
  ) async throws -> Result {
    try await aside { try run(arguments, in: directory, environment: environment) }
  }

  /// Runs `script` as ``shell(_:in:environment:)`` does, on a thread of its own.
  static func shellAside(
    _ script: String, in directory: String, environment: [String: String] = [:]
  ) async throws -> Result {
    try await aside { try shell(script, in: directory, environment: environment) }
  }

  private static func aside(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
  }

  /// Runs `script` in a shell, where `$PORTOLAN` is the executable.
  static func shell(
    _ script: String, in directory: String, environment: [String: String] = [:]
  ) throws -> Result {
    try run(
      URL(filePath: "/bin/bash"), ["-c", script], in: directory,
      environment: environment.merging(["PORTOLAN": executable.path]) { $1 })
  }

  private static func run(
    _ executable: URL, _ arguments: [String], in directory: String, environment: [String: String]
  ) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: nothing waits for a reader, however much is printed.
    let folder = try TemporaryFolder()
    let output = try folder.write("output", "")
    let errors = try folder.write("errors", "")
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, hasExited: process.terminationReason == .exit,
      output: String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self))
  }
}
