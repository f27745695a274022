import Portolan
import RawJSON

/// A language server for `port-app-config.yml` and `fetcher.yml`: what it is sent, and what it answers.
///
/// It does no input and output of its own: whoever runs it hands it messages and sends what it gives back. What may
/// take its time it hands out as requests, checks and runs, and takes what came of them.
package struct LanguageServer {
  /// What `exit` ends the process with; nil until then.
  package private(set) var exitStatus: Int32?
  private let version: String
  private var documents: [String: OpenDocument] = [:]
  private var editor: EditorState
  private var encoding = PositionEncoding.utf16
  private var watchesFiles = false
  private var isInitialized = false
  private var isShutDown = false

  /// How often something has changed, and at which change each document was last outdated.
  private var changes = 0
  private var states: [String: Int] = [:]
  private var outdated: Set<String> = []
  private var checking: Set<String> = []
  /// The documents whose own text has changed since their findings were last shown.
  private var edited: Set<String> = []
  private var hasChanged = false
  private var shown: [String: ShownFindings] = [:]
  /// What lint found last.
  private var linted: [String: LintedDocument] = [:]

  /// The requests that are not answered yet, by their ids.
  private var pending: [String: EditorRequest] = [:]
  private var readyRequests: [EditorRequest] = []
  private var cancelled: [String] = []

  /// A server that has been sent nothing; `version` is the program's.
  package init(_ linter: EditorLinter = EditorLinter(), version: String) {
    editor = EditorState(linter: linter)
    self.version = version
  }

  /// Takes a message.
  ///
  /// - Returns: the messages to send.
  package mutating func receive(_ message: [UInt8]) -> [[UInt8]] {
    guard let message = try? JSONView(validating: message) else {
      return [Self.failure("null", -32700, "this is not JSON")]
    }
    let id = message["id"].flatMap { $0.kind == .null ? nil : $0.json }
    guard let method = message["method"]?.text else {
      // An answer to the request to watch files.
      return id == nil || message["result"] != nil || message["error"] != nil
        ? [] : [Self.failure(id ?? "null", -32600, "a request has a `method`")]
    }
    guard let id else { return notice(method, message["params"]) }
    if isShutDown { return [Self.failure(id, -32600, "the server has been shut down")] }
    if isInitialized == (method == "initialize") {
      return [
        isInitialized
          ? Self.failure(id, -32600, "the server has been initialized")
          : Self.failure(id, -32002, "the server has not been initialized")
      ]
    }
    return answer(id, method, message["params"])
  }

  /// Whether documents have changed since the last time, so that they are to be checked when typing rests.
  package mutating func takeChange() -> Bool {
    defer { hasChanged = false }
    return hasChanged
  }
}

// MARK: Findings

extension LanguageServer {
  /// What is to be linted since the last time. Of a document that is being linted there is none: its check would only
  /// wait for the other one.
  package mutating func takeChecks() -> [DocumentCheck] {
    let ready = outdated.subtracting(checking)
    outdated.subtract(ready)
    checking.formUnion(ready)
    return ready.sorted().compactMap { uri in
      documents[uri].map { DocumentCheck(uri: uri, state: states[uri] ?? 0, document: $0, editor: editor) }
    }
  }

  /// Takes what lint found.
  ///
  /// - Returns: the findings, as messages to send; none where they are as before, or the document has changed.
  package mutating func publish(_ linted: LintedDocument) -> [[UInt8]] {
    let uri = linted.uri
    checking.remove(uri)
    guard let document = documents[uri], states[uri] == linted.state else { return [] }
    let before = shown[uri]
    var findings = before ?? ShownFindings()
    findings.take(linted.findings, in: document, state: linted.state, keepsData: linted.keepsData)
    self.linted[uri] = linted
    if edited.remove(uri) == nil, let before, before.all == findings.all {
      shown[uri] = findings
      return []
    }
    return show(uri, document, findings)
  }

  /// What there is to run where the document has not changed since it was linted.
  package func run(of linted: LintedDocument) -> DataRun? {
    states[linted.uri] == linted.state ? linted.run : nil
  }

