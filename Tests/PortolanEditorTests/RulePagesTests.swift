import Portolan
import PortolanRules
import Testing

@Suite struct RulePagesTests {
  @Test(arguments: LintRule.all) func everyRuleHasItsPageInTheProgram(_ rule: LintRule) {
    #expect(RulePages.page(of: rule.rule.rawValue)?.hasPrefix("# \(rule.rule)") == true)
  }

  @Test func aTerminalShowsNoMarkdown() {
    let text = TerminalPage(Style(hasColour: false, width: 80)).text(
      "# name\n\n**Error.** See [the list](README.md).\n\n```yaml\na: **b**\n```\n")
    #expect(text == "name\n\nError. See the list.\n\n    a: **b**\n")
  }
}
