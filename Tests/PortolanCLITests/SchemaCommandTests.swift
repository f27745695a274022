import Foundation
import TestSupport
import Testing

@Suite("portolan schema, and completion in shells")
struct SchemaCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/one/resources/port-app-config.yml", workingConfig)
    try folder.write(".port/one/spec.yml", "features: [{type: exporter, resources: [{kind: special}]}]")
    try folder.write(".port/two/resources/port-app-config.yml", workingConfig)
  }

  private func schema(_ arguments: String..., in directory: String? = nil) throws -> Command.Result {
    try Command.run(["schema"] + arguments, in: directory ?? folder.path)
  }

  @Test("an integration's kinds; all integrations without an argument; any config where there is none")
  func selection() throws {
    let one = try schema("one")
    #expect(one.status == 0 && one.errors.isEmpty)
    #expect(one.output.contains("\"special\""))
    #expect(try schema(".port/one").output == one.output)
    #expect(try schema().output.contains("port-app-config.yml of one, two"))
    let empty = try TemporaryFolder()
    let any = try schema(in: empty.path)
    #expect(any.status == 0)
    #expect(any.output.contains("\"title\": \"port-app-config.yml\""))
    for output in [one.output, any.output] {
      _ = try JSONSerialization.jsonObject(with: Data(output.utf8))
    }
  }

  @Test("--output writes the file; what cannot be read is status 2")
  func files() throws {
    #expect(try schema("one", "--output", "schema.json").output.isEmpty)
    #expect(
      try String(contentsOfFile: folder.path + "/schema.json", encoding: .utf8) == schema("one").output)
    #expect(try schema("nosuch").status == 2)
    try folder.write(".port/one/spec.yml", "a: [")
    let broken = try schema("one")
    #expect(broken.status == 2)
    #expect(broken.errors.contains(".port/one/spec.yml:"))
  }

  @Test(
    "a completion script that the shell reads, where the shell is there", arguments: ["bash", "zsh", "fish"])
  func script(shell: String) throws {
    let script =
      #"command -v \#(shell) >/dev/null || { echo read; exit; }; "#
      + #""$PORTOLAN" --generate-completion-script \#(shell) > script && \#(shell) -n script && echo read"#
    let result = try Command.shell(script, in: folder.path)
    #expect(result.output == "read\n")
    #expect(result.errors.isEmpty)
  }

  @Test(
    "completion in bash: integrations, kinds, options",
    arguments: [
      (["dry-run", ""], ["one", "two"]), (["dry-run", "--kind", ""], ["thing"]),
      (["test", "--ju"], ["--junit"]),
    ])
  func bash(words: [String], offered: [String]) throws {
    let quoted = (["portolan"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      PATH="$(dirname "$PORTOLAN"):$PATH"
      source <(portolan --generate-completion-script bash)
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
      _portolan portolan "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let result = try Command.shell(script, in: folder.path)
    #expect(result.output.split(separator: "\n").map(String.init) == offered, "\(result.errors)")
  }
}
