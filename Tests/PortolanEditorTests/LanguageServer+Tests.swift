import PortolanEditor
import RawJSON

extension LanguageServer {
  /// Takes a message, and answers it before anything else comes.
  mutating func answer(_ message: String) throws -> [JSONView] {
    var sent = receive(Array(message.utf8))
    for request in takeRequests() { sent += finish(request.id, request.result()) }
    return try sent.map { try JSONView(validating: $0) }
  }

  /// Lints what has changed.
  mutating func publish() -> [[UInt8]] { takeChecks().flatMap { publish($0.lint()) } }

  /// Opens a document.
  mutating func open(_ uri: String, _ text: String) throws {
    let item = JSONWriter.object {
      $0.add("uri", text: uri)
      $0.add("text", text: text)
    }
    let message = JSONWriter.object {
      $0.add("method", text: "textDocument/didOpen")
      $0.add("params", json: JSONWriter.object { $0.add("textDocument", json: item) })
    }
    _ = try answer(String(decoding: message, as: UTF8.self))
  }
}
