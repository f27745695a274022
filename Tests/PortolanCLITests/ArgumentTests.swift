import TestSupport
import Testing

@Suite("portolan's arguments")
struct ArgumentTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/one/resources/port-app-config.yml", workingConfig)
    try folder.write(
      ".port/two/resources/port-app-config.yml", workingConfig.replacing("thing", with: "other"))
    try folder.write("Fixtures/one/thing.json", #"{"id":"a"}"#)
    try folder.write("Fixtures/two/other/1.json", #"{"id":"b"}"#)
    try folder.write("src/deep/file", "")
    try folder.write("ocean/.port/resources/port-app-config.yml", workingConfig)
    try folder.write("ocean/.port/examples/thing/1.json", #"{"id":"c"}"#)
  }

  private func portolan(_ arguments: [String], in directory: String = "") throws -> Command.Result {
    try Command.run(arguments, in: folder.path + "/" + directory)
  }

  private func identifiers(_ arguments: [String], in directory: String = "") throws -> [Substring] {
    let result = try portolan(["dry-run"] + arguments + ["--format", "ndjson"], in: directory)
    return result.output.split(separator: "\n").compactMap { $0.split(separator: "\"").dropFirst(3).first }
  }

  @Test(
    "no arguments, --help: the help, status 0",
    arguments: [[], ["--help"], ["help", "dry-run"], ["dry-run", "-h"]])
  func help(arguments: [String]) throws {
    let result = try portolan(arguments)
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: portolan"))
    #expect(result.errors.isEmpty)
  }

  @Test(
    "bad arguments: status 2, on standard error",
    arguments: [
      ["--nosuch"], ["nosuch"], ["dry-run", "--nosuch"], ["dry-run", "--format", "xml"],
      ["dry-run", "--config"],
      ["dry-run", "one", "two"], ["dry-run", "nosuch"], ["dry-run", "--fixtures", "nosuch"],
      ["dry-run", "--config", ".port/one/resources/port-app-config.yml", "--fixtures", "nosuch"],
    ])
  func bad(arguments: [String]) throws {
    let result = try portolan(arguments)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test("with no argument, every integration; with a name or a folder, that one")
  func selection() throws {
    #expect(try identifiers([]) == ["a", "b"])
    #expect(try identifiers(["two"]) == ["b"])
    #expect(try identifiers([".port/one"]) == ["a"])
    #expect(try identifiers([".port"]) == ["a", "b"])
    #expect(try identifiers(["ocean"]) == ["c"])
    #expect(try identifiers([], in: "ocean") == ["c"])
    #expect(try identifiers(["--kind", "other"]) == ["b"])
  }

  @Test("integrations are found from a folder below")
  func fromBelow() throws {
    #expect(try identifiers([], in: "src/deep") == ["a", "b"])
    #expect(try identifiers(["one"], in: "src/deep") == ["a"])
    #expect(try identifiers([], in: ".port/two/resources") == ["b"])
    let result = try portolan(["dry-run", "one"], in: "src/deep")
    #expect(result.output.hasPrefix("one  ../../.port/one/resources/port-app-config.yml\n"))
  }

  @Test(
    "--config in an integration finds its fixtures, wherever it is run",
    arguments: [
      ("", ".port/one/resources/port-app-config.yml"),
      ("src", "../.port/one/resources/port-app-config.yml"),
      (".port/one/resources", "port-app-config.yml"),
      ("src", "deep/../../.port/one/resources/port-app-config.yml"),
    ])
  func configAlone(directory: String, config: String) throws {
    #expect(try identifiers(["--config", config], in: directory) == ["a"])
  }

  @Test("a config elsewhere needs --fixtures, and says so")
  func configElsewhere() throws {
    try folder.write("mine.yml", workingConfig)
    let result = try portolan(["dry-run", "--config", "mine.yml"])
    #expect(result.status == 2)
    #expect(result.errors.contains("--fixtures DIR"))
  }

  @Test("a name that is nearly right is corrected")
  func nearlyRight() throws {
    #expect(
      try portolan(["dry-run", "tow"]).errors.contains(
        "did you mean `two`? the integrations here are: one, two"))
    #expect(try portolan(["dry-run", "mine.yml"]).errors.contains("--config mine.yml"))
    #expect(try portolan(["dry-run", "--kind", "thing", "one"]).errors.contains("named before --kind"))
    #expect(try portolan(["dry-run", "src"]).errors.contains("holds no integration"))
  }

  @Test("where there is no integration, it says what is looked for")
  func nothingHere() throws {
    let empty = try TemporaryFolder()
    let result = try Command.run(["dry-run"], in: empty.path)
    #expect(result.status == 2)
    #expect(result.errors.contains(".port/<name>/resources/port-app-config.yml"))
  }
}
