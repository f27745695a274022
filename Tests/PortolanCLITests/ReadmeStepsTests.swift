import Foundation
import TestSupport
import Testing

@Suite("The steps of the README, made in a copy of this project")
struct ReadmeStepsTests {
  private static let config = ".port/jira/resources/port-app-config.yml"
  private let folder: TemporaryFolder
  private let readme: String

  init() throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    folder = try TemporaryFolder()
    readme = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    for name in [".port", "Fixtures", ".portolan.yml"] {
      try FileManager.default.copyItem(
        atPath: repository.appending(path: name).path, toPath: folder.path + "/" + name)
    }
  }

  /// Puts `leadName` where the README puts it.
  private func write(_ expression: String) throws {
    let text = try String(contentsOfFile: folder.path + "/" + Self.config, encoding: .utf8)
    let lines = text.components(separatedBy: "\n").filter { !$0.contains("leadName:") }
    let place = try #require(lines.firstIndex { $0.contains("category: .projectCategory.name") })
    let edited = lines[...place] + ["            leadName: \(expression)"] + lines[(place + 1)...]
    try folder.write(Self.config, edited.joined(separator: "\n"))
  }

  /// The README's block about the config in which `text` is.
  private func block(with text: String) throws -> String {
    let blocks = readme.components(separatedBy: "```").filter { $0.hasPrefix("\n\(Self.config):45:") }
    return String(try #require(blocks.first { $0.contains(text) }).dropFirst())
  }

  @Test(
    "what is printed there is printed, and nothing else but what it says of the property",
    arguments: [
      (".lead.displayName.first", "dry-run"), (".lead.displayName | split(',') | .[0]", "dry-run"),
      ("first(.tags", "lint"),
    ])
  func mistakes(expression: String, command: String) throws {
    try write(expression)
    let arguments = command == "lint" ? ["lint", "jira"] : [command, "jira", "--kind", "project"]
    let result = try Command.run(arguments, in: folder.path)
    #expect(result.status == 1)
    let said = command == "lint" ? result.output : result.errors
    #expect(Self.common(said).contains(Self.common(try block(with: expression))), "\(said)")
    let property = try block(with: "[unknown-property]").prefix { $0 != "\n" }
    #expect(said.hasPrefix(property), "\(said)")
    #expect(said.components(separatedBy: ": error: ").count == 3)
  }

  /// The text without jq's own words, which are others in each version.
  private static func common(_ text: String) -> String { text.replacing(/\(jq: [^\n]*\) \[/, with: "[") }

  @Test("the right ones leave the property alone to be said", arguments: ["", #" | split(" ") | .[0]"#])
  func right(end: String) throws {
    try write(".lead.displayName" + end)
    let result = try Command.run(["dry-run", "jira", "--kind", "project"], in: folder.path)
    let block = try block(with: "[unknown-property]")
    #expect(result.output.contains(end.isEmpty ? "leadName: Ingrid Solheim\n" : "leadName: Ingrid\n"))
    #expect(result.errors.hasPrefix(String(block.prefix { $0 != "\n" })))
    #expect(result.errors.hasSuffix("\n\n1 error\n"))
    if end.isEmpty { #expect(result.errors.hasPrefix(block)) }
  }
}
