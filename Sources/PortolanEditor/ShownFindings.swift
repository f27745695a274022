import Portolan

/// The findings of one open document, as they were last shown: those of data stay, each at its line, until a new
/// run has ended, so that they do not come and go while somebody types.
struct ShownFindings {
  /// Which state of the document they are of.
  private(set) var state = 0
  /// All of them.
  private(set) var all: [Diagnostic] = []
  /// The other files that some of them are in.
  var otherFiles: Set<String> = []
  private var ofText: [Diagnostic] = []
  /// Those of data, with the text of their lines.
  private var ofData: [(finding: Diagnostic, line: [Unicode.Scalar])] = []

  /// Takes what lint found in a new state of the document.
  mutating func take(_ found: [Diagnostic], in document: OpenDocument, state: Int, keepsData: Bool) {
    self.state = state
    ofText = found
    if !keepsData { ofData = [] }
    all = found + remaining(in: document)
  }

  /// Takes all that a run found in the present state.
  mutating func take(run found: [Diagnostic], in document: OpenDocument) {
    ofData = found.filter { !ofText.contains($0) }.map { finding in
      let line = (finding.location?.line ?? 0) - 1
      return (finding, document.lines.indices.contains(line) ? document.lines[line] : [])
    }
    all = ofText + ofData.map(\.finding)
  }

  /// What was found of data about lines that are still where they were.
  private func remaining(in document: OpenDocument) -> [Diagnostic] {
    ofData.filter { found in
      guard let line = found.finding.location?.line else { return true }
      return document.lines.indices.contains(line - 1) && document.lines[line - 1] == found.line
    }.map(\.finding)
  }
}
