import PortolanEditor
import RawJSON
import Testing

@Suite("Requests that are not answered yet")
struct PendingRequestTests {
  private static let uri = "file:///nowhere/port-app-config.yml"
  private var server = LanguageServer(version: "1")

  init() throws {
    _ = try server.answer(#"{"id":1,"method":"initialize","params":{}}"#)
    try server.open(Self.uri, "resources:\n  - kind: issue\n")
  }

  private static func request(_ id: String, _ method: String = "hover") -> [UInt8] {
    let place = #""textDocument":{"uri":"\#(uri)"},"position":{"line":0,"character":1}"#
    return Array(#"{"id":\#(id),"method":"textDocument/\#(method)","params":{\#(place)}}"#.utf8)
  }

  private func codes(_ messages: [[UInt8]]) throws -> [String] {
    try messages.map { try JSONView(validating: $0) }.map {
      "\($0["id"]?.json ?? "") \($0["error"]?["code"]?.json ?? "result")"
    }
  }

  @Test("one that is cancelled is answered so, and only once", arguments: ["2", #""a""#])
  mutating func cancelled(id: String) throws {
    #expect(server.receive(Self.request(id)).isEmpty)
    let request = try #require(server.takeRequests().first)
    let cancel = Array(#"{"method":"$/cancelRequest","params":{"id":\#(id)}}"#.utf8)
    #expect(try codes(server.receive(cancel)) == ["\(id) -32800"])
    #expect(server.takeCancelled() == [id])
    #expect(server.finish(id, request.result()).isEmpty)
    #expect(server.receive(cancel).isEmpty)
  }

  @Test("one that is cancelled before it is begun is not begun")
  mutating func cancelledEarly() throws {
    _ = server.receive(Self.request("2"))
    _ = server.receive(Array(#"{"method":"$/cancelRequest","params":{"id":2}}"#.utf8))
    #expect(server.takeRequests().isEmpty)
  }

  @Test("an edit answers what was asked of the text before, but for completion, whose answer still helps")
  mutating func superseded() throws {
    for (id, method) in [("2", "hover"), ("3", "completion")] { _ = server.receive(Self.request(id, method)) }
    let change =
      #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"\#(Self.uri)"},"contentChanges":[{"text":""}]}}"#
    #expect(try codes(server.receive(Array(change.utf8))) == ["2 -32801"])
    #expect(server.takeRequests().map(\.id) == ["3"])
    #expect(try codes(server.finish("3", Array("[]".utf8))) == ["3 result"])
  }

  @Test("an edit of another document leaves it")
  mutating func otherDocument() throws {
    _ = server.receive(Self.request("2"))
    try server.open("file:///nowhere/other.yml", "a: b")
    #expect(server.takeCancelled().isEmpty)
  }

  @Test("a second request of the same id is refused")
  mutating func sameID() throws {
    _ = server.receive(Self.request("2"))
    #expect(try codes(server.receive(Self.request("2"))) == ["2 -32600"])
  }

  @Test("what was linted of an older text is not shown")
  mutating func olderText() throws {
    let check = try #require(server.takeChecks().first)
    try server.open(Self.uri, "resources:\n  - kind: pull\n")
    #expect(server.takeChecks().isEmpty, "the document is being linted")
    #expect(server.publish(check.lint()).isEmpty)
    #expect(!server.publish().isEmpty)
  }
}
