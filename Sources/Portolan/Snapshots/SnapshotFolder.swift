import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The entities that a mapping is expected to make: a file a kind, `<kind>.json`, in a folder of their own
/// beside the fixtures.
///
/// The expected entities of `Fixtures/jira` are in `Fixtures/jira.expected`, where they are never taken
/// for raw objects.
public struct SnapshotFolder: Sendable, Hashable {
  /// The folder, which need not be there.
  public var path: String

  /// Creates a view of the folder at `path`.
  public init(_ path: String) {
    self.path = path
  }

  /// Creates a view of the folder that belongs to `fixtures`.
  public init(of fixtures: FixtureFolder) {
    let name = PathText.baseName(fixtures.path) + ".expected"
    path = PathText.join(PathText.parent(fixtures.path), name)
  }

  /// The names of the snapshots that are there: kinds as they are in file names.
  var names: [String] {
    FolderListing.names(path).filter { $0.hasSuffix(".json") && FolderListing.isFile(join($0)) }
      .map { String($0.dropLast(5)) }
  }

  /// The file of the snapshot called `name`.
  func file(_ name: String) -> String { join(name + ".json") }

  /// The expected entities called `name`, nil where there are none.
  func entities(_ name: String) throws(Diagnostic) -> [Entity]? {
    let file = file(name)
    guard FolderListing.isFile(file) else { return nil }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(file)
    } catch {
      throw error.diagnostic
    }
    return try Self.entities(bytes, file)
  }

  private static func entities(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> [Entity] {
    let start = SourceLocation(startOf: file)
    let document: JSONView
    do throws(JSONError) {
      document = try JSONView(validating: bytes)
    } catch {
      throw Diagnostic(error, in: .snapshot, at: start.advanced(to: error.offset, in: bytes))
    }
    guard let elements = document.elements else {
      throw Diagnostic(
        invalidSnapshot: "a snapshot is an array of entities",
        at: start.advanced(to: document.range.lowerBound, in: bytes))
    }
    if let other = elements.first(where: { $0.kind != .object }) {
      throw Diagnostic(
        invalidSnapshot: "an entity is an object", at: start.advanced(to: other.range.lowerBound, in: bytes))
    }
    return elements.map { Entity(json: Array($0.json.utf8)) }
  }

  /// The file of a snapshot: an array with a line for each of the values in it, so that a tool that compares
  /// lines shows what has changed.
  static func json(_ entities: [Entity]) -> [UInt8] {
    var writer = JSONWriter(.indented)
    writer.array { writer in
      for entity in entities { writer.value(JSONView(valid: entity.json)) }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the snapshot called `name`.
  func write(_ name: String, _ entities: [Entity]) throws(Diagnostic) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(Self.json(entities)).write(to: URL(filePath: file(name)), options: .atomic)
    } catch {
      throw Diagnostic(
        .error, .unreadableFile, "cannot write \(file(name))", help: "check that you may write there")
    }
  }

  /// Removes the snapshot called `name`.
  func remove(_ name: String) throws(Diagnostic) {
    do {
      try FileManager.default.removeItem(atPath: file(name))
    } catch {
      throw Diagnostic(
        .error, .unreadableFile, "cannot remove \(file(name))", help: "check that you may write there")
    }
  }

  private func join(_ name: String) -> String { PathText.join(path, name) }
}

extension Diagnostic.Rule {
  /// A snapshot of entities that cannot be used.
  public static let invalidSnapshot = Self("invalid-snapshot")
}
