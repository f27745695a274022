/// Which way an expression's value is come by. It does not change the value, only what it costs.
public enum EvaluationStrategy: String, Sendable, Hashable, CaseIterable {
  /// It is the same for every object, and known beforehand: `"service"`.
  case constant
  /// It is read off the object's bytes: `.fields.summary`, `.a // .b`.
  case path
  /// It is evaluated on the object's bytes, and by libjq where only libjq can tell: `.labels | join(", ")`.
  case native
  /// libjq runs it, together with the mapping's others of this kind: `.a | ltrimstr(.b)`.
  case together
  /// libjq runs it by itself, because it could end or change the others: `halt`.
  case alone
  /// libjq runs it in a process of its own, because it may not end, or may take all memory: `[range(.n)]`.
  case sandboxed
}

extension JQExpression {
  /// How libjq runs the expression where libjq must.
  var interpretation: EvaluationStrategy {
    if !isBounded { return .sandboxed }
    return runsWithOthers ? .together : .alone
  }

  /// Whether it can be a part of one program with others. One that this parser does not read might close the
  /// parentheses that keep it apart, and `halt` would end the others with it.
  private var runsWithOthers: Bool {
    guard let program, let body = program.body else { return false }
    return !body.calledBuiltins.contains { Builtins[$0]?.traits.contains(.ends) ?? false }
  }
}
