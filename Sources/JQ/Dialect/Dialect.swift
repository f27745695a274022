/// Writes a program in the language of the libjq that will run it, so that it means what it means in jq 1.8.
package struct Dialect: Sendable {
  /// The libjq that will run the program.
  let version: LibJQVersion

  /// The dialect of `version`.
  package init(_ version: LibJQVersion = .loaded) {
    self.version = version
  }

  /// A program's text, and the definitions that must come before it.
  struct Translation {
    var definitions: [CompatibilityDefinition]
    var text: String
  }

  /// Translates `program`; nil where it has imports or no body, and stays as it is.
  func translate(_ program: Program) -> Translation? {
    guard program.imports.isEmpty, program.metadata == nil, let body = program.body else { return nil }
    var rewritten = body
    if version < .v1_8 {
      rewritten = SyntaxRewriter().rewrite(rewritten)
    }
    if version < .v1_7 {
      rewritten = ErrorRewriter(rewritten).rewrite(rewritten)
      rewritten = OperatorRewriter().rewrite(rewritten)
    }
    return Translation(
      definitions: CompatibilityDefinitions.needed(by: rewritten, version),
      text: version < .v1_8 ? rewritten.description : program.source)
  }
}
