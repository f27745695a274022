import Foundation
import Portolan

/// The folder of this package.
let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The mapping, in the package.
let configPath = ".port/codeowners/resources/port-app-config.yml"

/// Every object that a fetcher gives of a kind.
func objects(_ fetcher: some RawFetcher, _ kind: String) async throws -> [JSONView] {
  var objects: [JSONView] = []
  for try await page in fetcher.fetch(FetchRequest(kind: kind)) {
    objects += try JSONView(validating: page.bytes).elements ?? []
  }
  return objects
}

/// Calls `body` with a new folder, which is gone after it.
func withFolder(_ body: (URL) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: UUID().uuidString, directoryHint: .isDirectory)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder)
}

/// Writes a file, and the folders that lead to it.
func write(_ folder: URL, _ path: String, _ content: Data) throws {
  let file = folder.appending(path: path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try content.write(to: file)
}
