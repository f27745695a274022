import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that are to be written into a folder: all of them, or none.
package struct NewFiles: Sendable {
  /// A file of a new project.
  package struct File: Sendable {
    /// Its path from the folder.
    package var path: String
    /// What it holds.
    package var bytes: [UInt8]
    /// Whether it is left as it is where there is one.
    package var isOptional: Bool

    init(_ path: String, _ bytes: [UInt8], isOptional: Bool = false) {
      self.path = path
      self.bytes = bytes
      self.isOptional = isOptional
    }
  }

  /// The files, in the order in which a person reads them.
  package private(set) var files: [File]

  init(_ files: [File]) {
    self.files = files
  }

  /// Writes the files into the folder at `folder`, with the folders that they need.
  ///
  /// - Returns: the paths of those that were written, from `folder`.
  /// - Throws: `DiagnosticsError`, with nothing written, where one is there already that must not be, or cannot be
  ///   written.
  package func write(into folder: String) throws(DiagnosticsError) -> [String] {
    let existing = files.filter { FileManager.default.fileExists(atPath: PathText.join(folder, $0.path)) }
    let conflicts = existing.filter { !$0.isOptional }.map { PathText.join(folder, $0.path) }
    guard conflicts.isEmpty else { throw DiagnosticsError([Self.conflict(conflicts)]) }
    let new = files.filter { file in !existing.contains { $0.path == file.path } }
    var undo = Undo()
    for file in new {
      let path = PathText.join(folder, file.path)
      do {
        try undo.makeFolder(PathText.parent(path))
        try Data(file.bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        undo.paths.append(path)
      } catch {
        undo.run()
        throw DiagnosticsError([
          Diagnostic(
            .error, .unreadableFile, "cannot write \(path); nothing was written",
            help: "check that you may write there, and that no file is in the place of a folder")
        ])
      }
    }
    return new.map(\.path)
  }

  private static func conflict(_ paths: [String]) -> Diagnostic {
    Diagnostic(
      .error, .existingFile,
      paths.count == 1
        ? "\(paths[0]) is there already; nothing was written"
        : "\(paths.count) files are there already; nothing was written: \(paths.joined(separator: ", "))",
      help:
        "choose another name, or another folder with --output, or remove \(paths.count == 1 ? "it" : "them") first"
    )
  }
}

/// What was made so far, to take it back.
private struct Undo {
  var paths: [String] = []

  /// Makes the folder at `path`, and those around it that are not there.
  mutating func makeFolder(_ path: String) throws {
    if FolderListing.isFolder(path) { return }
    let parent = PathText.parent(path)
    if parent != path { try makeFolder(parent) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    paths.append(path)
  }

  func run() {
    for path in paths.reversed() { try? FileManager.default.removeItem(atPath: path) }
  }
}

extension Diagnostic.Rule {
  /// A file that would be overwritten.
  package static let existingFile = Self("existing-file")
}
