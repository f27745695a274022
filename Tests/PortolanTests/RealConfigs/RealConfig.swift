import Foundation
import TestSupport
import Testing

@testable import Portolan

/// A config of `Tests/RealConfigs`, in the shape of a real integration's.
struct RealConfig {
  /// All of them.
  static let all: [String] = FolderListing.names(root.path).filter {
    FolderListing.isFolder(root.appending(path: $0).path)
  }
  private static let root = repository.appending(path: "Tests/RealConfigs")

  let name: String
  private var folder: URL { Self.root.appending(path: name) }

  init(_ name: String) {
    self.name = name
  }

  /// The mistakes that are listed beside it.
  func mistakes() throws -> [Mistake] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.filter { $0.hasSuffix(".mistakes") }.flatMap { file in
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      return try MistakeReader(text, config: name).mistakes
    }
  }

  /// The environment variables that its expressions may see.
  func environment() throws -> [String: String] {
    let file = folder.appending(path: "environment")
    guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], parts.count == 2 ? parts[1] : "")
      })
  }

  /// A copy of it that may be edited, laid out as an integration of a project is.
  func copy() throws -> RealConfigCopy {
    let copy = try RealConfigCopy(name: name, environment: try environment())
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      guard !path.hasSuffix(".mistakes"), FolderListing.isFile(folder.appending(path: path).path) else {
        continue
      }
      try copy.folder.write(copy.place(of: path), Data(contentsOf: folder.appending(path: path)))
    }
    return copy
  }
}

/// A copy of a config in a folder of its own.
struct RealConfigCopy {
  let name: String
  let environment: [String: String]
  let folder: TemporaryFolder

  init(name: String, environment: [String: String]) throws {
    self.name = name
    self.environment = environment
    folder = try TemporaryFolder()
  }

  /// Where a file of the config's folder is in a project.
  func place(of path: String) -> String {
    path.hasPrefix("fixtures/") ? "Fixtures/\(name)/\(path.dropFirst(9))" : ".port/\(name)/\(path)"
  }

  /// The integration, as commands find it.
  func integration() throws -> Integration {
    try #require(Integration.find(in: folder.path).first)
  }

  /// Makes the mistake, and says where its finding must be.
  func make(_ mistake: Mistake) throws -> Mark? {
    for move in mistake.moves {
      let (from, to) = (url(move.from), url(move.to))
      try FileManager.default.createDirectory(
        at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
      if move.keepsFirst {
        try FileManager.default.copyItem(at: from, to: to)
      } else {
        try FileManager.default.moveItem(at: from, to: to)
      }
    }
    guard !mistake.removed.isEmpty else { return nil }
    let text = try String(contentsOf: url(mistake.file), encoding: .utf8)
    let marked = try Self.edited(text, mistake)
    let unmarked = marked.filter { !Mark.signs.contains($0) }
    try Data(unmarked.utf8).write(to: url(mistake.file))
    return Mark(in: marked, file: mistake.file)
  }

  private func url(_ path: String) -> URL { URL(filePath: folder.path).appending(path: place(of: path)) }

  /// The text with the mistake in it, and its marks.
  private static func edited(_ text: String, _ mistake: Mistake) throws -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let starts = lines.indices.filter { lines[$0...].starts(with: mistake.removed) }
    try #require(starts.count == 1, "the lines that it changes are there \(starts.count) times")
    let added = mistake.added.map { $0.replacing("→", with: "\t").replacing("⍽", with: "\u{A0}") }
    return (lines[..<starts[0]] + added + lines[(starts[0] + mistake.removed.count)...]).joined(
      separator: "\n")
  }
}
