import PortolanEditor
import RawJSON
import Testing

@Suite struct LanguageServerTests {
  private static let uri = "file:///nowhere/port-app-config.yml"
  private static let text =
    "resources:\\n  - kind: issue\\n    port:\\n      entity:\\n        mappings:\\n"
    + "          identifier: .key\\n          blueprint: issue\\n          "

  private func send(_ server: inout LanguageServer, _ message: String) throws -> [JSONView] {
    try server.answer(message)
  }

  private func opened() throws -> LanguageServer {
    var server = LanguageServer(version: "1")
    _ = try send(&server, #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#)
    _ = try send(
      &server,
      #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"\#(Self.uri)","version":1,"text":"\#(Self.text)"}}}"#
    )
    return server
  }

  @Test func publishesFindingsOnce() throws {
    var server = try opened()
    let message = try JSONView(validating: try #require(server.publish().first))
    let found = message["params"]?["diagnostics"]?.elements ?? []
    #expect(found.map { $0["code"]?.text } == ["missing-quotes"])
    #expect(found.first?["range"]?["start"]?["line"]?.json == "6")
    #expect(server.publish().isEmpty)
  }

  @Test func completesTheKeysThatAreNotThere() throws {
    var server = try opened()
    let answers = try send(
      &server,
      #"{"id":2,"method":"textDocument/completion","params":{"textDocument":{"uri":"\#(Self.uri)"},"position":{"line":7,"character":10}}}"#
    )
    let labels = answers.first?["result"]?.elements?.compactMap { $0["label"]?.text } ?? []
    #expect(labels == ["title", "icon", "team", "properties", "relations"])
  }

  @Test func saysWhatAKeyMeans() throws {
    var server = try opened()
    let answers = try send(
      &server,
      #"{"id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"\#(Self.uri)"},"position":{"line":5,"character":12}}}"#
    )
    let text = answers.first?["result"]?["contents"]?["value"]?.text ?? ""
    #expect(text.hasPrefix("**identifier**: jq, or a search query"))
  }

  @Test(arguments: [
    ("{", "-32700"), (#"{"id":3,"method":"no/such"}"#, "-32601"), (#"{"id":3}"#, "-32600"),
  ]) func answersWhatIsWrong(_ message: String, code: String) throws {
    var server = try opened()
    #expect(try send(&server, message).first?["error"]?["code"]?.json == code)
  }

  @Test func endsAsTheProtocolSays() throws {
    var server = try opened()
    _ = try send(&server, #"{"id":4,"method":"shutdown"}"#)
    let refused = try send(&server, #"{"id":5,"method":"textDocument/hover"}"#)
    #expect(refused.first?["error"]?["code"]?.json == "-32600")
    _ = try send(&server, #"{"method":"exit"}"#)
    #expect(server.exitStatus == 0)
  }
}
