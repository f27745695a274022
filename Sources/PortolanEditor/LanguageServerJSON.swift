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

  /// A quick fix for each finding that has one, and after those what turns its rule off; `before` is what lint finds in
  /// the document, and `lint` what it finds when it is changed.
  func actions(
    _ findings: [Diagnostic], _ uri: String, before: [Diagnostic], lint: (OpenDocument) -> [Diagnostic]
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.array { list in
      for finding in findings {
        guard let fix = finding.fix else { continue }
        list.json(
          action(finding, fix.title, uri, fix.edits.map { (range($0.start, $0.end), $0.replacement) }))
      }
      for finding in findings {
        guard let edit = IgnoringEdit(finding, document, before: before, lint: lint) else { continue }
        let length = document.lines[edit.line].count
        let whole = range(line: edit.line + 1, from: 1, to: length + 1)
        let title = "ignore \(finding.rule) on this line"
        list.json(action(finding, title, uri, [(whole, edit.text)], isPreferred: false))
      }
    }
    return writer.bytes
  }

  private func action(
    _ finding: Diagnostic, _ title: String, _ uri: String, _ edits: [(range: [UInt8], text: String)],
    isPreferred: Bool = true
  ) -> [UInt8] {
    let edits = edits.map { edit in
      JSONWriter.object {
        $0.add("range", json: edit.range)
        $0.add("newText", text: edit.text)
      }
    }
    return JSONWriter.object {
      $0.add("title", text: title)
      $0.add("kind", text: "quickfix")
      $0.add("isPreferred", isPreferred)
      $0.add("diagnostics", array: [diagnostic(finding)])
      $0.add(
        "edit",
        json: JSONWriter.object { edit in
          edit.add("changes", json: JSONWriter.object { $0.add(uri, array: edits) })
        })
    }
  }

  private func range(line: Int, from start: Int, to end: Int) -> [UInt8] {
    JSONWriter.object {
      $0.add("start", json: position(line, start))
      $0.add("end", json: position(line, end))
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
