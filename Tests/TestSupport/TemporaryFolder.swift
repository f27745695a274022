import Foundation

/// A folder that is gone after the test.
package final class TemporaryFolder: Sendable {
  /// Its path.
  package let path: String

  /// Makes a folder.
  package init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "portolan-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders that it needs, and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  /// Writes a file, with the folders that it needs, and returns its path.
  @discardableResult
  package func write(_ name: String, _ data: Data) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url.path
  }
}
