/// The blueprints of a catalog: what a `blueprints.json` holds.
///
/// ```swift
/// let blueprints = try Blueprints.load(contentsOf: ".port/jira/resources/blueprints.json")
/// print(blueprints["jiraIssue"]?.required ?? [])
/// ```
public struct Blueprints: Sendable {
  /// Every blueprint, in the file's order.
  public let all: [Blueprint]
  private let places: [String: Int]

  /// Creates a set of blueprints; of several with the same identifier the first counts.
  public init(_ blueprints: [Blueprint]) {
    all = blueprints
    places = Dictionary(blueprints.enumerated().map { ($1.identifier, $0) }) { first, _ in first }
  }

  /// The blueprint of that identifier, nil where there is none.
  public subscript(identifier: String) -> Blueprint? {
    places[identifier].map { all[$0] }
  }

  /// Reads a file: an array of blueprints, or a single one.
  ///
  /// - Throws: ``DiagnosticsError`` where the file cannot be read, is not JSON, or holds something that is
  ///   not a blueprint, with the place of everything that was found.
  public static func load(contentsOf path: String) throws(DiagnosticsError) -> Blueprints {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw DiagnosticsError([error.diagnostic])
    }
    return try load(json: bytes, file: path)
  }

  /// Reads JSON text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError``, as ``load(contentsOf:)``.
  public static func load(json: [UInt8], file: String) throws(DiagnosticsError) -> Blueprints {
    var reader = BlueprintsReader(json, file: file)
    return Blueprints(try reader.read())
  }
}
