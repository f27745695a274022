import Foundation
import TestSupport
import Testing

@Suite("What a newcomer types")
struct NewcomerTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func portolan(_ arguments: [String], in directory: String = "") throws -> Command.Result {
    try Command.run(arguments, in: folder.path + "/" + directory)
  }

  private func shell(_ script: String, environment: [String: String] = [:]) throws -> Command.Result {
    try Command.shell(script, in: folder.path, environment: environment)
  }

  @Test("a command that is none: the one that was meant, status 2", arguments: ["dryrun", "lnt", "plans"])
  func unknownCommand(word: String) throws {
    let result = try portolan([word])
    let meant = ["dryrun": "dry-run", "lnt": "lint", "plans": "plan"][word] ?? ""
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error: there is no command `\(word)`\n  → did you mean `\(meant)`?"))
  }

  @Test("messages about arguments look as all others do")
  func argumentErrors() throws {
    let result = try portolan(["dry-run", "--nosuch"])
    #expect(result.errors.hasPrefix("error: "))
  }

  @Test(
    "an option that every command has is known when it is misspelt",
    arguments: [[], ["lint"], ["catalog", "list"]])
  func commonOptions(command: [String]) throws {
    let result = try portolan(command + ["--verion"])
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error: Unknown option '--verion'. Did you mean '--version'?\n"))
    #expect(try portolan(command + ["--version"]).status == 0)
  }

  @Test("no line of an example in any help is wrapped: it would not run when it is copied")
  func examplesFit() throws {
    let commands = try portolan(["--help"]).output.split(separator: "\n")
      .drop { !$0.hasPrefix("SUBCOMMANDS") }.compactMap { $0.firstMatch(of: /^ {2}([a-z-]+)\s/)?.1 }
    #expect(commands.count > 8)
    for command in commands {
      // The examples are the help's own lines, which are wrapped where they are longer than the terminal is wide.
      let help = try shell("COLUMNS=80 $PORTOLAN help \(command)").output
      let examples = help.split(separator: "\n").drop { $0 != "EXAMPLES:" }.dropFirst()
        .prefix { !$0.hasPrefix("USAGE:") }
      for example in examples where example.hasPrefix("  portolan") {
        #expect(example.count <= 80, "\(command): \(example)")
      }
      let continued = examples.filter { !$0.hasPrefix("  ") }
      #expect(continued.isEmpty, "\(command): \(continued)")
    }
  }

  @Test(
    "the config is found where teams keep it",
    arguments: [
      ".github/port-app-config.yml", ".port/port-app-config.yml", "port-app-config.yml",
      "port-app-config.yaml",
    ])
  func teamConfig(path: String) throws {
    try folder.write("team/\(path)", workingConfig)
    try folder.write("team/Fixtures/thing.json", #"{"id":"a","url":"u"}"#)
    try folder.write("team/src/x", "")
    for directory in ["team", "team/src"] {
      let result = try portolan(["dry-run", "--format", "ndjson"], in: directory)
      #expect(result.output.contains(#""identifier":"a""#), "\(result.errors)")
      #expect(result.status == 0)
    }
    #expect(try portolan(["lint", "team"]).status == 0)
    #expect(try portolan(["lint"], in: "team").status == 0)
  }

  @Test("a folder of integrations means all of them")
  func manyFolders() throws {
    for name in ["jira", "gitlab"] {
      try folder.write("ocean/\(name)/.port/resources/port-app-config.yml", workingConfig)
      try folder.write("ocean/\(name)/.port/examples/thing/1.json", "{\"id\":\"\(name)\"}")
    }
    try folder.write("ocean/README.md", "")
    #expect(try portolan(["lint", "ocean"]).output.contains("2 files"))
    let result = try portolan(["dry-run", "--format", "ndjson"], in: "ocean")
    #expect(result.output.contains(#""identifier":"jira""#))
    #expect(result.output.contains(#""identifier":"gitlab""#))
  }

  @Test("a config comes from a pipe or from standard input, and messages show its lines")
  func pipes() throws {
    let broken = workingConfig.replacing(".hidden | not", with: ".a && .b")
    try folder.write("config.yml", broken)
    try folder.write("good.yml", workingConfig)
    try folder.write("samples/thing.json", #"{"id":"a"}"#)
    for command in [
      "$PORTOLAN lint - <config.yml", "cat config.yml | $PORTOLAN lint -",
      "$PORTOLAN lint /dev/stdin <config.yml", "$PORTOLAN lint <(cat config.yml)",
    ] {
      let result = try shell(command)
      #expect(result.status == 1, "\(command): \(result.output)\(result.errors)")
      #expect(result.output.contains("^^"), "\(command): \(result.output)")
    }
    for command in [
      "$PORTOLAN dry-run --config <(cat good.yml) --fixtures samples --format ndjson",
      "cat good.yml | $PORTOLAN dry-run --config - --fixtures samples --format ndjson",
    ] {
      let result = try shell(command)
      #expect(result.output.contains(#""identifier":"a""#), "\(command): \(result.errors)")
    }
  }

  @Test("colours: none on a pipe, where CLICOLOR_FORCE asks, and never against NO_COLOR")
  func colours() throws {
    try folder.write("config.yml", workingConfig.replacing("resources:", with: "resurces:"))
    func hasColour(_ environment: [String: String]) throws -> Bool {
      try shell("$PORTOLAN lint config.yml", environment: ["NO_COLOR": ""].merging(environment) { $1 })
        .output.contains("\u{1B}[")
    }
    #expect(try !hasColour([:]))
    #expect(try hasColour(["CLICOLOR_FORCE": "1"]))
    #expect(try !hasColour(["CLICOLOR_FORCE": "0"]))
    #expect(try !hasColour(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
  }
}

@Suite("What a shell completes")
struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/one/resources/port-app-config.yml", workingConfig)
    try folder.write(
      ".port/two/resources/port-app-config.yml", workingConfig.replacing("thing", with: "other"))
    try folder.write("alone.yml", workingConfig.replacing("thing", with: "lonely"))
    try folder.write("docs/notes.txt", "")
  }

  /// What bash offers where the last of `words` ends.
  private func completions(_ words: String...) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let line = words.joined(separator: " ")
    let result = try Command.shell(
      """
      mkdir -p bin && ln -sf "$PORTOLAN" bin/portolan && PATH="$PWD/bin:$PATH"
      source <(portolan --generate-completion-script bash)
      COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count - 1) COMP_LINE='\(line)' COMP_POINT=\(line.count)
      $(complete -p portolan | sed 's/.*-F \\([^ ]*\\).*/\\1/') portolan '\(words.last ?? "")' '\(words.dropLast().last ?? "")' >/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """, in: folder.path)
    return result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test("kinds: of the integration that is named, otherwise of all")
  func kinds() throws {
    #expect(try completions("portolan", "dry-run", "two", "--kind", "") == ["other"])
    #expect(Set(try completions("portolan", "dry-run", "--kind", "")) == ["thing", "other"])
    #expect(try completions("portolan", "dry-run", "--config", "alone.yml", "--kind", "") == ["lonely"])
    #expect(Set(try completions("portolan", "explain", "")).isSuperset(of: ["thing", "other"]))
  }

  @Test("fields of the kind, integrations, YAML files")
  func others() throws {
    #expect(try completions("portolan", "explain", "thing", "--field", "").contains("identifier"))
    #expect(try completions("portolan", "explain", "thing", "--integration", "") == ["one", "two"])
    let linted = try completions("portolan", "lint", "")
    #expect(Set(linted).isSuperset(of: ["one", "two", "alone.yml", "docs/"]))
    #expect(!linted.contains("docs/notes.txt"))
  }
}
