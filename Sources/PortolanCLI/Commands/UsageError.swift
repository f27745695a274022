import Portolan

/// Why nothing can be run: bad arguments, or files that cannot be used.
struct UsageError: Error {
  /// What was found in files.
  var diagnostics: [Diagnostic] = []
  /// What is wrong with the arguments.
  var message: String?
  /// What to do about it.
  var help: String?

  init(_ message: String, _ help: String?, diagnostics: [Diagnostic] = []) {
    self.message = message
    self.help = help
    self.diagnostics = diagnostics
  }

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}
