import Portolan

/// Findings for a person: where and what, the line with the part that is meant, and what to do.
struct LintTextReport {
  let style: Style

  func render(_ summary: LintSummary) -> String {
    var text = ""
    for report in summary.reports {
      let lines = SourceLines(report.source ?? [])
      for finding in report.findings { text += render(finding, report, lines) + "\n" }
    }
    let colour = summary.errors > 0 ? style.red : summary.warnings > 0 ? style.yellow : style.green
    return text + colour(summary.line) + "\n"
  }

  private func render(_ finding: Diagnostic, _ report: LintReport, _ lines: SourceLines) -> String {
    let place = finding.location.map { style.bold(TextColumns.oneLine("\($0):")) + " " } ?? ""
    let isError = finding.severity == .error
    let word = isError ? style.red("error:") : style.yellow("warning:")
    let rule = style.dim("[\(finding.rule.rawValue)]")
    var text = "\(place)\(word) \(TextColumns.oneLine(finding.message)) \(rule)\n"
    if let location = finding.location, location.file == report.file, let line = lines[location.line] {
      text += excerpt(line, location, finding.end, isError: isError)
    }
    if let help = finding.help { text += "  \(style.cyan("→")) \(TextColumns.oneLine(help))\n" }
    return text
  }

  private func excerpt(
    _ line: String, _ location: SourceLocation, _ end: SourceLocation?, isError: Bool
  ) -> String {
    let endColumn = end.flatMap {
      $0.line == location.line ? $0.column : $0.line > location.line ? .max : nil
    }
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    let excerpt = SourceExcerpt(
      line, from: location.column, to: endColumn, width: max(40, style.width - number.count - 5))
    let marks = isError ? style.red(excerpt.marks) : style.yellow(excerpt.marks)
    return "  \(style.dim("\(number) |")) \(excerpt.line)\n  \(style.dim("\(margin) |")) \(marks)\n"
  }
}

/// A file's lines; LF, CR LF and CR end one, as in YAML.
struct SourceLines {
  private let lines: [String]

  init(_ source: [UInt8]) {
    let text = String(decoding: source, as: UTF8.self)
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map(String.init)
  }

  /// A line, counted from 1; nil where there is none.
  subscript(number: Int) -> String? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }
}
