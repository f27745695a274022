import Portolan

/// Prints diagnostics for a person, a line apart.
final class DiagnosticPrinter {
  private let stream: StandardStream
  private let style: Style
  private var text: DiagnosticText
  /// How many lines the last block had that was printed, 0 before the first.
  private var lastLineCount = 0
  /// Whether it has been said where rules are explained.
  private var hasToldOfRules = false

  /// A printer on standard error, or on `stream`.
  init(_ stream: StandardStream = .error) {
    self.stream = stream
    style = Style(hasColour: stream.hasColour, width: stream.width ?? 110, wraps: stream.isTerminal)
    text = DiagnosticText(style: style)
  }

  /// What the reader writes to see all findings that are alike, nil where nothing shows them.
  var expanding: String? {
    get { text.expanding }
    set { text.expanding = newValue }
  }

  func print(_ diagnostics: [Diagnostic]) {
    // Files are read anew each time: under --watch they change.
    for block in text.blocks(diagnostics, SourceFiles()) { print(block) }
  }

  /// Prints findings, apart from what is above them, and what they come to.
  func print(_ summary: FindingSummary) {
    guard let counts = summary.counts else { return }
    // A result that is read elsewhere does not stand above them.
    if lastLineCount == 0, stream.isTerminal, StandardStream.output.isTerminal { stream.write("\n") }
    print(summary.diagnostics)
    close(summary, counts)
  }

  /// Prints what findings come to that have been printed before, in one part or several; nothing where there are none.
  func printCounts(of findings: [Diagnostic]) {
    let summary = FindingSummary(FoundFinding.all(findings, of: ""), files: [])
    if let counts = summary.counts { close(summary, counts) }
  }

  private func close(_ summary: FindingSummary, _ counts: String) {
    stream.write("\n" + summary.coloured(counts, style) + "\n")
    lastLineCount = 2
    if stream.isTerminal, !hasToldOfRules { stream.write("`portolan rule NAME` explains a rule.\n") }
    hasToldOfRules = true
  }

  /// Prints what says no more than a sentence, of no file.
  func print(_ severity: Diagnostic.Severity, _ message: String, help: String? = nil) {
    print(text.head(severity, message) + text.helpLines(help))
  }

  /// Prints why nothing can be run.
  func print(_ error: UsageError) {
    print(error.diagnostics)
    if let message = error.message { print(.error, message, help: error.help) }
  }

  private func print(_ lines: [String]) {
    let gap = DiagnosticText.isApart(lastLineCount, lines.count) ? "\n" : ""
    stream.write(gap + lines.joined(separator: "\n") + "\n")
    lastLineCount = lines.count
  }
}
