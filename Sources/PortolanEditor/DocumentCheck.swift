import Portolan

/// A document that is to be linted, in the state that it and all other open documents are in.
package struct DocumentCheck: Sendable {
  /// The document's URI.
  package let uri: String
  /// Which state of the documents it is of.
  let state: Int
  let document: OpenDocument
  let editor: EditorState

  /// What lint finds.
  package func lint() -> LintedDocument {
    editor.reading {
      let file = file
      let reports = file.lint(editor.linter)
      let run = DataRun(uri, state: state, reports, editor)
      let isUnread = !reports.isEmpty && reports.allSatisfy { $0.config == nil }
      return LintedDocument(
        uri: uri, state: state, findings: Self.together(reports),
        config: file.isConfig ? reports.first?.config : nil, run: run, keepsData: run != nil || isUnread)
    }
  }

  /// What lint finds in the document itself.
  func ownFindings() -> [Diagnostic] {
    let path = FileURI.path(uri)
    return editor.reading { Self.together(file.lint(editor.linter)) }
      .filter { ($0.location?.file ?? path) == path }
  }

  private var file: EditedFile { EditedFile(FileURI.path(uri), document.text) }

  /// The findings of all reports: what several of them have is there once.
  private static func together(_ reports: [EditedReport]) -> [Diagnostic] {
    guard reports.count > 1 else { return reports.first?.findings ?? [] }
    var findings: [Diagnostic] = []
    for finding in reports.flatMap(\.findings) where !findings.contains(finding) { findings.append(finding) }
    return findings
  }
}

/// What lint found in a document.
package struct LintedDocument: Sendable {
  /// The document's URI.
  package let uri: String
  let state: Int
  let findings: [Diagnostic]
  /// What can be run of the document; nil where it is no config.
  let config: PortAppConfig?
  /// What there is to run.
  let run: DataRun?
  /// Whether what a run found before is still to be shown.
  let keepsData: Bool

  /// What lint found in the document itself.
  var own: [Diagnostic] {
    let path = FileURI.path(uri)
    return findings.filter { ($0.location?.file ?? path) == path }
  }
}

/// The texts of all open documents, which are read in place of the files, and what their findings are made with.
struct EditorState: Sendable {
  let linter: EditorLinter
  /// The texts by absolute path.
  var texts: [String: [UInt8]] = [:]

  /// Does what reads files.
  func reading<Value>(_ body: () -> Value) -> Value {
    EditedFiles.$texts.withValue(texts) { body() }
  }

  /// Takes what is in a document; nil for one that is closed.
  mutating func take(_ document: OpenDocument?, at uri: String) {
    texts[FolderListing.absolute(FileURI.path(uri))] = document.map { Array($0.text.utf8) }
  }

  /// What lint finds in a document that is changed to `document`, in that alone.
  func lint(_ document: OpenDocument, at uri: String) -> [Diagnostic] {
    var changed = self
    changed.take(document, at: uri)
    return DocumentCheck(uri: uri, state: 0, document: document, editor: changed).ownFindings()
  }
}
