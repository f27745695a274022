import Portolan
import RawJSON

// What is answered.

extension LanguageServer {
  static let null = Array("null".utf8)
  static let none = Array("[]".utf8)

  static func capabilities(_ encoding: PositionEncoding, _ version: String) -> [UInt8] {
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

  /// What can be done about the findings in a range: those that lint has `found`, and those `shown` that a run has.
  static func actions(
    _ uri: String, _ document: OpenDocument, _ range: (start: EditorPosition, end: EditorPosition),
    _ found: [Diagnostic], _ shown: [Diagnostic], _ editor: EditorState
  ) -> [UInt8] {
    let path = FileURI.path(uri)
    let ofData = shown.filter { $0.location?.file == path && !found.contains($0) }
    let chosen = (found + ofData).filter { finding in
      guard let start = finding.location else { return false }
      let last = finding.end?.line ?? start.line
      return start.line - 1 <= range.end.line && last - 1 >= range.start.line
    }
    return LanguageServerJSON(document).actions(chosen, uri, before: found) { editor.lint($0, at: uri) }
  }

  static func hover(_ place: EditedPlace) -> [UInt8] {
    guard let text = HoverText(place).markdown() else { return null }
    return JSONWriter.object {
      $0.add(
        "contents",
        json: JSONWriter.object {
          $0.add("kind", text: "markdown")
          $0.add("value", text: text)
        })
    }
  }

  func diagnostics(_ uri: String, _ document: OpenDocument?, _ found: [Diagnostic]) -> [UInt8] {
    Self.message {
      $0.add("method", text: "textDocument/publishDiagnostics")
      $0.add(
        "params",
        json: JSONWriter.object { params in
          params.add("uri", text: uri)
          if let version = document?.version { params.add("version", version) }
          params.add(
            "diagnostics", array: document.map { found.map(LanguageServerJSON($0).diagnostic) } ?? [])
        })
    }
  }

  /// Asks the client to say when a file changes that findings depend on.
  static let watching = message {
    $0.add("id", text: "watching")
    $0.add("method", text: "client/registerCapability")
    let files = #"{"watchers":[{"globPattern":"**/*.{yml,yaml,json,ndjson,jsonl}"}]}"#
    let registration =
      #"{"id":"watching","method":"workspace/didChangeWatchedFiles","registerOptions":\#(files)}"#
    $0.add("params", json: #"{"registrations":[\#(registration)]}"#.utf8)
  }

  static func success(_ id: String, _ result: [UInt8]) -> [UInt8] {
    message {
      $0.add("id", json: id.utf8)
      $0.add("result", json: result)
    }
  }

  static func failure(_ id: String, _ code: Int, _ message: String) -> [UInt8] {
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

  static func message(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    JSONWriter.object {
      $0.add("jsonrpc", text: "2.0")
      members(&$0)
    }
  }
}
