import Foundation
import TestSupport
import Testing

@Suite("portolan lint")
struct LintCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("broken.yml", Self.config(query: ".a && .b", title: ".labels[]"))
    try folder.write("doubtful.yml", Self.config(query: "true", title: ".labels[]"))
    try folder.write("clean.yml", Self.config(query: "true", title: ".title"))
  }

  private static func config(query: String, title: String) -> String {
    """
    resources:
      - kind: issue
        selector: {query: '\(query)'}
        port: {entity: {mappings: {identifier: .id, blueprint: '"issue"', title: '\(title)'}}}

    """
  }

  private func lint(_ arguments: String...) throws -> Command.Result {
    try Command.run(["lint"] + arguments, in: folder.path)
  }

  @Test(
    "the exit status: 0 no errors, 1 errors, 2 nothing could be linted",
    arguments: [
      (["clean.yml"], 0), (["doubtful.yml"], 0), (["doubtful.yml", "--strict"], 1), (["broken.yml"], 1),
      (["clean.yml", "broken.yml"], 1), (["clean.yml", "--strict"], 0), (["missing.yml"], 2),
      (["clean.yml", "missing.yml"], 1), ([], 2), (["nothing"], 2), (["--format", "xml", "clean.yml"], 2),
    ] as [([String], Int32)])
  func statuses(arguments: [String], status: Int32) throws {
    let result = try Command.run(["lint"] + arguments, in: folder.path)
    #expect(result.status == status)
    #expect(result.hasExited)
    #expect(!(result.output + result.errors).isEmpty)
  }

  @Test("text: the line, the part that is meant, what to do, and a summary")
  func text() throws {
    let result = try lint("broken.yml", "clean.yml")
    #expect(
      result.output == #"""
        broken.yml:3:27: error: `&&` is not an operator of jq [foreign-syntax]
          3 |     selector: {query: '.a && .b'}
            |                           ^^
          → write `and`

        broken.yml:4:86: warning: this gives several values, and only the first counts [many-outputs]
          4 |     port: {entity: {mappings: {identifier: .id, blueprint: '"issue"', title: '.labels[]'}}}
            |                                                                                      ^^
          → for a list, write it in brackets: `'[.labels[]]'`; for the first alone, in `first(…)`

        1 error, 1 warning in 2 files

        """#)
    #expect(result.errors.isEmpty)
  }

  @Test("tabs, wide characters and long lines keep the mark under what is meant")
  func alignment() throws {
    let long = String(repeating: "x", count: 150)
    try folder.write("wide.yml", Self.config(query: #""日本" + .\#(long) && .b"#, title: ".a"))
    try folder.write("tab.yml", Self.config(query: #"."日本"\#t&& .b"#, title: ".a"))
    for file in ["wide.yml", "tab.yml"] {
      let lines = try lint(file).output.components(separatedBy: "\n")
      let line = try #require(lines.dropFirst().first)
      let marks = try #require(lines.dropFirst(2).first)
      let place = try #require(line.range(of: "&&"))
      let columns = line[..<place.lowerBound].reduce(0) { $0 + ("日本".contains($1) ? 2 : 1) }
      #expect(marks.prefix { $0 != "^" }.count == columns, "\(file): \(line)")
      #expect(marks.filter { $0 == "^" }.count == 2)
      #expect(line.count < 115)
    }
  }

  @Test("json: each finding with its place")
  func json() throws {
    let result = try lint("broken.yml", "--format", "json")
    let document = try object(result.output)
    #expect(document["errors"] as? Int == 1)
    #expect(document["warnings"] as? Int == 1)
    let finding = try #require((document["findings"] as? [[String: Any]])?.first)
    #expect(finding["rule"] as? String == "foreign-syntax")
    #expect(finding["file"] as? String == "broken.yml")
    #expect(finding["line"] as? Int == 3)
    #expect(finding["column"] as? Int == 27)
    #expect(finding["endColumn"] as? Int == 29)
    #expect(finding["field"] as? String == "selector.query")
    #expect(finding["help"] as? String == "write `and`")
  }

  @Test("sarif: what the 2.1.0 schema requires, and regions that end after what is meant")
  func sarif() throws {
    let document = try object(try lint("broken.yml", "--format", "sarif").output)
    #expect(document["version"] as? String == "2.1.0")
    #expect((document["$schema"] as? String)?.hasSuffix("sarif-schema-2.1.0.json") == true)
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "portolan")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let ids = rules.compactMap { $0["id"] as? String }
    #expect(ids.count == rules.count)
    #expect(Set(ids).count == ids.count)
    for rule in rules {
      #expect((rule["shortDescription"] as? [String: Any])?["text"] is String)
      #expect((rule["help"] as? [String: Any])?["text"] is String)
    }
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 2)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(ids[index] == result["ruleId"] as? String)
      #expect(["error", "warning"].contains(result["level"] as? String))
      #expect((result["message"] as? [String: Any])?["text"] is String)
    }
    let location = try #require((results[0]["locations"] as? [[String: Any]])?.first)
    let place = try #require(location["physicalLocation"] as? [String: Any])
    #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == "broken.yml")
    #expect(
      place["region"] as? [String: Int] == [
        "startLine": 3, "startColumn": 27, "endLine": 3, "endColumn": 29,
      ])
  }

  @Test("sarif and github name a file below the current folder by its path from there, escaped")
  func paths() throws {
    try folder.write("my files/a,b.yml", Self.config(query: ".a && .b", title: ".title"))
    // The working directory may be a link's target.
    let real = URL(filePath: folder.path).resolvingSymlinksInPath().path
    for path in ["my files/a,b.yml", "\(real)/my files/a,b.yml"] {
      #expect(try lint(path, "--format", "sarif").output.contains(#""uri": "my%20files/a%2Cb.yml""#))
      #expect(try lint(path, "--format", "github").output.contains("file=my files/a%2Cb.yml,line=3"))
    }
  }

  @Test("github: one annotation a line, with GitHub's escapes")
  func github() throws {
    try folder.write("percent.yml", Self.config(query: ".a % && .b", title: ".title"))
    let lines = try lint("broken.yml", "percent.yml", "--format", "github").output
      .split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(
      lines.first
        == "::error file=broken.yml,line=3,col=27,endLine=3,endColumn=28,title=foreign-syntax::"
        + "`&&` is not an operator of jq%0Awrite `and`")
    #expect(lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") })
    let resource = "%: \r"
    try folder.write("kind.yml", "resources:\n  - kind: a\n    \"por\(resource.dropLast(2))t\": 1\n")
    #expect(try lint("kind.yml", "--format", "github").output.contains("`por%25:t`"))
  }

  @Test("without arguments, and by folder or name, the integrations are found as dry-run finds them")
  func selection() throws {
    for name in ["one", "two"] {
      try folder.write(
        ".port/\(name)/resources/port-app-config.yml", Self.config(query: "true", title: ".a"))
    }
    try folder.write(
      ".port/two/resources/blueprints.json", #"[{"identifier": "issues", "schema": {"properties": {}}}]"#)
    #expect(try lint().output.hasSuffix("1 error in 2 files\n"))
    #expect(try lint(".").output.hasSuffix("1 error in 2 files\n"))
    #expect(try lint("one").output == "1 file: nothing wrong was found\n")
    #expect(try lint("two").output.contains(#"did you mean `'"issues"'`?"#))
    #expect(try lint(".port/two/resources/port-app-config.yml").output.contains("[unknown-blueprint]"))
    #expect(try lint("tow").errors.contains("did you mean `two`?"))
  }

  @Test("--allow-env: the variable is not reported")
  func environment() throws {
    try folder.write("env.yml", Self.config(query: "true", title: "env.HOST + env.PORT"))
    #expect(try lint("env.yml").output.contains("2 warnings in 1 file"))
    #expect(try lint("env.yml", "--allow-env", "HOST").output.contains("1 warning in 1 file"))
  }

  @Test("the integrations of this repository are clean")
  func shipped() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let result = try Command.run(["lint", "--strict"], in: root)
    #expect(result.output == "4 files: nothing wrong was found\n")
    #expect(result.status == 0)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
