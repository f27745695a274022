import RawJSON

/// An expression that can be evaluated without libjq, and what it reads of the document.
struct NativeProgram: Sendable {
  let root: NativeExpression
  /// The paths of the document that it reads.
  let readers: [PathReader]

  /// The native form of `expression`, whose paths are added to `paths`; nil where it has none.
  init?(_ expression: JQExpression, _ paths: inout PathTree.Builder) {
    guard let program = expression.program, program.imports.isEmpty, program.metadata == nil,
      let body = program.body
    else { return nil }
    var compiler = NativeCompiler()
    guard let root = compiler.expression(body, ofDocument: true) else { return nil }
    self.root = root
    readers = compiler.reads.map { PathReader($0, &paths) }
  }
}

/// Evaluates native programs, one after the other. It belongs to one thread.
struct NativeEvaluator: ~Copyable {
  private let arena = Arena()

  /// Appends the JSON of what `program` gives for the document in which `matches` of `tree` were found.
  ///
  /// - Returns: false, with nothing appended, where only libjq can tell.
  func evaluate(
    _ program: NativeProgram, _ matches: borrowing PathMatches, _ document: JSONScanner, _ tree: PathTree,
    into output: inout [UInt8]
  ) -> Bool {
    arena.reset()
    let run = NativeRun(
      readers: program.readers, matches: copy matches, document: document, tree: tree, arena: arena)
    guard let value = run.value(program.root, .null), value.fits(inside: 0), !arena.isExhausted else {
      return false
    }
    value.write(into: &output)
    return true
  }
}
