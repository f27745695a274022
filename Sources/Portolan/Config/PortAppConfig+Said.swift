import YAMLTree

extension PortAppConfig {
  /// Whether one of ``diagnostics`` says already, of the same expression, that it does not compile.
  package func says(_ diagnostic: Diagnostic) -> Bool {
    guard diagnostic.rule == .invalidExpression, let place = diagnostic.location,
      let range = tree.expressionRange(around: place)
    else { return false }
    return diagnostics.contains { said in
      said.severity == .error && said.location.map(range.contains) ?? false
    }
  }
}

extension ConfigTree {
  /// From where to where the expression goes in which `place` is, nil where none is.
  fileprivate func expressionRange(around place: SourceLocation) -> ClosedRange<SourceLocation>? {
    resources.lazy.flatMap(\.expressions).map(\.node)
      .map { SourceLocation($0.start, in: file)...SourceLocation($0.end, in: file) }
      .first { $0.contains(place) }
  }
}

extension SourceLocation: Comparable {
  /// Whether one place is before another: by file, line and column.
  public static func < (first: SourceLocation, second: SourceLocation) -> Bool {
    (first.file, first.line, first.column) < (second.file, second.line, second.column)
  }
}
