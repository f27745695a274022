import RawJSON

/// The JSON Schema (draft 7) of a project's `.portolan.yml`, for editors: it completes the rules and their levels.
///
/// ```swift
/// print(String(decoding: ProjectSchema().json, as: UTF8.self))
/// ```
public struct ProjectSchema: Sendable {
  /// Creates the schema.
  public init() {}

  /// The schema, indented, UTF-8.
  public var json: [UInt8] {
    var writer = JSONWriter(.indented)
    let names = RuleLevels.knownRules.filter { !RuleLevels.fixedRules.contains(Diagnostic.Rule($0)) }
    let rules: SchemaValue = ["propertyNames": ["enum": .array(names.map { .text($0) })]]
    let schema = GrammarSchema(.project, conditions: [.project: [["properties": ["rules": rules]]]])
    schema.document(title: ProjectFile.name).write(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
