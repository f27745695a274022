/// A name in a program that nothing there defines, and jq does not either.
package struct UnresolvedName: Sendable, Hashable {
  /// What the name is used as.
  package enum Use: Sendable, Hashable {
    /// `name(a; b)`
    case function(arity: Int)
    /// `$name`
    case variable
    /// `break $name`
    case label
  }

  /// The name, without its `$`.
  package var name: String
  /// What it is used as.
  package var use: Use
  /// Where the name is, its `$` included, in UTF-8 byte offsets of the source.
  package var range: Range<Int>
  /// The functions that the program defines and that could be called there.
  package var knownFunctions: Set<Signature>
  /// The variables that could be used there, `ENV` among them.
  package var knownVariables: Set<String>
}

extension Program {
  /// The names that nothing defines, in the order of the text.
  ///
  /// libjq knows more functions than ``Builtins`` (those that begin with an underscore), so it has the last
  /// word.
  package var unresolvedNames: [UnresolvedName] {
    guard let body else { return [] }
    var resolution = NameResolution(source: Array(source.utf8))
    resolution.walk(body, Names())
    return resolution.unresolved.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// Walks a tree and collects what is not known where it is used.
private struct NameResolution {
  let source: [UInt8]
  private(set) var unresolved: [UnresolvedName] = []

  init(source: [UInt8]) {
    self.source = source
  }

  mutating func walk(_ expression: Expression, _ names: Names) {
    switch expression.node {
    case .call(let name, let arguments):
      let signature = Signature(name, arguments.count)
      if names.functions[signature] == nil, !Builtins.has(signature) {
        let end = min(expression.range.lowerBound + name.utf8.count, expression.range.upperBound)
        let range = expression.range.lowerBound..<end
        report(name, .function(arity: arguments.count), range, names)
      }
    case .variable(let name):
      check(variable: name, at: expression.range, names)
    case .breakOut(let name) where !names.labels.contains(name):
      report(name, .label, expression.range, names)
    case .object(let entries):
      for case .variable(let name) in entries.map(\.key) {
        check(variable: name, at: range(of: "$" + name, in: expression.range), names)
      }
    default: break
    }
    expression.forEachChild(in: names) { walk($0, $1) }
  }

  private mutating func check(variable name: String, at range: Range<Int>, _ names: Names) {
    guard names.variables[name] == nil, !Builtins.variables.contains(name) else { return }
    report(name, .variable, range, names)
  }

  private mutating func report(
    _ name: String, _ use: UnresolvedName.Use, _ range: Range<Int>, _ names: Names
  ) {
    unresolved.append(
      UnresolvedName(
        name: name, use: use, range: range, knownFunctions: Set(names.functions.keys),
        knownVariables: Set(names.variables.keys).union(Builtins.variables)))
  }

  /// Where `text` first is in a part of the source: entries of objects have no range of their own.
  private func range(of text: String, in range: Range<Int>) -> Range<Int> {
    let wanted = Array(text.utf8)
    let range = range.clamped(to: 0..<source.count)
    let start = range.first { source[$0..<range.upperBound].starts(with: wanted) } ?? range.lowerBound
    return start..<min(start + wanted.count, range.upperBound)
  }
}
