import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes raw objects into a folder of fixtures, a file a kind, laid out to be read.
///
/// ```swift
/// let writer = FixtureWriter(FixtureFolder("Fixtures/jira"))
/// let file = try writer.write([Array(#"{"key": "PORT-1"}"#.utf8)], ofKind: "issue")
/// print(file)  // Fixtures/jira/issue.json
/// ```
public struct FixtureWriter: Sendable {
  /// The file's name where a kind has a folder of files.
  private static let nameInFolder = "fetched.json"

  private let folder: FixtureFolder

  /// Creates a writer into `folder`, which is made with the first file.
  public init(_ folder: FixtureFolder) {
    self.folder = folder
  }

  /// The file that objects of `kind` are written into: `<kind>.json`, or one in the folder `<kind>` where that is.
  public func file(ofKind kind: String) -> String {
    let base = PathText.join(folder.path, FixtureFolder.fileName(kind))
    return FolderListing.isFolder(base) ? PathText.join(base, Self.nameInFolder) : base + ".json"
  }

  /// Writes the objects of a kind in the place of what the file has: all of it, or nothing.
  ///
  /// - Parameters:
  ///   - objects: JSON objects.
  ///   - kind: their kind.
  /// - Returns: the file.
  /// - Throws: ``Diagnostic`` where it cannot be written.
  @discardableResult
  public func write(_ objects: [[UInt8]], ofKind kind: String) throws(Diagnostic) -> String {
    let file = file(ofKind: kind)
    var writer = JSONWriter(.indented)
    writer.array { writer in
      for object in objects { writer.value(JSONView(valid: object)) }
    }
    do {
      try FileManager.default.createDirectory(
        atPath: PathText.parent(file), withIntermediateDirectories: true)
      try Data(writer.bytes + [UInt8(ascii: "\n")]).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw Diagnostic(
        .error, .unreadableFile, "cannot write \(file)", help: "check that you may write there")
    }
    return file
  }
}
