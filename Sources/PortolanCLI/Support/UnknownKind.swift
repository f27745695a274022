import Portolan

/// Why a kind that arguments name is not mapped.
struct UnknownKind {
  /// What is wrong.
  let message: String
  /// What to do about it.
  let help: String

  /// Says it of `kind`, which no resource of `configs` maps. What is wrong in them is said apart from that.
  init(_ kind: String, in configs: [PortAppConfig]) {
    let leftOut = configs.lazy.flatMap(\.leftOutResources).first { $0.kind == kind }
    if let leftOut {
      message = "the resource of kind `\(kind)`, on line \(leftOut.location.line), is left out"
      help = "mend what is wrong with it, as said above"
      return
    }
    let known = configs.flatMap(\.resources).map(\.kind).unique
    message = "no resource maps the kind `\(kind)`"
    help =
      known.isEmpty ? "the config maps no kind" : Suggestion.help(for: kind, among: known, "the kinds are")
  }

  /// The same as an error, with what else was found.
  func error(with diagnostics: [Diagnostic] = []) -> UsageError {
    UsageError(message, help, diagnostics: diagnostics)
  }
}
