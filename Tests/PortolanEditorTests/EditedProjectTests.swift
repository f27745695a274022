import Portolan
import PortolanEditor
import RawJSON
import TestSupport
import Testing

@Suite struct EditedProjectTests {
  private let folder: TemporaryFolder
  private static let text = """
    resources:
      - kind: issue
        selector:
          query: "true"
        port:
          entity:
            mappings:
              identifier: .id | tostring
              title: .labels[] | .name
              blueprint: '"issue"'
              properties:
                status: .fields.status.name

    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", Self.text)
    try folder.write(
      "Fixtures/acme/issue.json",
      #"[{"id": 1, "labels": [{"name": "a"}], "fields": {"statuss": {"name": "b"}}}]"#)
  }

  private var uri: String { "file://\(folder.path)/.port/acme/resources/port-app-config.yml" }

  private func server(_ text: String = text) throws -> LanguageServer {
    var server = LanguageServer(version: "1")
    _ = try server.answer(#"{"id":1,"method":"initialize","params":{}}"#)
    try server.open(uri, text)
    return server
  }

  private func ask(
    _ server: inout LanguageServer, _ method: String, _ rest: String
  ) throws -> JSONView? {
    let request =
      #"{"id":2,"method":"textDocument/\#(method)","params":{"textDocument":{"uri":"\#(uri)"},\#(rest)}}"#
    return try server.answer(request).first?["result"]
  }

  private func rules(_ messages: [[UInt8]]) throws -> [String] {
    try messages.flatMap { message in
      let found = try JSONView(validating: message)["params"]?["diagnostics"]?.elements ?? []
      return found.compactMap { $0["code"]?.text }
    }
  }

  @Test("what only data tells is shown with lint's findings, and stays while somebody types")
  func data() async throws {
    var server = try server()
    let linted = try #require(server.takeChecks().first).lint()
    let ofText = try rules(server.publish(linted))
    let run = try #require(server.run(of: linted))
    let found = try #require(await run.findings())
    let all = try rules(server.publish(found, of: run))
    #expect(Set(ofText).isSubset(of: all))
    #expect(all.count > ofText.count)
    let change =
      #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"\#(uri)","version":2},"contentChanges":[{"range":{"start":{"line":1,"character":15},"end":{"line":1,"character":15}},"text":" "}]}}"#
    _ = try server.answer(change)
    let afterTyping = try rules(server.publish())
    #expect(afterTyping.sorted() == all.sorted())
    #expect(server.publish(found, of: run).isEmpty, "a run of what was there before")
  }

  @Test("hover: the part of an expression, and a function of jq")
  func hover() throws {
    var server = try server()
    let line = try #require(Self.text.split(separator: "\n").firstIndex { $0.contains("tostring") })
    let answer = try ask(&server, "hover", #""position":{"line":\#(line),"character":28}"#)
    let text = answer?["contents"]?["value"]?.text ?? ""
    #expect(text.contains("**`tostring`**: a function of jq, gives string"), "\(text)")
    #expect(text.contains("item 1"), "\(text)")
    let part = try ask(&server, "hover", #""position":{"line":\#(line),"character":23}"#)
    #expect(part?["contents"]?["value"]?.text?.contains("item 1: `1`") == true)
  }

  @Test("completion: functions of jq after a pipe")
  func functions() throws {
    var server = try server()
    let line = try #require(Self.text.split(separator: "\n").firstIndex { $0.contains("tostring") })
    let answer = try ask(&server, "completion", #""position":{"line":\#(line),"character":30}"#)
    let labels = (answer?.elements ?? []).compactMap { $0["label"]?.text }
    #expect(labels.contains("tostring"))
    #expect(labels.contains("sub(…; …)"))
  }

  @Test("a rule is turned off on a line, and the comment does so")
  func ignoring() throws {
    var server = try server()
    let line = try #require(Self.text.split(separator: "\n").firstIndex { $0.contains("labels[]") })
    let range = #""range":{"start":{"line":\#(line),"character":0},"end":{"line":\#(line),"character":0}}"#
    let actions = try ask(&server, "codeAction", range)?.elements ?? []
    let titles = actions.compactMap { $0["title"]?.text }
    #expect(titles.contains("ignore many-outputs on this line"), "\(titles)")
  }
}