  /// Takes what `run` found.
  ///
  /// - Returns: the findings, as messages to send; none where they are as before, or the document has changed.
  package mutating func publish(_ found: [Diagnostic], of run: DataRun) -> [[UInt8]] {
    guard let document = documents[run.uri], var findings = shown[run.uri], findings.state == run.state,
      states[run.uri] == run.state
    else { return [] }
    let before = findings.all
    findings.take(run: found, in: document)
    if findings.all == before {
      shown[run.uri] = findings
      return []
    }
    return show(run.uri, document, findings)
  }

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

  /// Says that documents are to be linted.
  private mutating func outdate(_ uris: some Sequence<String>) {
    changes += 1
    for uri in uris {
      states[uri] = changes
      outdated.insert(uri)
      hasChanged = true
    }
  }

  /// Says so of a document that was changed, and of those that it may have a say in: a config has none in another.
  private mutating func outdate(around uri: String) {
    let isConfig = Self.isConfig(uri)
    outdate(documents.keys.filter { $0 == uri || !isConfig || !Self.isConfig($0) })
  }

  private static func isConfig(_ uri: String) -> Bool {
    Integration.configNames.contains(PathText.baseName(FileURI.path(uri)))
  }
}

// MARK: What is sent

extension LanguageServer {
  private mutating func notice(_ method: String, _ params: JSONView?) -> [[UInt8]] {
    if method == "exit" {
      exitStatus = isShutDown ? 0 : 1
      return []
    }
    // What comes too early means nothing.
    guard isInitialized else { return [] }
    let item = params?["textDocument"]
    switch method {
    case "initialized": return watchesFiles ? [Self.watching] : []
    case "$/cancelRequest": return params?["id"].map { cancel($0.json) } ?? []
    case "textDocument/didOpen":
      guard let uri = item?["uri"]?.text, let text = item?["text"]?.text else { return [] }
      take(OpenDocument(text, encoding: encoding, version: item?["version"]?.integer), at: uri)
    case "textDocument/didChange":
      guard let uri = item?["uri"]?.text, var document = documents.removeValue(forKey: uri) else { return [] }
      document.change((params?["contentChanges"]?.elements ?? []).compactMap(Self.change))
      document.version = item?["version"]?.integer
      take(document, at: uri)
      return supersede(uri)
    case "textDocument/didClose": return item?["uri"]?.text.map { close($0) } ?? []
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": outdate(documents.keys)
    default: break
    }
    return []
  }

  /// A change of a text; nil for one whose range cannot be meant.
  private static func change(_ json: JSONView) -> DocumentChange? {
    guard let text = json["text"]?.text else { return nil }
    guard let range = json["range"], range.kind != .null else {
      return DocumentChange(range: nil, replacement: text)
    }
    return range.positions.map { DocumentChange(range: $0, replacement: text) }
  }

  private mutating func take(_ document: OpenDocument, at uri: String) {
    documents[uri] = document
    editor.take(document, at: uri)
    edited.insert(uri)
    outdate(around: uri)
  }

  private mutating func close(_ uri: String) -> [[UInt8]] {
    guard documents.removeValue(forKey: uri) != nil else { return [] }
    editor.take(nil, at: uri)
    outdated.remove(uri)
    states[uri] = nil
    linted[uri] = nil
    edited.remove(uri)
    outdate(documents.keys)
    let others = shown.removeValue(forKey: uri)?.otherFiles ?? []
    let answers = supersede(uri)
    return answers + [FileURI.path(uri)].map(diagnosticsOfOther) + others.sorted().map(diagnosticsOfOther)
  }
}

// MARK: Requests

extension LanguageServer {
  /// The requests that are to be answered since the last time.
  package mutating func takeRequests() -> [EditorRequest] {
    defer { readyRequests = [] }
    return readyRequests
  }

  /// The ids of the requests that nobody waits for any more since the last time.
  package mutating func takeCancelled() -> [String] {
    defer { cancelled = [] }
    return cancelled
  }

