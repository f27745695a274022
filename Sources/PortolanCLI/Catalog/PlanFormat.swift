import ArgumentParser
import Portolan
import PortolanCatalog

/// How a plan is printed.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One document.
  case json
  /// For a comment on a pull request.
  case markdown
}

/// Prints plans on standard output.
struct PlanPrinter {
  let format: PlanFormat
  let isVerbose: Bool
  /// What to run next, nil where nothing is proposed.
  let next: String?

  /// Prints a plan; every entity of it, if asked to.
  ///
  /// - Throws: `UsageError` where the plan cannot be read.
  func print(_ report: PlanReport) throws(UsageError) {
    let output = StandardStream.output
    do {
      switch format {
      case .json:
        try report.writeJSON(withOperations: isVerbose, advice: \.advice) { bytes in
          guard output.write(bytes) else { throw CancellationError() }
        }
      case .markdown: output.write(report.markdown)
      case .text where isVerbose:
        try report.writeText(OutputSink().style, next: next) { text in
          guard output.write(Array(text.utf8)) else { throw CancellationError() }
        }
      case .text: output.write(report.text(OutputSink().style, next: next))
      }
    } catch is CancellationError {
      // Nobody reads any more.
    } catch {
      throw UsageError(catalog: error)
    }
  }
}
