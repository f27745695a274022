/// What a project says of the rules, for all of its configs: its `.portolan.yml`.
///
/// ```swift
/// if let path = ProjectFile.path(from: ".port/jira/resources") {
///   print(try ProjectFile(contentsOf: path).levels[.manyOutputs] as Any)
/// }
/// ```
public struct ProjectFile: Sendable {
  /// What the file is called.
  public static let name = ".portolan.yml"

  /// How bad the findings of each rule are.
  public var levels: RuleLevels
  /// What is wrong with the file, in its order. What is wrong is left out above.
  public var diagnostics: [Diagnostic]

  /// Reads a file.
  ///
  /// - Throws: ``DiagnosticsError`` where the file cannot be read or is not YAML. What else is wrong with it
  ///   is in ``diagnostics``.
  public init(contentsOf path: String) throws(DiagnosticsError) {
    let document = try DocumentReader.read(contentsOf: path, by: .project)
    levels = RuleLevels()
    diagnostics = document.problems
    for member in document.root["rules"]?.members ?? [] {
      guard let name = member.name, let key = member.key else { continue }
      if let refusal = RuleLevels.refusal(of: name) {
        diagnostics.append(
          Diagnostic(
            .warning, refusal.rule, refusal.message, help: refusal.help,
            at: SourceLocation(key.start, in: document.file), to: SourceLocation(key.end, in: document.file)))
      } else {
        levels[Diagnostic.Rule(name)] = member.text.flatMap(RuleLevels.Level.init)
      }
    }
    diagnostics = diagnostics.inFileOrder()
  }

  /// The file of the project that `folder` belongs to: in `folder` itself, the one that holds it, and so on up to
  /// the root; nil where there is none.
  public static func path(from folder: String) -> String? {
    var folder = PathText.tidy(folder)
    for _ in 0...FolderListing.absolute(folder).split(separator: "/").count {
      let path = PathText.join(folder, name)
      if FolderListing.isFile(path) { return path }
      folder = PathText.parent(folder)
    }
    return nil
  }
}
