extension Sequence<Diagnostic> {
  /// The diagnostics in the order of their file; those at one place stay as they are.
  func inFileOrder() -> [Diagnostic] {
    enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a?.line ?? 0, a?.column ?? 0, first.offset) < (b?.line ?? 0, b?.column ?? 0, second.offset)
    }.map(\.element)
  }

  /// Each diagnostic once: an alias of YAML shows the same text several times.
  var eachOnce: [Diagnostic] {
    var seen: Set<DiagnosticKey> = []
    return filter {
      seen.insert(DiagnosticKey(location: $0.location, rule: $0.rule, message: $0.message)).inserted
    }
  }
}

/// What makes a diagnostic another one than those before it.
private struct DiagnosticKey: Hashable {
  var location: SourceLocation?
  var rule: Diagnostic.Rule
  var message: String
}
