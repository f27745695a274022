import RawJSON

/// An expression that can be evaluated without libjq, and what it reads of the document.
package struct NativeProgram: Sendable {
  let root: NativeExpression
  /// The paths from the document that it reads.
  let reads: [PlainPath]

  /// The native form of `expression`, nil where it has none.
  package init?(_ expression: JQExpression) {
    guard let program = expression.program, program.imports.isEmpty, program.metadata == nil,
      let body = program.body
    else { return nil }
    var compiler = NativeCompiler()
    guard let root = compiler.expression(body, ofDocument: true) else { return nil }
    self.root = root
    reads = compiler.reads
  }

  /// Every path that is read.
  package var paths: [JSONPath] { reads.map(\.path) }

  /// Binds the program to `tree`, which must have its ``paths``; nil where it has not.
  package func bound(to tree: PathTree) -> BoundNative? {
    var constants = ConstantTable()
    let readers = reads.compactMap { PlainReader(.path($0), in: tree, &constants) }
    return readers.count == reads.count ? BoundNative(root: root, readers: readers) : nil
  }
}

/// A native program ready to be evaluated.
package struct BoundNative: Sendable {
  let root: NativeExpression
  let readers: [PlainReader]
}

/// Evaluates native programs, one after the other. It belongs to one thread.
package struct NativeEvaluator {
  private let arena = Arena()

  /// An evaluator.
  package init() {}

  /// Appends the JSON of what `program` gives for the document in which `matches` were found.
  ///
  /// - Returns: false, with nothing appended, where only libjq can tell.
  package func evaluate(
    _ program: BoundNative, _ matches: borrowing PathMatches, _ document: JSONScanner, _ tree: PathTree,
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
