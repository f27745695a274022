import RawJSON

/// What an expression may see of the world around it, and how much it may take.
///
/// ```swift
/// let environment = JQEnvironment(variables: ["STAGE": "prod"], limits: JQLimits(timeout: .seconds(5)))
/// print(CompiledMapping(config, environment: environment).map(page, kind: "issue").count)
/// ```
///
/// Name single variables: whoever may edit the mapping can write whatever is named here into an entity.
public struct JQEnvironment: Sendable, Hashable {
  /// The variables that `env` and `$ENV` hold: those that the user has named, and no others.
  public var variables: [String: String]
  /// How much one expression may take for one item.
  public var limits: JQLimits

  /// Creates an environment: no variables and the usual limits unless told otherwise.
  public init(variables: [String: String] = [:], limits: JQLimits = JQLimits()) {
    self.variables = variables
    self.limits = limits
  }

  /// `{…} as $ENV | `
  ///
  /// JSON's strings are jq's too, and no variable's text can open an interpolation: its backslashes are
  /// escaped.
  var binding: String {
    let object = JSONWriter.object { object in
      for (name, value) in variables.sorted(by: { $0.key < $1.key }) { object.add(name, text: value) }
    }
    return String(decoding: object, as: UTF8.self) + " as $ENV | "
  }
}
