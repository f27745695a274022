import Foundation
import TestSupport
import Testing

/// `docs/mistakes.md` shows what is said of the mistakes on it.
@Suite("The page on the most usual mistakes")
struct MistakesPageTests {
  /// A mistake of the page: the edit, and what is printed then.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let title: String
    let removed: String
    let added: String
    let output: String
    /// What `lint --fix` prints, where it mends it.
    let fix: String?

    var testDescription: String { title }
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let mistakes: [Mistake] = {
    let page =
      (try? String(contentsOf: repository.appending(path: "docs/mistakes.md"), encoding: .utf8)) ?? ""
    return page.components(separatedBy: "\n## ").dropFirst().compactMap(mistake)
  }()

  private static func mistake(_ section: String) -> Mistake? {
    let fences = section.matches(of: /\n```([^\n]*)\n([\s\S]*?)```/).map { (String($0.1), String($0.2)) }
    let edit = fences.first { $0.0 == "diff" }?.1.split(separator: "\n") ?? []
    guard edit.count == 2, let output = fences.first(where: { $0.0 == "text" })?.1 else { return nil }
    return Mistake(
      title: section.split(separator: "\n").first.map(String.init) ?? "",
      removed: String(edit[0].dropFirst()), added: String(edit[1].dropFirst()), output: output,
      fix: fences.first { $0.0 == "text fix" }?.1)
  }

  @Test("there are three")
  func count() {
    #expect(Self.mistakes.count == 3)
  }

  @Test("what is on the page is what is printed", arguments: mistakes)
  func printed(mistake: Mistake) throws {
    let folder = try TemporaryFolder()
    for name in [".port", "Fixtures"] {
      try FileManager.default.copyItem(
        atPath: Self.repository.appending(path: name).path, toPath: "\(folder.path)/\(name)")
    }
    let config = "\(folder.path)/.port/jira/resources/port-app-config.yml"
    let text = try String(contentsOfFile: config, encoding: .utf8)
    let edited = text.replacing(mistake.removed + "\n", with: mistake.added + "\n", maxReplacements: 1)
    #expect(edited != text)
    try edited.write(toFile: config, atomically: true, encoding: .utf8)
    let result = try Command.run(["dry-run", "jira", "--kind", "project"], in: folder.path)
    #expect((result.output + result.errors).contains(mistake.output), "\(result.output)\(result.errors)")
    guard let fix = mistake.fix else { return }
    let fixed = try Command.run(["lint", "jira", "--fix"], in: folder.path)
    #expect(fixed.errors + fixed.output == fix)
    #expect(try String(contentsOfFile: config, encoding: .utf8) == text)
  }
}
