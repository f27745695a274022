import RawJSON

/// What an expression may see of the world around it.
public struct JQEnvironment: Sendable, Hashable {
  /// The variables that `env` and `$ENV` hold: those that the user has named, and no others.
  public var variables: [String: String]

  /// Creates an environment; empty unless told otherwise.
  public init(variables: [String: String] = [:]) {
    self.variables = variables
  }

  /// The definitions that shut the doors jq's builtins have to the outside, on one line so that
  /// lines still count from the expression's first.
  ///
  /// JSON's strings are jq's too: a variable's text can open no interpolation, its backslashes being
  /// escaped. `stderr` and `debug` would print, `input` and `inputs` read, `modulemeta` open a file.
  /// `halt_error` is an error: libjq frees its message twice when the program runs again.
  var definitions: String {
    var object: [UInt8] = [UInt8(ascii: "{")]
    for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
      if object.count > 1 { object.append(UInt8(ascii: ",")) }
      JSONText.encode(name, into: &object)
      object.append(UInt8(ascii: ":"))
      JSONText.encode(value, into: &object)
    }
    object.append(UInt8(ascii: "}"))
    return String(decoding: object, as: UTF8.self) + """
       as $ENV | def env: $ENV; def debug: .; def debug(f): .; def stderr: .; \
      def input: error("No more inputs"); def inputs: empty; def input_filename: null; \
      def get_search_list: []; def modulemeta: error("modules are not available"); \
      def halt_error: error(.); def halt_error(f): error(.); 
      """
  }
}
