import PortolanEditor
import RawJSON
import TestSupport
import Testing

@Suite("Files that are edited and not saved are read in place of those on disk")
struct UnsavedFilesTests {
  private let folder: TemporaryFolder
  private var server = LanguageServer(version: "1")

  init() throws {
    folder = try TemporaryFolder()
    for name in ["acme", "beta"] {
      try folder.write(
        ".port/\(name)/resources/port-app-config.yml",
        """
        resources:
          - kind: issue
            selector:
              query: "true"
            port:
              entity:
                mappings:
                  identifier: .key
                  title: .labels[]
                  blueprint: '"issue"'
        """)
      try folder.write(
        ".port/\(name)/resources/blueprints.json",
        #"[{"identifier": "issue", "title": "Issue", "schema": {"properties": {}, "required": []}}]"#)
      try folder.write("Fixtures/\(name)/issue.json", #"[{"key": "a", "labels": ["x"]}]"#)
    }
    _ = try server.answer(#"{"id":1,"method":"initialize","params":{}}"#)
  }

  private func uri(_ name: String) -> String { "file://\(folder.path)/\(name)" }

  private mutating func open(_ name: String, _ text: String? = nil) throws {
    try server.open(uri(name), text ?? String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8))
  }

  /// The rules of the findings by file, after all that changed has been linted.
  private mutating func linted() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for message in try server.publish().map({ try JSONView(validating: $0) }) {
      let name = String((message["params"]?["uri"]?.text ?? "").dropFirst(uri("").count))
      found[name] = (message["params"]?["diagnostics"]?.elements ?? []).map { $0["code"]?.text ?? "" }
    }
    return found
  }

  private static let acme = ".port/acme/resources/port-app-config.yml"
  private static let beta = ".port/beta/resources/port-app-config.yml"

  @Test("blueprints: the config's findings change when they are edited, and again when they are closed")
  mutating func blueprints() throws {
    try open(Self.acme)
    #expect(try linted() == [Self.acme: ["many-outputs"]])
    try open(".port/acme/resources/blueprints.json", "[]")
    #expect(try linted()[Self.acme] == ["many-outputs", "unknown-blueprint"])
    _ = try server.answer(
      #"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"\#(uri(".port/acme/resources/blueprints.json"))"}}}"#
    )
    #expect(try linted()[Self.acme] == ["many-outputs"])
  }

  @Test("a spec.yml that is not on disk yet")
  mutating func spec() throws {
    try open(Self.acme)
    _ = try linted()
    try open(".port/acme/spec.yml", "title: Acme\nfeatures: 7\n")
    #expect(try linted()[".port/acme/spec.yml"]?.isEmpty == false)
  }

  @Test("fixtures")
  mutating func fixtures() async throws {
    try open(Self.acme)
    try open("Fixtures/acme/issue.json", #"[{"id": "a", "labels": ["x"]}]"#)
    var found: [String] = []
    for check in server.takeChecks() {
      let linted = check.lint()
      _ = server.publish(linted)
      if linted.uri == uri(Self.acme), let run = server.run(of: linted) {
        found = try #require(await run.findings()).map(\.message)
      }
    }
    #expect(found.contains { $0.contains("identifier") }, "\(found)")
  }

  @Test("the project's file: its own findings, and those it makes, in every integration that it serves")
  mutating func project() throws {
    try open(".portolan.yml", "rules:\n  many-outputs: error\n  no-such-rule: off\n")
    #expect(
      try linted() == [
        ".portolan.yml": ["unknown-rule"], Self.acme: ["many-outputs"], Self.beta: ["many-outputs"],
      ])
  }

  @Test("an open config heeds the project's file as it is edited")
  mutating func levels() throws {
    try open(Self.beta)
    #expect(try linted() == [Self.beta: ["many-outputs"]])
    try open(".portolan.yml", "rules:\n  many-outputs: off\n")
    let found = try linted()
    #expect(found[Self.beta] == [])
    #expect(found[Self.acme] == nil)
  }

  @Test("a project's file of no integration has its own findings")
  mutating func alone() throws {
    let other = try TemporaryFolder()
    try server.open("file://\(other.path)/.portolan.yml", "rules:\n  no-such-rule: off\n")
    #expect(try linted().values.flatMap { $0 } == ["unknown-rule"])
  }
}
