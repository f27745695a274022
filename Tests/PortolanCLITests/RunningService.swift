import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `portolan serve` as a process beside a test.
final class RunningService: @unchecked Sendable {
  private let process = Process()
  private let log: String
  /// Holds the log.
  private let folder: TemporaryFolder

  /// Starts it in the folder at `directory`.
  init(_ arguments: [String], in directory: String, environment: [String: String]) throws {
    folder = try TemporaryFolder()
    log = try folder.write("log", "")
    process.executableURL = Command.executable
    process.arguments = ["serve"] + arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  /// What it has said so far.
  var lines: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  var isRunning: Bool { process.isRunning }

  /// Waits until it has said something.
  func wait(for text: String, times: Int = 1, location: SourceLocation = #_sourceLocation) async {
    await wait(for: text, location: location) { lines.components(separatedBy: text).count > times }
  }

  /// Waits until something holds.
  func wait(
    for what: String, location: SourceLocation = #_sourceLocation, until holds: () async throws -> Bool
  ) async {
    for _ in 0..<600 {
      if (try? await holds()) == true { return }
      try? await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("never: \(what)\n\(lines)", sourceLocation: location)
  }

  /// Where it answers.
  func url() async throws -> String {
    await wait(for: " at http://")
    let address = try #require(lines.firstMatch(of: /at http:\/\/[^:]+:(\d+)/))
    return "http://127.0.0.1:\(address.1)"
  }

  /// Sends a signal, waits for its end, and returns its status.
  func end(_ signal: Int32 = SIGTERM) async -> Int32 {
    kill(process.processIdentifier, signal)
    return await status()
  }

  /// Its status, once it has ended.
  func status() async -> Int32 {
    await wait(for: "it ends") { !process.isRunning }
    return process.isRunning ? -1 : process.terminationStatus
  }

  /// Sends a request to it.
  func send(
    _ method: String, _ path: String, _ body: Data? = nil, _ headers: [String: String] = [:]
  ) async throws -> (status: Int, body: String) {
    var request = URLRequest(url: try #require(URL(string: try await url() + path)))
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
  }
}