  /// Takes the answer to a request.
  ///
  /// - Returns: the messages to send; none where it has been answered.
  package mutating func finish(_ id: String, _ result: [UInt8]) -> [[UInt8]] {
    pending.removeValue(forKey: id) == nil ? [] : [Self.success(id, result)]
  }

  private mutating func answer(_ id: String, _ method: String, _ params: JSONView?) -> [[UInt8]] {
    switch method {
    case "initialize": return [Self.success(id, initialize(params))]
    case "shutdown":
      isShutDown = true
      return [Self.success(id, Self.null)]
    case "textDocument/codeAction":
      return work(id, actions(params), isOfText: true, else: Self.none, params)
    case "textDocument/hover":
      return work(id, at(params, Self.hover), isOfText: true, else: Self.null, params)
    case "textDocument/completion":
      return work(id, at(params) { Completion($0).json }, isOfText: false, else: Self.none, params)
    default: return [Self.failure(id, -32601, "there is no method `\(method)`")]
    }
  }

  private mutating func initialize(_ params: JSONView?) -> [UInt8] {
    let encodings = params?["capabilities"]?["general"]?["positionEncodings"]?.elements ?? []
    encoding = encodings.lazy.compactMap(\.text).compactMap(PositionEncoding.init).first ?? .utf16
    let watching = params?["capabilities"]?["workspace"]?["didChangeWatchedFiles"]
    watchesFiles = watching?["dynamicRegistration"]?.json == "true"
    isInitialized = true
    return Self.capabilities(encoding, version)
  }

  /// Answers at once where there is nothing to find out, and later otherwise.
  private mutating func work(
    _ id: String, _ result: (@Sendable () -> [UInt8])?, isOfText: Bool, else nothing: [UInt8],
    _ params: JSONView?
  ) -> [[UInt8]] {
    guard let result, let uri = params?["textDocument"]?["uri"]?.text else {
      return [Self.success(id, nothing)]
    }
    guard pending[id] == nil else {
      return [Self.failure(id, -32600, "another request has this id, and is not answered yet")]
    }
    let editor = editor
    let request = EditorRequest(id: id, uri: uri, isOfText: isOfText) { editor.reading(result) }
    pending[id] = request
    readyRequests.append(request)
    return []
  }

  /// What `answer` says of a place; nil where the document is not open.
  private func at(
    _ params: JSONView?, _ answer: @escaping @Sendable (EditedPlace) -> [UInt8]
  ) -> (@Sendable () -> [UInt8])? {
    guard let uri = params?["textDocument"]?["uri"]?.text, let document = documents[uri],
      let position = params?["position"]?.position
    else { return nil }
    let linter = editor.linter
    let linted = present(uri)
    return { answer(EditedPlace(FileURI.path(uri), document, position, linter, linted)) }
  }

  private func actions(_ params: JSONView?) -> (@Sendable () -> [UInt8])? {
    guard let uri = params?["textDocument"]?["uri"]?.text, let document = documents[uri],
      let range = params?["range"]?.positions
    else { return nil }
    let shown = shown[uri]?.all ?? []
    let (editor, linted) = (editor, present(uri))
    return {
      Self.actions(uri, document, range, linted?.own ?? editor.lint(document, at: uri), shown, editor)
    }
  }

  /// What lint found in a document as it is; nil where it has changed since.
  private func present(_ uri: String) -> LintedDocument? {
    linted[uri].flatMap { $0.state == states[uri] ? $0 : nil }
  }

  private mutating func cancel(_ id: String) -> [[UInt8]] {
    pending[id] == nil ? [] : [drop(id, -32800, "the request was cancelled")]
  }

  /// Answers what was asked of a text that is no more.
  private mutating func supersede(_ uri: String) -> [[UInt8]] {
    let old = pending.values.filter { $0.isOfText && $0.uri == uri }.map(\.id).sorted()
    return old.map { drop($0, -32801, "the document has changed") }
  }

  private mutating func drop(_ id: String, _ code: Int, _ message: String) -> [UInt8] {
    pending[id] = nil
    readyRequests.removeAll { $0.id == id }
    cancelled.append(id)
    return Self.failure(id, code, message)
  }
}
