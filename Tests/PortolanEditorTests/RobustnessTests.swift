import Foundation
import PortolanEditor
import RawJSON
import TestSupport
import Testing

@Suite("Whatever an editor sends: nothing traps, and nothing is lost")
struct RobustnessTests {
  private static let uri = "file:///nowhere/port-app-config.yml"
  private static let config = """
    resources:
      - kind: issue
        selector:
          query: "true"
        port:
          entity:
            mappings:
              identifier: .key
              blueprint: issue

    """

  private func server(_ text: String = config, at uri: String = uri) throws -> LanguageServer {
    var server = LanguageServer(version: "1")
    _ = try server.answer(#"{"id":1,"method":"initialize","params":{}}"#)
    try server.open(uri, text)
    return server
  }

  private func found(_ messages: [[UInt8]]) throws -> [JSONView] {
    try messages.flatMap { try JSONView(validating: $0)["params"]?["diagnostics"]?.elements ?? [] }
  }

  private func change(_ server: inout LanguageServer, _ changes: String) throws {
    _ = try server.answer(
      #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"\#(Self.uri)"},"contentChanges":\#(changes)}}"#
    )
  }

  @Test("before initialize a request is refused, and a notification means nothing")
  func early() throws {
    var server = LanguageServer(version: "1")
    try server.open(Self.uri, Self.config)
    #expect(server.takeChecks().isEmpty)
    let refused = try server.answer(#"{"id":1,"method":"textDocument/hover","params":{}}"#)
    #expect(refused.first?["error"]?["code"]?.json == "-32002")
    #expect(try server.answer(#"{"id":2,"method":"shutdown"}"#).first?["error"]?["code"]?.json == "-32002")
    _ = try server.answer(#"{"method":"exit"}"#)
    #expect(server.exitStatus == 1)
  }

  @Test("a second initialize is refused")
  func twice() throws {
    var server = try server()
    let refused = try server.answer(#"{"id":2,"method":"initialize","params":{}}"#)
    #expect(refused.first?["error"]?["code"]?.json == "-32600")
  }

  @Test(
    "a change whose range cannot be meant is none",
    arguments: [
      #"[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"text":"x"}]"#,
      #"[{"range":{},"text":"x"}]"#, #"[{"range":"a","text":"x"}]"#, #"[{"text":7}]"#, "[7]", "{}", "null",
      #"[{"range":{"start":{"line":0.5,"character":0},"end":{"line":1e99,"character":0}},"text":"x"}]"#,
    ])
  func invalidRanges(changes: String) throws {
    var server = try server()
    let before = try found(server.publish()).map(\.json)
    try change(&server, changes)
    #expect(try found(server.publish()).map(\.json) == before)
    #expect(!before.isEmpty)
  }

  @Test("a change of what is outside, or ends before it begins, is taken for the nearest place")
  func outside() throws {
    var server = try server()
    for range in [
      #""start":{"line":9223372036854775807,"character":9223372036854775807},"end":{"line":9223372036854775807,"character":9223372036854775807}"#,
      #""start":{"line":7,"character":5},"end":{"line":0,"character":0}"#,
    ] {
      try change(&server, #"[{"range":{\#(range)},"text":""}]"#)
    }
    #expect(try found(server.publish()).count == 1)
  }

  @Test(
    "a place anywhere is answered",
    arguments: ["hover", "completion"],
    [
      #"{"line":99,"character":99}"#, #"{"line":8,"character":9223372036854775807}"#,
      #"{"line":-1,"character":0}"#, "7",
    ])
  func anyPlace(method: String, position: String) throws {
    var server = try server()
    let answer = try server.answer(
      #"{"id":2,"method":"textDocument/\#(method)","params":{"textDocument":{"uri":"\#(Self.uri)"},"position":\#(position)}}"#
    )
    #expect(answer.first?["result"] != nil)
  }

  @Test(
    "a place after a character that UTF-16 counts twice, and at the end of lines of Windows",
    arguments: ["\n", "\r\n", "\r"])
  func utf16(lineEnd: String) throws {
    let text = Self.config.replacingOccurrences(
      of: "identifier: .key", with: #"identifier: '"🦊🦊" + .key | tosting'"#)
    var server = try server(text.replacingOccurrences(of: "\n", with: lineEnd))
    let all = try found(server.publish())
    let range = try #require(all.first { $0["range"]?["start"]?["line"]?.json == "7" }?["range"])
    let line = try #require(text.split(separator: "\n").dropFirst(7).first)
    let column = try #require(line.range(of: "tosting")).lowerBound.utf16Offset(in: line)
    #expect(range["start"]?["character"]?.json == "\(column)", "\(all.map(\.json))")
    let fixes =
      try server.answer(
        #"{"id":2,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"\#(Self.uri)"},"range":\#(range.json)}}"#
      ).first?["result"]?.elements ?? []
    let edit = try #require(fixes.first?["edit"]?["changes"]?[Self.uri]?.elements?.first)
    try change(&server, #"[{"range":\#(edit["range"]?.json ?? ""),"text":\#(edit["newText"]?.json ?? "")}]"#)
    #expect(try found(server.publish()).allSatisfy { $0["range"]?["start"]?["line"]?.json != "7" })
  }

  @Test(
    "files of another kind are left alone",
    arguments: [
      ("docker-compose.yml", "services:\n  web:\n    image: nginx\n"),
      ("kustomization.yaml", "resources:\n  - deployment.yaml\n"), ("notes.md", "# resources:\n"),
      ("empty.yml", ""),
      ("broken.yml", "a: [\n"), ("data.json", "{"), ("values.yml", "resources:\n  limits:\n    cpu: 1\n"),
    ])
  func others(name: String, text: String) throws {
    let uri = "file:///nowhere/\(name)"
    var server = try server(text, at: uri)
    #expect(try found(server.publish()).isEmpty)
    let hover =
      #"{"id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"\#(uri)"},"position":{"line":0,"character":1}}}"#
    #expect(try server.answer(hover).first?["result"]?.json == "null")
    #expect(
      try server.answer(hover.replacingOccurrences(of: "hover", with: "completion")).first?["result"]?.json
        == "[]")
  }

  @Test("a config of another name is one, and so is a document that has no file")
  func otherNames() throws {
    for uri in ["file:///nowhere/mapping.yml", "untitled:Untitled-1"] {
      var server = try server(Self.config, at: uri)
      #expect(try found(server.publish()).map { $0["code"]?.text } == ["missing-quotes"])
    }
  }

  @Test("a config that is deleted, with its folder, while it is open")
  func deleted() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a/.port/acme/resources/port-app-config.yml", Self.config)
    try folder.write("a/Fixtures/acme/issue.json", #"[{"key": "a"}]"#)
    var server = try server(Self.config, at: "file://\(path)")
    #expect(try found(server.publish()).count == 1)
    try FileManager.default.removeItem(atPath: folder.path + "/a")
    _ = try server.answer(#"{"method":"workspace/didChangeWatchedFiles","params":{"changes":[]}}"#)
    #expect(server.publish().isEmpty, "the findings are as before")
    let hover =
      #"{"id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"file://\#(path)"},"position":{"line":7,"character":26}}}"#
    #expect(
      try server.answer(hover).first?["result"]?["contents"]?["value"]?.text?.contains("identifier") == true)
    let closed =
      #"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file://\#(path)"}}}"#
    #expect(try server.answer(closed).first?["params"]?["diagnostics"]?.json == "[]")
    #expect(try server.answer(closed).isEmpty)
  }

  @Test("a message whose text is not UTF-8, and one with half a character")
  func notUTF8() throws {
    var server = try server()
    let message =
      Array(#"{"id":2,"method":"textDocument/hover","params":"#.utf8) + [0x22, 0xFF, 0xFE, 0x22]
      + Array("}".utf8)
    let sent = try server.receive(message).map { try JSONView(validating: $0) }
    #expect(sent.count == 1, "it is answered")
    try change(&server, #"[{"text":"a: \ud83e\nresources: \u0000"}]"#)
    #expect(try !found(server.publish()).isEmpty)
  }

  @Test("a document of megabytes, changed in a thousand places")
  func huge() throws {
    var server = try server(Self.config + String(repeating: "# 🦊 a comment\n", count: 100_000))
    let changes = (0..<1000).map {
      #"{"range":{"start":{"line":\#(10 + $0),"character":2},"end":{"line":\#(10 + $0),"character":4}},"text":"x"}"#
    }
    try change(&server, "[\(changes.joined(separator: ","))]")
    #expect(try found(server.publish()).map { $0["code"]?.text } == ["missing-quotes"])
  }
}
