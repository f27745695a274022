import ArgumentParser
import Portolan

/// How findings are printed.
enum FindingFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person, with the lines that are meant.
  case text
  /// One document.
  case json
  /// SARIF 2.1.0, which code scanning reads.
  case sarif
  /// GitHub's workflow commands, which annotate a pull request.
  case github

  func render(_ summary: FindingSummary) -> [UInt8] {
    switch self {
    case .text:
      let stream = StandardStream.output
      let style = Style(hasColour: stream.hasColour, width: stream.width ?? 110, wraps: stream.isTerminal)
      return Array(FindingTextReport(style: style).render(summary).utf8)
    case .json: return FindingJSONReport.render(summary)
    case .sarif: return SARIFReport().render(summary)
    case .github: return Array(GitHubReport.render(summary).utf8)
    }
  }
}
