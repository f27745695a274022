/// The names that are known at a place of a program, the innermost first.
final class Scope: Sendable {
  enum Entry: Sendable {
    /// `$x`
    case variable(String, AbstractValue)

    /// `def f: …;`: its body knows the names of this scope, its own included.
    case function(FunctionDefinition)

    /// What a function was called with: it knows the names of the place of the call.
    case argument(String, Expression, Scope?)
  }

  let entry: Entry
  let outer: Scope?

  init(_ entry: Entry, in outer: Scope?) {
    self.entry = entry
    self.outer = outer
  }
}

extension Scope? {
  /// The value of `$name`, nil where it is not known.
  func variable(_ name: String) -> AbstractValue? {
    var scope = self
    while let current = scope {
      if case .variable(name, let value) = current.entry { return value }
      scope = current.outer
    }
    return nil
  }

  /// The scope whose entry is what `name` with that many arguments calls, nil for a builtin.
  func function(_ name: String, _ argumentCount: Int) -> Scope? {
    var scope = self
    while let current = scope {
      switch current.entry {
      case .function(let definition)
      where definition.name == name && definition.parameters.count == argumentCount:
        return current
      case .argument(name, _, _) where argumentCount == 0:
        return current
      default: scope = current.outer
      }
    }
    return nil
  }

  func binding(_ name: String, _ value: AbstractValue) -> Scope {
    Scope(.variable(name, value), in: self)
  }
}
