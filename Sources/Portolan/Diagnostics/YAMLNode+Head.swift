import YAMLTree

extension YAMLNode {
  /// Where what a message underlines ends: a scalar on one line, or a mapping's first key.
  func headEnd(in file: String) -> SourceLocation? {
    switch value {
    case .scalar: start.line == end.line ? SourceLocation(end, in: file) : nil
    case .mapping(let mapping):
      mapping.entries.first { $0.key.start == start }.flatMap { $0.key.headEnd(in: file) }
    case .sequence: nil
    }
  }
}
