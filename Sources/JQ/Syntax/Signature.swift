/// Which function a name means: jq tells functions apart by their name and the number of their arguments.
///
/// It is written as jq's manual and its `builtins` write it: `map/1`.
package struct Signature: Sendable, Hashable {
  /// The name, with its module where it has one: `map`, `m::f`.
  package let name: String
  /// The number of arguments.
  package let arity: Int

  /// The function `name` with so many arguments.
  package init(_ name: String, _ arity: Int) {
    self.name = name
    self.arity = arity
  }

  /// Reads `name/arity`; nil for any other text.
  package init?(_ text: some StringProtocol) {
    guard let slash = text.lastIndex(of: "/"), slash > text.startIndex,
      let arity = Int(text[text.index(after: slash)...]), arity >= 0
    else { return nil }
    self.init(String(text[..<slash]), arity)
  }
}

extension Signature: CustomStringConvertible, Comparable {
  package var description: String { "\(name)/\(arity)" }

  package static func < (first: Signature, second: Signature) -> Bool {
    (first.name, first.arity) < (second.name, second.arity)
  }
}

extension FunctionDefinition {
  /// What calls of the function look like.
  package var signature: Signature { Signature(name, parameters.count) }
}

extension FunctionDefinition.Parameter {
  /// The parameter's name, without a `$`.
  var name: String {
    switch self {
    case .filter(let name), .value(let name): name
    }
  }

  /// What calls of the parameter look like; a `$x` can be called as `x` too.
  var signature: Signature { Signature(name, 0) }
}
