/// The names that are known at a place of a program, and what an analysis knows about each.
///
/// A name means the innermost of its definitions. A function is known in its own body.
struct Scope<Function: Sendable, Variable: Sendable>: Sendable {
  /// The functions that the program defines itself, and the parameters of those around the place.
  private(set) var functions: [Signature: Function] = [:]
  /// The variables, without those that jq binds.
  private(set) var variables: [String: Variable] = [:]
  /// The labels that a `break` can leave.
  private(set) var labels: Set<String> = []

  mutating func define(_ signature: Signature, as function: Function) {
    functions[signature] = function
  }

  mutating func bind(_ name: String, to variable: Variable) {
    variables[name] = variable
  }

  mutating func label(_ name: String) {
    labels.insert(name)
  }

  /// The row of what a call of `signature` calls; nil where the program defines that itself, or jq has none.
  func builtin(_ signature: Signature) -> Builtin? {
    functions[signature] == nil ? Builtins[signature] : nil
  }
}

/// The names alone: what can be said of a place without running anything.
typealias Names = Scope<Void, Void>

extension Names {
  fileprivate func defining(_ definition: FunctionDefinition) -> Names {
    var names = self
    names.define(definition.signature, as: ())
    return names
  }

  fileprivate func binding(_ parameters: [FunctionDefinition.Parameter]) -> Names {
    var names = self
    for parameter in parameters {
      names.define(parameter.signature, as: ())
      if case .value(let name) = parameter { names.bind(name, to: ()) }
    }
    return names
  }

  fileprivate func binding(_ patterns: [Pattern]) -> Names {
    var names = self
    for name in patterns.flatMap(\.variables) { names.bind(name, to: ()) }
    return names
  }

  fileprivate func labelling(_ name: String) -> Names {
    var names = self
    names.label(name)
    return names
  }
}

extension Expression {
  /// This expression, which knows `names`, with each of ``children`` replaced by what `transform` makes of it
  /// and of the names that it knows. It is called once for each, in their order.
  func mapChildren(in names: Names, _ transform: (Expression, Names) -> Expression) -> Expression {
    var known = namesOfChildren(names)[...]
    return mapChildren { transform($0, known.popFirst() ?? names) }
  }

  /// Calls `body` with each of ``children`` and the names that it knows, where this expression knows `names`.
  func forEachChild(in names: Names, _ body: (Expression, Names) -> Void) {
    _ = mapChildren(in: names) { child, names in
      body(child, names)
      return child
    }
  }

  /// What each of ``children`` knows, in their order; empty where all know the same as this expression.
  private func namesOfChildren(_ names: Names) -> [Names] {
    switch node {
    case .definition(let definition, _):
      let outer = names.defining(definition)
      return [outer.binding(definition.parameters), outer]
    case .label(let name, _):
      return [names.labelling(name)]
    case .bind(_, let patterns, _):
      return [names] + Array(repeating: names.binding(patterns), count: children.count - 1)
    case .reduce(_, let patterns, _, _):
      return folding(names, patterns, updates: 1)
    case .foreach(_, let patterns, _, _, let extract):
      return folding(names, patterns, updates: extract == nil ? 1 : 2)
    default:
      return []
    }
  }

  /// The source and the initial value do not know the variables. The expressions in patterns do: they may use
  /// those that come before them in the same pattern.
  private func folding(_ names: Names, _ patterns: [Pattern], updates: Int) -> [Names] {
    var known = Array(repeating: names.binding(patterns), count: children.count)
    known[0] = names
    known[known.count - 1 - updates] = names
    return known
  }
}

extension Expression {
  /// Whether `isMatch` holds for this expression, which knows `names`, or for anything inside it.
  func contains(in names: Names, _ isMatch: (Expression, Names) -> Bool) -> Bool {
    if isMatch(self, names) { return true }
    var isFound = false
    forEachChild(in: names) { child, names in
      isFound = isFound || child.contains(in: names, isMatch)
    }
    return isFound
  }

  /// The functions that are called in it and that nothing in it defines where they are called.
  var calledBuiltins: Set<Signature> {
    var found: Set<Signature> = []
    collectBuiltins(in: Names(), into: &found)
    return found
  }

  private func collectBuiltins(in names: Names, into found: inout Set<Signature>) {
    if case .call(let name, let arguments) = node {
      let signature = Signature(name, arguments.count)
      if names.functions[signature] == nil { found.insert(signature) }
    }
    forEachChild(in: names) { $0.collectBuiltins(in: $1, into: &found) }
  }
}
