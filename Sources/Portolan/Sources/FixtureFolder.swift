/// A folder of raw objects by kind: `<kind>.json` or `<kind>/*.json`.
///
/// Each file holds one object, an array of objects, or one object a line.
public struct FixtureFolder: Sendable, Hashable {
  /// The folder.
  public var path: String

  /// Creates a view of the folder at `path`.
  public init(_ path: String) {
    self.path = path
  }

  /// The files that hold objects of `kind`, in the order in which they are read.
  public func files(ofKind kind: String) -> [String] {
    let base = PathText.join(path, Self.fileName(kind))
    let file = base + ".json"
    if FolderListing.isFile(file) { return [file] }
    return FolderListing.names(base).filter { $0.hasSuffix(".json") }.map { PathText.join(base, $0) }
      .filter { FolderListing.isFile($0) }
  }

  /// The size in bytes of the files of `kind`.
  package func size(ofKind kind: String) -> Int {
    files(ofKind: kind).map(FolderListing.size).reduce(0, +)
  }

  /// What there is to say where a kind has no file.
  func missing(_ kind: String, _ severity: Diagnostic.Severity) -> Diagnostic {
    Diagnostic(
      severity, .missingFixture, "kind `\(kind)` has no fixture in \(path)", help: placeHelp(for: kind))
  }

  /// Where raw objects of a kind belong.
  func placeHelp(for kind: String) -> String {
    let file = PathText.join(path, Self.fileName(kind))
    return "put raw objects into \(file).json, or one a file into \(file)/"
  }

  /// The kind as it is in a name: every character outside `A-Z a-z 0-9 _ . -` becomes `_`.
  static func fileName(_ kind: String) -> String {
    String(
      String.UnicodeScalarView(
        kind.unicodeScalars.map { scalar in
          switch scalar {
          case "A"..."Z", "a"..."z", "0"..."9", "_", ".", "-": scalar
          default: "_"
          }
        }))
  }
}

extension Diagnostic.Rule {
  /// A kind without a fixture.
  public static let missingFixture = Self("missing-fixture")
}
