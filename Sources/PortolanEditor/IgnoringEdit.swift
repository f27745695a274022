import Portolan

/// The comment that turns a rule off on one line, where a comment can stand there and does so.
struct IgnoringEdit {
  /// The line that gets it, counted from 0.
  let line: Int
  /// The line with it.
  let text: String

  /// The comment for one of the findings; nil where none can turn it off. `before` is what lint finds in the document,
  /// and `lint` what it finds in a changed one.
  init?(
    _ finding: Diagnostic, _ document: OpenDocument, before: [Diagnostic],
    lint: (OpenDocument) -> [Diagnostic]
  ) {
    guard !Task.isCancelled, let place = finding.location, document.lines.indices.contains(place.line - 1)
    else { return nil }
    line = Self.commentLine(place.line - 1, document)
    text = Self.adding(finding.rule, to: document.text(ofLine: line))
    var changed = document
    let end = EditorPosition(line: line, character: Int.max)
    changed.change((EditorPosition(line: line, character: 0), end), text)
    let after = lint(changed)
    let known = Set(before.map(Self.key))
    guard after.allSatisfy({ known.contains(Self.key($0)) }) else { return nil }
    let isOfText = before.contains { Self.key($0) == Self.key(finding) && $0.location == finding.location }
    guard !isOfText || after.count < before.count else { return nil }
  }

  private static func key(_ finding: Diagnostic) -> String { "\(finding.rule): \(finding.message)" }

  /// The line itself, or the one that begins the block of text that it is in.
  private static func commentLine(_ line: Int, _ document: OpenDocument) -> Int {
    var indent = document.indent(ofLine: line)
    for above in (0..<line).reversed() where !document.lines[above].allSatisfy({ $0 == " " }) {
      let own = document.indent(ofLine: above)
      guard own < indent else { continue }
      indent = own
      let value = document.text(ofLine: above).split(separator: ":").last ?? ""
      let code = value.split(separator: "#", omittingEmptySubsequences: false).first ?? ""
      let indicator = code.filter { $0 != " " }
      let isBlock =
        (indicator.hasPrefix("|") || indicator.hasPrefix(">"))
        && indicator.dropFirst().allSatisfy { "+-0123456789".contains($0) }
      if isBlock { return above }
    }
    return line
  }

  private static func adding(_ rule: Diagnostic.Rule, to line: String) -> String {
    let mark = "# portolan-ignore "
    guard let start = line.firstRange(of: mark) else {
      return line + (line.hasSuffix(" ") ? "" : " ") + mark + rule.rawValue
    }
    return line[..<start.upperBound] + "\(rule.rawValue), " + line[start.upperBound...]
  }
}

extension OpenDocument {
  func text(ofLine line: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: lines[line])
    return String(view)
  }

  func indent(ofLine line: Int) -> Int { lines[line].prefix { $0 == " " }.count }
}
