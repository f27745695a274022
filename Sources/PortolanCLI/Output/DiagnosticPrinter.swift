import Portolan

/// Prints diagnostics on standard error: where, what, and below it what to do.
struct DiagnosticPrinter {
  private let stream = StandardStream.error
  private let style: Style

  init() {
    style = Style(hasColour: stream.hasColour, width: 0)
  }

  func print(_ diagnostics: [Diagnostic]) {
    for (place, diagnostic) in diagnostics.enumerated() {
      // The same advice several times in a row is given once, below the last.
      let next = diagnostics.dropFirst(place + 1).first
      let help = next?.rule == diagnostic.rule && next?.help == diagnostic.help ? nil : diagnostic.help
      print(
        diagnostic.severity, diagnostic.message, help: help, at: diagnostic.location,
        rule: diagnostic.rule, similar: diagnostic.similar)
    }
  }

  func print(
    _ severity: Diagnostic.Severity, _ message: String, help: String? = nil,
    at location: SourceLocation? = nil,
    rule: Diagnostic.Rule? = nil, similar: Int = 0
  ) {
    let place = location.map { style.bold(TextColumns.oneLine("\($0):")) + " " } ?? ""
    let word = severity == .error ? style.red("error:") : style.yellow("warning:")
    let name = rule.map { " " + style.dim("[\($0.rawValue)]") } ?? ""
    stream.write("\(place)\(word) \(TextColumns.oneLine(message))\(name)\n")
    if let help { stream.write("  \(style.cyan("→")) \(TextColumns.oneLine(help))\n") }
    if similar > 0 { stream.write("  \(style.dim("… and \(similar.grouped) more like this"))\n") }
  }
}
