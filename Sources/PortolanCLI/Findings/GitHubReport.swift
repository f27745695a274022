import Portolan

/// Findings as GitHub's workflow commands, which it shows beside the lines of a pull request.
///
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
enum GitHubReport {
  static func render(_ summary: FindingSummary) -> String {
    summary.findings.map { command($0.finding, $0.file) }.joined()
  }

  private static func command(_ finding: Diagnostic, _ file: String) -> String {
    var properties = [("file", FileReference.relative(finding.location?.file ?? file))]
    if let start = finding.location {
      properties += [("line", String(start.line)), ("col", String(start.column))]
      // GitHub takes columns only where the finding begins and ends on the same line.
      if let end = finding.end, end.line == start.line {
        properties += [
          ("endLine", String(end.line)), ("endColumn", String(max(start.column, end.column - 1))),
        ]
      }
    }
    properties.append(("title", finding.rule.rawValue))
    let list = properties.map {
      "\($0)=\(escaped($1).replacing(":", with: "%3A").replacing(",", with: "%2C"))"
    }
    let message = [finding.message, finding.advice].compactMap { $0 }.joined(separator: "\n")
    return "::\(finding.severity.rawValue) \(list.joined(separator: ","))::\(escaped(message))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
