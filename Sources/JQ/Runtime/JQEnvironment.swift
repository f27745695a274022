import RawJSON

/// What an expression may see of the world around it, and how much it may take.
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

/// The definitions that shut the doors jq's builtins have to the outside.
enum ClosedDoors {
  /// By function: `stderr` and `debug` would print, `input` and `inputs` read, `modulemeta` open a file.
  /// `halt_error` would print, and libjq 1.6 frees its message once more on each later run.
  static let definitions = [
    "env/0": "def env: $ENV;",
    "debug/0": "def debug: .;",
    "debug/1": "def debug(f): .;",
    "stderr/0": "def stderr: .;",
    "input/0": #"def input: error("No more inputs");"#,
    "inputs/0": "def inputs: empty;",
    "input_filename/0": "def input_filename: null;",
    "input_line_number/0": "def input_line_number: 0;",
    "halt_error/0": "def halt_error: error(.);",
    "halt_error/1": "def halt_error(f): error(.);",
    "get_search_list/0": "def get_search_list: [];",
    "modulemeta/0": #"def modulemeta: error("modules are not available");"#,
  ]
}
