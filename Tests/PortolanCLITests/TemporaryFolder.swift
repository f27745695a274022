import Foundation

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "portolan-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders that it needs, and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url.path
  }
}

/// A folder with a config that works, and its fixtures.
func workingFolder() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write("config.yml", workingConfig)
  try folder.write(
    "fixtures/thing.json",
    #"""
    [{"id": "a", "name": "First", "url": "https://example.com/a"},
     {"id": "b", "name": "", "size": 9007199254740993},
     {"id": "c", "name": "gone", "hidden": true},
     {"name": "nameless"}]
    """#)
  return folder
}

let workingConfig = #"""
  resources:
    - kind: thing
      selector:
        query: .hidden | not
      port:
        entity:
          mappings:
            identifier: .id
            title: .name
            blueprint: '"thing"'
            properties:
              url: .url
              upper: .url | ascii_upcase
              size: .size
  """#
