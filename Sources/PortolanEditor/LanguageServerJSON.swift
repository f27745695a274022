import Portolan
import RawJSON

/// Findings as the protocol writes them.
struct LanguageServerJSON {
  private let document: OpenDocument

  init(_ document: OpenDocument) {
    self.document = document
  }

  func diagnostic(_ finding: Diagnostic) -> [UInt8] {
    JSONWriter.object {
      $0.add("range", json: range(finding.location, finding.end))
      $0.add("severity", finding.severity == .error ? 1 : 2)
      $0.add("code", text: finding.rule.rawValue)
      $0.add("source", text: "portolan")
      $0.add("message", text: finding.message + (finding.help.map { "\n→ \($0)" } ?? ""))
    }
  }

  /// A quick fix for each finding.
  func actions(_ findings: [Diagnostic], _ uri: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.array { list in
      for finding in findings {
        guard let fix = finding.fix else { continue }
        list.json(action(finding, fix, uri))
      }
    }
    return writer.bytes
  }

  private func action(_ finding: Diagnostic, _ fix: Diagnostic.Fix, _ uri: String) -> [UInt8] {
    let edits = fix.edits.map { edit in
      JSONWriter.object {
        $0.add("range", json: range(edit.start, edit.end))
        $0.add("newText", text: edit.replacement)
      }
    }
    return JSONWriter.object {
      $0.add("title", text: fix.title)
      $0.add("kind", text: "quickfix")
      $0.add("isPreferred", true)
      $0.add("diagnostics", array: [diagnostic(finding)])
      $0.add(
        "edit",
        json: JSONWriter.object { edit in
          edit.add("changes", json: JSONWriter.object { $0.add(uri, array: edits) })
        })
    }
  }

  private func range(_ start: SourceLocation?, _ end: SourceLocation?) -> [UInt8] {
    let line = start?.line ?? 1
    let column = start?.column ?? 1
    return JSONWriter.object {
      $0.add("start", json: position(line, column))
      $0.add("end", json: position(end?.line ?? line, end?.column ?? column + 1))
    }
  }

  private func position(_ line: Int, _ column: Int) -> [UInt8] {
    let position = document.position(line: line, column: column)
    return JSONWriter.object {
      $0.add("line", position.line)
      $0.add("character", position.character)
    }
  }
}

extension JSONView {
  var integer: Int? { number.flatMap { Int($0) } }

  var position: EditorPosition? {
    guard let line = self["line"]?.integer, let character = self["character"]?.integer, line >= 0,
      character >= 0
    else { return nil }
    return EditorPosition(line: line, character: character)
  }

  var positions: (start: EditorPosition, end: EditorPosition)? {
    guard let start = self["start"]?.position, let end = self["end"]?.position else { return nil }
    return (start, end)
  }
}
