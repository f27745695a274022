import Portolan

/// Prints diagnostics on standard error: where, what, and below it what to do.
struct DiagnosticPrinter {
  private let stream = StandardStream.error

  func print(_ diagnostics: [Diagnostic]) {
    let style = Style(hasColour: stream.hasColour, width: 0)
    for diagnostic in diagnostics {
      let place = diagnostic.location.map { style.bold("\($0):") + " " } ?? ""
      let severity =
        diagnostic.severity == .error ? style.red("error:") : style.yellow("warning:")
      stream.write("\(place)\(severity) \(diagnostic.message) \(style.dim("[\(diagnostic.rule.rawValue)]"))\n")
      if let help = diagnostic.help { stream.write("  \(style.cyan("→")) \(help)\n") }
    }
  }
}

/// A kind that was asked for and that no config has.
enum UnknownKind {
  static func diagnostic(_ kind: String, known: [String]) -> Diagnostic {
    var seen: Set<String> = []
    let names = known.filter { seen.insert($0).inserted }.joined(separator: ", ")
    return Diagnostic(
      .error, .missingKey, "no resource maps the kind `\(kind)`",
      help: names.isEmpty ? "the config maps no kind" : "the kinds are: \(names)")
  }
}
