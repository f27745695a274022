import Portolan
import RawJSON

/// A language server for `port-app-config.yml` and `fetcher.yml`: what it is sent, and what it answers.
///
/// It does no input and output of its own: whoever runs it hands it messages and sends what it gives back.
package struct LanguageServer {
  /// What `exit` ends the process with; nil until then.
  package private(set) var exitStatus: Int32?
  private let linter: Linter
  private let version: String
  private var documents: [String: OpenDocument] = [:]
  private var outdated: Set<String> = []
  private var encoding = PositionEncoding.utf16
  private var isInitialized = false
  private var isShutDown = false

  /// A server that has been sent nothing; `version` is the program's.
  package init(_ linter: Linter = Linter(), version: String) {
    self.linter = linter
    self.version = version
  }

  /// Takes a message.
  ///
  /// - Returns: the messages to send.
  package mutating func receive(_ message: [UInt8]) async -> [[UInt8]] {
    guard let message = try? JSONView(validating: message) else {
      return [Self.failure("null", -32700, "this is not JSON")]
    }
    let id = message["id"].flatMap { $0.kind == .null ? nil : $0.json }
    guard let method = message["method"]?.text else {
      // An answer to a request of the server's, which makes none.
      return id == nil || message["result"] != nil || message["error"] != nil
        ? [] : [Self.failure(id ?? "null", -32600, "a request has a `method`")]
    }
    guard let id else {
      notice(method, message["params"])
      return []
    }
    if isShutDown { return [Self.failure(id, -32600, "the server has been shut down")] }
    if !isInitialized, method != "initialize" {
      return [Self.failure(id, -32002, "the server has not been initialized")]
    }
    guard let result = await answer(method, message["params"]) else {
      return [Self.failure(id, -32601, "there is no method `\(method)`")]
    }
    return [
      Self.message {
        $0.add("id", json: id.utf8)
        $0.add("result", json: result)
      }
    ]
  }

  /// Lints what has changed since the last time.
  ///
  /// - Returns: the findings, as messages to send.
  package mutating func publish() -> [[UInt8]] {
    defer { outdated = [] }
    return outdated.sorted().map { uri in
      guard let document = documents[uri] else { return diagnostics(uri, nil, []) }
      return diagnostics(uri, document, lint(uri, document).findings)
    }
  }
}

// MARK: What is sent

extension LanguageServer {
  private mutating func notice(_ method: String, _ params: JSONView?) {
    let uri = params?["textDocument"]?["uri"]?.text
    switch method {
    case "exit": exitStatus = isShutDown ? 0 : 1
    case "textDocument/didOpen":
      guard let uri, let text = params?["textDocument"]?["text"]?.text else { return }
      documents[uri] = OpenDocument(
        text, encoding: encoding, version: params?["textDocument"]?["version"]?.integer)
      outdated.insert(uri)
    case "textDocument/didChange":
      guard let uri, var document = documents[uri] else { return }
      for change in params?["contentChanges"]?.elements ?? [] {
        document.change(change["range"].flatMap(\.positions), change["text"]?.text ?? "")
      }
      document.version = params?["textDocument"]?["version"]?.integer
      documents[uri] = document
      outdated.insert(uri)
    case "textDocument/didClose":
      guard let uri else { return }
      documents[uri] = nil
      outdated.insert(uri)
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": outdated.formUnion(documents.keys)
    default: break
    }
  }

  private mutating func answer(_ method: String, _ params: JSONView?) async -> [UInt8]? {
    switch method {
    case "initialize":
      let encodings = params?["capabilities"]?["general"]?["positionEncodings"]?.elements ?? []
      encoding = encodings.lazy.compactMap(\.text).compactMap(PositionEncoding.init).first ?? .utf16
      isInitialized = true
      return Self.capabilities(encoding, version)
    case "shutdown":
      isShutDown = true
      return Self.null
    case "textDocument/codeAction": return actions(params)
    case "textDocument/hover":
      guard let place = place(params) else { return Self.null }
      return await HoverText(place).markdown().map { text in
        JSONWriter.object {
          $0.add(
            "contents",
            json: JSONWriter.object {
              $0.add("kind", text: "markdown")
              $0.add("value", text: text)
            })
        }
      } ?? Self.null
    case "textDocument/completion":
      return place(params).map { Completion($0).json } ?? Array("[]".utf8)
    default: return nil
    }
  }

  private func place(_ params: JSONView?) -> EditedPlace? {
    guard let uri = params?["textDocument"]?["uri"]?.text, let document = documents[uri],
      let position = params?["position"]?.position
    else { return nil }
    return EditedPlace(FileURI.path(uri), document, position, linter)
  }

  private func lint(_ uri: String, _ document: OpenDocument) -> LintReport {
    EditedFile(FileURI.path(uri)).lint(document, linter)
  }
}

// MARK: What is answered

extension LanguageServer {
  private static let null = Array("null".utf8)

  private static func capabilities(_ encoding: PositionEncoding, _ version: String) -> [UInt8] {
    JSONWriter.object {
      $0.add(
        "capabilities",
        json: JSONWriter.object {
          $0.add("positionEncoding", text: encoding.rawValue)
          $0.add(
            "textDocumentSync",
            json: JSONWriter.object {
              $0.add("openClose", true)
              $0.add("change", 2)
              $0.add("save", true)
            })
          $0.add("hoverProvider", true)
          $0.add(
            "completionProvider",
            json: JSONWriter.object { $0.add("triggerCharacters", json: #"[" ", ":", "."]"#.utf8) })
          $0.add(
            "codeActionProvider",
            json: JSONWriter.object { $0.add("codeActionKinds", json: #"["quickfix"]"#.utf8) })
        })
      $0.add(
        "serverInfo",
        json: JSONWriter.object {
          $0.add("name", text: "portolan")
          $0.add("version", text: version)
        })
    }
  }

  private func actions(_ params: JSONView?) -> [UInt8] {
    guard let uri = params?["textDocument"]?["uri"]?.text, let document = documents[uri],
      let range = params?["range"]?.positions
    else { return Array("[]".utf8) }
    let chosen = lint(uri, document).findings.filter { finding in
      guard finding.fix != nil, let start = finding.location else { return false }
      let last = finding.end?.line ?? start.line
      return start.line - 1 <= range.end.line && last - 1 >= range.start.line
    }
    return LanguageServerJSON(document).actions(chosen, uri)
  }

  private func diagnostics(_ uri: String, _ document: OpenDocument?, _ found: [Diagnostic]) -> [UInt8] {
    let path = FileURI.path(uri)
    let own = found.filter { ($0.location?.file ?? path) == path }
    return Self.message {
      $0.add("method", text: "textDocument/publishDiagnostics")
      $0.add(
        "params",
        json: JSONWriter.object { params in
          params.add("uri", text: uri)
          if let version = document?.version { params.add("version", version) }
          params.add("diagnostics", array: document.map { own.map(LanguageServerJSON($0).diagnostic) } ?? [])
        })
    }
  }

  private static func failure(_ id: String, _ code: Int, _ message: String) -> [UInt8] {
    Self.message {
      $0.add("id", json: id.utf8)
      $0.add(
        "error",
        json: JSONWriter.object {
          $0.add("code", code)
          $0.add("message", text: message)
        })
    }
  }

  private static func message(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    JSONWriter.object {
      $0.add("jsonrpc", text: "2.0")
      members(&$0)
    }
  }
}
