extension Sequence<Diagnostic> {
  /// The diagnostics in the order of their file; those at one place stay as they are.
  func inFileOrder() -> [Diagnostic] {
    enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a?.line ?? 0, a?.column ?? 0, first.offset) < (b?.line ?? 0, b?.column ?? 0, second.offset)
    }.map(\.element)
  }
}
