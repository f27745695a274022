import YAMLTree

/// A whole YAML document as JSON: a config as Port keeps it, or resources that are written in YAML.
package enum ConfigDocument {
  /// The document as JSON without white space; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError`` where it is not YAML.
  package static func json(yaml source: [UInt8], file: String) throws(DiagnosticsError) -> [UInt8] {
    do throws(YAMLError) {
      return Array(try YAMLParser.parse(source).json().utf8)
    } catch {
      throw DiagnosticsError([
        Diagnostic(
          .error, .yamlSyntax, error.message, help: error.help, at: SourceLocation(error.position, in: file))
      ])
    }
  }
}
