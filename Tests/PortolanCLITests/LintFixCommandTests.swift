import Foundation
import TestSupport
import Testing

@Suite("portolan lint --fix and portolan rule")
struct LintFixCommandTests {
  private let folder: TemporaryFolder
  private static let wrong = """
    resources:
      - kind: issue
        selector:
          query: "true"
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: issue

    """
  private static let right = wrong.replacing("blueprint: issue", with: #"blueprint: '"issue"'"#)

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("config.yml", Self.wrong)
  }

  private var text: String {
    get throws { try String(contentsOfFile: folder.path + "/config.yml", encoding: .utf8) }
  }

  @Test func writesTheCuresIntoTheFile() throws {
    let result = try Command.run(["lint", "--fix", "config.yml"], in: folder.path)
    #expect(result.status == 0)
    #expect(try text == Self.right)
    #expect(result.errors.contains("config.yml:9: write"))
  }

  @Test func showsADiffAndChangesNothing() throws {
    let result = try Command.run(["lint", "--fix", "--diff", "config.yml"], in: folder.path)
    #expect(result.status == 1)
    #expect(try text == Self.wrong)
    let diff = """
      --- config.yml
      +++ config.yml
      @@ -6,4 +6,4 @@
             entity:
               mappings:
                 identifier: .id
      -          blueprint: issue
      +          blueprint: '"issue"'

      """
    #expect(result.output == diff)
  }

  @Test("a diff is one that `patch` takes")
  func patches() throws {
    let script = "\"$PORTOLAN\" lint --fix --diff config.yml > a.diff; patch -s config.yml a.diff"
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/patch") else { return }
    _ = try Command.shell(script, in: folder.path)
    #expect(try text == Self.right)
  }

  @Test("the text of standard input goes to standard output, all else to standard error")
  func input() throws {
    let result = try Command.shell("\"$PORTOLAN\" lint --fix - < config.yml", in: folder.path)
    #expect(result.status == 0)
    #expect(result.output == Self.right)
    #expect(result.errors.contains("[missing-quotes]"))
    #expect(try text == Self.wrong)
  }

  @Test(arguments: [["--diff", "config.yml"], ["--fix", "-", "config.yml"]])
  func refusesWhatMeansNothing(_ arguments: [String]) throws {
    #expect(try Command.run(["lint"] + arguments, in: folder.path).status == 2)
  }

  @Test func explainsARule() throws {
    let known = try Command.run(["rule", "missing-quotes"], in: folder.path)
    #expect(known.status == 0)
    #expect(known.output.contains("missing-quotes"))
    #expect(try Command.run(["rule", "no-such-rule"], in: folder.path).status == 2)
  }
}
