import Foundation
import TestSupport
import Testing

/// A copy of the repository's own integrations, so that there is something to edit and to sync.
final class FixtureCatalog {
  static let config = ".port/octopus/resources/port-app-config.yml"
  static let machines = "Fixtures/octopus/machine.json"

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for name in [".port", "Fixtures"] {
      try FileManager.default.copyItem(
        atPath: root.appending(path: name).path, toPath: "\(folder.path)/\(name)")
    }
  }

  /// Runs `portolan` there.
  func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(arguments, in: folder.path)
  }

  /// Syncs the integration `octopus`.
  func sync(_ arguments: String...) throws {
    let result = try Command.run(["sync", "octopus", "--yes"] + arguments, in: folder.path)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  func edit(_ file: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
    #expect(text.contains(old))
    try folder.write(file, text.replacing(old, with: new))
  }

  /// Changes the list of machines that are fetched.
  func editMachines(_ change: ([[String: Any]]) -> [[String: Any]]) throws {
    let file = URL(filePath: "\(folder.path)/\(Self.machines)")
    let machines = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]]
    try JSONSerialization.data(withJSONObject: change(machines ?? [])).write(to: file)
  }

  /// The document that a command printed.
  static func document(_ result: Command.Result) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }
}
