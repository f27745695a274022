import Foundation
import Portolan
import PortolanRules
import Testing

@Suite struct RulePagesTests {
  @Test(arguments: LintRule.all) func everyRuleHasItsPageInTheProgram(_ rule: LintRule) {
    #expect(RulePages.page(of: rule.rule.rawValue)?.hasPrefix("# \(rule.rule)") == true)
  }

  @Test func everyNameThatACommandCanPrintHasItsPage() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var names: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("extension Diagnostic.Rule") else { continue }
      names.formUnion(text.matches(of: /static let \w+ = Self\("([a-z-]+)"\)/).map { String($0.output.1) })
    }
    #expect(names.count > 60)
    for name in names.sorted() {
      #expect(RulePages.page(of: name)?.hasPrefix("# \(name)\n") == true, "\(name)")
    }
    #expect(RulePages.names.filter { !names.contains($0) } == [])
  }

  @Test func aTerminalShowsNoMarkdown() {
    let text = TerminalPage(Style(hasColour: false, width: 80)).text(
      "# name\n\n**Error.** See [the list](README.md).\n\n```yaml\na: **b**\n```\n")
    #expect(text == "name\n\nError. See the list.\n\n    a: **b**\n")
  }
}
