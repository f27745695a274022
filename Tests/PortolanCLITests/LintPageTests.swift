import Foundation
import Portolan
import TestSupport
import Testing

@Suite("The pages of lint's rules")
struct LintPageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/rules")

  /// A page's code blocks, each with what follows its opening fence.
  struct Page: Sendable {
    var rule: LintRule
    var text: String
    var blocks: [(info: String, text: String)]

    init(_ rule: LintRule) throws {
      self.rule = rule
      let file = LintPageTests.folder.appending(path: rule.rule.rawValue + ".md")
      text = try String(contentsOf: file, encoding: .utf8)
      blocks = text.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.compactMap {
        let parts = $0.element.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1]) + "\n") : nil
      }
    }

    func first(_ info: String) -> String? { blocks.first { $0.info == info }?.text }
    func last(_ info: String) -> String? { blocks.last { $0.info == info }?.text }
  }

  /// What a dry run says of a config on the fixtures that follow it on the page: `json KIND`, or `json KIND fixed`.
  private func dryRun(_ page: Page, isFixed: Bool) throws -> Command.Result {
    let folder = try TemporaryFolder()
    let all = page.blocks.filter { $0.info.hasPrefix("json ") }.map {
      (words: $0.info.split(separator: " ").map(String.init), text: $0.text)
    }
    let fixed = all.filter { $0.words.count == 3 }
    for fixture in isFixed && !fixed.isEmpty ? fixed : all.filter({ $0.words.count == 2 }) {
      try folder.write("Fixtures/\(fixture.words[1]).json", fixture.text)
    }
    try folder.write(
      "port-app-config.yml", try #require(isFixed ? page.last("yaml") : page.first("yaml")))
    var arguments = ["dry-run", "--config", "port-app-config.yml", "--fixtures", "Fixtures"]
    if let blueprints = page.first("json") {
      try folder.write("blueprints.json", blueprints)
      arguments += ["--blueprints", "blueprints.json"]
    }
    return try Command.run(arguments, in: folder.path)
  }

  /// What lint prints for a config and the files beside it, or for a fetcher.yml.
  private func lint(
    config: String?, blueprints: String?, spec: String?, fetcher: String?
  ) throws -> Command.Result {
    let folder = try TemporaryFolder()
    let resources = ".port/resources"
    if let spec { try folder.write(".port/spec.yml", spec) }
    if let fetcher {
      try folder.write("\(resources)/port-app-config.yml", "resources: []")
      try folder.write(".port/fetcher.yml", fetcher)
      return try Command.run(["lint", "fetcher.yml"], in: "\(folder.path)/.port")
    }
    if let config { try folder.write("\(resources)/port-app-config.yml", config) }
    if let blueprints { try folder.write("\(resources)/blueprints.json", blueprints) }
    return try Command.run(
      ["lint", config == nil ? "no-such-file.yml" : "port-app-config.yml"],
      in: config == nil ? folder.path : "\(folder.path)/\(resources)")
  }

  @Test("every rule has a page, which gives its severity and meaning")
  func pages() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0 != "README.md" }
    // What else a command can print has its page, too: RulePagesTests asks for those.
    #expect(Set(LintRule.all.map { "\($0.rule.rawValue).md" }).isSubset(of: names))
    let list = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    for rule in LintRule.all {
      let name = rule.rule.rawValue
      let page = try Page(rule)
      #expect(
        page.text.hasPrefix("# \(name)\n\n**\(rule.severity.rawValue.capitalized).** \(rule.summary)\n"),
        "\(name)")
      #expect(list.contains("| [`\(name)`](\(name).md) | \(rule.severity.rawValue) | \(rule.summary) |"))
    }
  }

  @Test(
    "an example with objects gets the message that is there, and what is written instead none",
    arguments: LintRule.all.filter(\.needsData))
  func example(withData rule: LintRule) throws {
    let page = try Page(rule)
    let expected = try #require(page.first("text"))
    let result = try dryRun(page, isFixed: false)
    let findings = result.errors.components(separatedBy: "\n").dropLast(2).joined(separator: "\n")
    #expect(findings.trimmingCharacters(in: .newlines) == expected.trimmingCharacters(in: .newlines))
    #expect(expected.contains("\(rule.severity.rawValue): "))
    #expect(expected.contains("[\(rule.rule.rawValue)]"))
    let fixed = try dryRun(page, isFixed: true)
    #expect(fixed.status == 0)
    #expect(fixed.errors.isEmpty)
  }

  @Test("a page's example gets the message that is there", arguments: LintRule.all.filter { !$0.needsData })
  func example(rule: LintRule) throws {
    let page = try Page(rule)
    let expected = try #require(page.first("text"))
    let result = try lint(
      config: page.first("yaml"), blueprints: page.first("json"), spec: page.first("yaml spec"),
      fetcher: page.first("yaml fetcher"))
    let findings = result.output.components(separatedBy: "\n").dropLast(2).joined(separator: "\n")
    #expect(findings.trimmingCharacters(in: .newlines) == expected.trimmingCharacters(in: .newlines))
    #expect(expected.contains("\(rule.severity.rawValue): "))
    #expect(expected.contains("[\(rule.rule.rawValue)]"))
    #expect(result.errors.isEmpty)
  }

  @Test(
    "what a page says to write instead is clean", arguments: LintRule.all.filter { !$0.needsData }.map(\.rule)
  )
  func corrected(name: Diagnostic.Rule) throws {
    let rule = try #require(LintRule.all.first { $0.rule == name })
    if name == .unreadableFile { return }
    let page = try Page(rule)
    let result = try lint(
      config: page.last("yaml"),
      blueprints: name == .unknownTarget ? nil : page.last("json"), spec: page.last("yaml spec"),
      fetcher: page.last("yaml fetcher"))
    #expect(result.status == 0)
    #expect(result.output == "1 file: nothing wrong was found\n")
  }
}
