import Portolan
import PortolanEditor
import RawJSON
import Synchronization
import TestSupport
import Testing

@Suite struct EditorSessionTests {
  private final class Sent: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func add(_ sent: [UInt8]) { bytes.withLock { $0 += sent } }

    func messages() throws -> [JSONView] {
      var framing = MessageFraming()
      framing.append(bytes.withLock { $0 })
      var messages: [JSONView] = []
      while let message = try framing.next() { messages.append(try JSONView(validating: message)) }
      return messages
    }
  }

  private static func stream(_ bytes: [UInt8]) -> AsyncStream<[UInt8]> {
    AsyncStream {
      $0.yield(bytes)
      $0.finish()
    }
  }

  private static func framed(_ messages: [String]) -> [UInt8] {
    messages.flatMap { MessageFraming.framed(Array($0.utf8)) }
  }

  private static let start = #"{"id":1,"method":"initialize","params":{}}"#

  private func run(_ bytes: [UInt8]) async throws -> (status: Int32, sent: [JSONView]) {
    let sent = Sent()
    var session = EditorSession(LanguageServer(version: "1")) { sent.add($0) }
    let status = try await session.run(Self.stream(bytes))
    return (status, try sent.messages())
  }

  @Test(
    "the status: 0 only for exit after shutdown",
    arguments: [
      ([start, #"{"id":2,"method":"shutdown"}"#, #"{"method":"exit"}"#], 0),
      ([start, #"{"method":"exit"}"#], 1), ([start], 1), ([], 1),
    ] as [([String], Int32)])
  func statuses(messages: [String], status: Int32) async throws {
    #expect(try await run(Self.framed(messages)).status == status)
  }

  @Test(
    "ends where it is not known where the next message begins",
    arguments: [
      "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
      "Content-Length: 99999999999999999999\r\n\r\n",
      "Content-Length: 999999999999\r\n\r\n", "A: b\r\n\r\n", String(repeating: "x", count: 20_000),
    ])
  func broken(bytes: String) async {
    await #expect(throws: MessageFraming.Broken.self) { _ = try await run(Array(bytes.utf8)) }
  }

  @Test("ends with a message that is not whole")
  func cut() async throws {
    #expect(try await run(Array("Content-Length: 100\r\n\r\n{}".utf8)).status == 1)
  }

  @Test("answers what it cannot do")
  func refusals() async throws {
    let place =
      #""params":{"textDocument":{"uri":"file:///no/such.yml"},"position":{"line":9,"character":9}}"#
    let sent = try await run(
      Self.framed([
        Self.start, #"{"id":2,"method":"no/such"}"#, #"{"id":3,"method":"textDocument/hover",\#(place)}"#,
        #"{"id":4,"method":"textDocument/completion",\#(place)}"#, "[]", "{",
        #"{"method":"textDocument/didChange","params":{}}"#, #"{"method":"$/no"}"#,
        #"{"id":5,"method":"textDocument/codeAction","params":null}"#,
      ])
    ).sent
    let answers = sent.dropFirst().map { $0["error"]?["code"]?.json ?? $0["result"]?.json }
    #expect(answers == ["-32601", "null", "[]", "-32700", "[]"])
  }

  @Test("takes a message of several megabytes in parts")
  func large() async throws {
    let text = String(repeating: "# a comment\\n", count: 300_000)
    let opened =
      #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///no/such.yml","text":"\#(text)"}}}"#
    let end = [#"{"id":2,"method":"shutdown"}"#, #"{"method":"exit"}"#]
    let bytes = Self.framed([Self.start, opened] + end)
    let sent = Sent()
    var session = EditorSession(LanguageServer(version: "1")) { sent.add($0) }
    let parts = AsyncStream<[UInt8]> { stream in
      for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
        stream.yield(Array(bytes[start..<min(start + 1 << 16, bytes.count)]))
      }
      stream.finish()
    }
    #expect(try await session.run(parts) == 0)
  }
}
