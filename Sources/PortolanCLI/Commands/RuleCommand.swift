import ArgumentParser
import Portolan
import PortolanRules

/// `portolan rule`
struct RuleCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Explain a rule: what it finds, an example, and how to mend it.",
    discussion: """
      A finding ends with its rule in brackets. With no argument, all rules are listed.

      EXAMPLES:
        portolan rule
        portolan rule missing-quotes
      """)

  @Argument(
    help: "The rule's name, as findings show it.",
    completion: .custom { _, _, _ in RulePages.names })
  var name: String?

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let style = OutputSink().style
    guard let name else {
      try OutputSink().write(Array(list(style).utf8))
      return .fine
    }
    guard let page = RulePages.page(of: name) else {
      throw UsageError(
        "there is no rule `\(name)`",
        Suggestion.help(for: name, among: RulePages.names, "`portolan rule` lists all"))
    }
    try OutputSink().write(Array(TerminalPage(style).text(page).utf8))
    return .fine
  }

  /// Every rule on a line: name, severity, meaning.
  private func list(_ style: Style) -> String {
    let width = LintRule.all.map(\.rule.rawValue.count).max() ?? 0
    return LintRule.all.map { rule in
      let name = rule.rule.rawValue
      let severity = rule.severity.rawValue
      let colour = rule.severity == .error ? style.red : style.yellow
      return style.bold(name) + String(repeating: " ", count: width - name.count + 2) + colour(severity)
        + String(repeating: " ", count: 9 - severity.count) + rule.summary + "\n"
    }.joined()
  }
}
