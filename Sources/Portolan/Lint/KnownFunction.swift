import JQ

/// One of jq's own functions, for whoever looks it up while writing.
package struct KnownFunction: Sendable {
  /// Its name.
  package let name: String
  /// How many arguments it takes.
  package let arity: Int
  /// The first jq that has it as jq 1.8 means it; nil where jq 1.6 has.
  package let since: String?
  /// The kind of the values that it gives; nil where that depends.
  package let gives: JSONKind?
  /// What to write instead, where jq 1.7 removed it.
  package let replacement: String?

  /// How it is called: `sub(…; …)`.
  package var call: String {
    arity == 0 ? name : name + "(" + Array(repeating: "…", count: arity).joined(separator: "; ") + ")"
  }

  /// Every function that jq 1.8 has, by name.
  package static let all = Builtins.signatures.compactMap(of)
    .sorted { ($0.name, $0.arity) < ($1.name, $1.arity) }

  /// The functions of a name, those that jq 1.7 removed among them, by their number of arguments.
  package static func named(_ name: String) -> [KnownFunction] {
    (0...8).compactMap { of(Signature(name, $0)) }
  }

  private static func of(_ signature: Signature) -> KnownFunction? {
    Builtins[signature].map {
      KnownFunction(
        name: signature.name, arity: signature.arity, since: $0.since, gives: $0.kind,
        replacement: $0.replacement
      )
    }
  }
}
