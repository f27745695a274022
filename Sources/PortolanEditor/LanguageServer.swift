import Portolan
import RawJSON

/// A language server for `port-app-config.yml` and `fetcher.yml`: what it is sent, and what it answers.
///
/// It does no input and output of its own: whoever runs it hands it messages and sends what it gives back.
package struct LanguageServer {
  /// What `exit` ends the process with; nil until then.
  package private(set) var exitStatus: Int32?
  private let linter: EditorLinter
  private let version: String
  private(set) var documents: [String: OpenDocument] = [:]
  private var outdated: Set<String> = []
  private(set) var shown: [String: ShownFindings] = [:]
  private var runs: [DataRun] = []
  private var states = 0
  private var watchesFiles = false
  private var encoding = PositionEncoding.utf16
  private var isInitialized = false
  private var isShutDown = false

  /// A server that has been sent nothing; `version` is the program's.
  package init(_ linter: EditorLinter = EditorLinter(), version: String) {
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
      // An answer to the request to watch files.
      return id == nil || message["result"] != nil || message["error"] != nil
        ? [] : [Self.failure(id ?? "null", -32600, "a request has a `method`")]
    }
    guard let id else {
      notice(method, message["params"])
      return method == "initialized" && watchesFiles ? [Self.watching] : []
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
    return outdated.sorted().flatMap { uri in
      guard let document = documents[uri] else { return closed(uri) }
      let file = EditedFile(FileURI.path(uri))
      let report = file.lint(document, linter)
      states += 1
      let run = report.flatMap { DataRun(uri, state: states, file, $0, linter.environment) }
      runs.removeAll { $0.uri == uri }
      if let run { runs.append(run) }
      var findings = shown[uri] ?? ShownFindings()
      findings.take(
        report?.findings ?? [], in: document, state: states, keepsData: run != nil || report?.config == nil)
      return show(uri, document, findings)
    }
  }

  /// The runs of what has been linted since the last time.
  package mutating func takeRuns() -> [DataRun] {
    defer { runs = [] }
    return runs
  }

  /// Takes what `run` found.
  ///
  /// - Returns: the findings, as messages to send; none where they are as before, or the document has changed.
  package mutating func publish(_ found: [Diagnostic], of run: DataRun) -> [[UInt8]] {
    guard let document = documents[run.uri], var findings = shown[run.uri], findings.state == run.state else {
      return []
    }
    let before = findings.all
    findings.take(run: found, in: document)
    if findings.all == before {
      shown[run.uri] = findings
      return []
    }
    return show(run.uri, document, findings)
  }
}

// MARK: What is shown

extension LanguageServer {
  private mutating func show(_ uri: String, _ document: OpenDocument, _ found: ShownFindings) -> [[UInt8]] {
    let path = FileURI.path(uri)
    var found = found
    let own = found.all.filter { ($0.location?.file ?? path) == path }
    let open = Set(documents.keys.map(FileURI.path))
    let files = Set(found.all.compactMap(\.location?.file)).subtracting(open)
    let stale = found.otherFiles.subtracting(files)
    found.otherFiles = files
    shown[uri] = found
    return [diagnostics(uri, document, own)]
      + files.union(stale).subtracting(open).sorted().map(diagnosticsOfOther)
  }

  /// What all open documents tell of a file that is not open.
  private func diagnosticsOfOther(_ path: String) -> [UInt8] {
    var found: [Diagnostic] = []
    for finding in shown.sorted(by: { $0.key < $1.key }).flatMap(\.value.all)
    where finding.location?.file == path && !found.contains(finding) {
      found.append(finding)
    }
    let text = (try? FileBytes.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return diagnostics(FileURI.uri(path), OpenDocument(text, encoding: encoding), found)
  }

  private mutating func closed(_ uri: String) -> [[UInt8]] {
    let others = shown.removeValue(forKey: uri)?.otherFiles ?? []
    return [diagnostics(uri, nil, [])] + others.sorted().map(diagnosticsOfOther)
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
      let watching = params?["capabilities"]?["workspace"]?["didChangeWatchedFiles"]
      watchesFiles = watching?["dynamicRegistration"]?.json == "true"
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

  func lint(_ uri: String, _ document: OpenDocument) -> [Diagnostic] {
    let path = FileURI.path(uri)
    let found = EditedFile(path).lint(document, linter)?.findings ?? []
    return found.filter { ($0.location?.file ?? path) == path }
  }
}
