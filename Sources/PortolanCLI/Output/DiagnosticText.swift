import Portolan

/// Diagnostics as text for a person: where and what, the line with the part that is meant, and what to do.
struct DiagnosticText {
  let style: Style

  /// The lines of each diagnostic. What several in a row have in common, the place or the advice, is shown
  /// once, below the last of them; those of one place are one block.
  func blocks(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> [[String]] {
    var blocks: [[String]] = []
    var block: [String] = []
    for (index, diagnostic) in diagnostics.enumerated() {
      let next = diagnostics.dropFirst(index + 1).first
      let sharesAdvice = next?.rule == diagnostic.rule && next?.advice == diagnostic.advice
      let sharesPlace = sharesAdvice && diagnostic.location != nil && next?.location == diagnostic.location
      block.append(head(diagnostic))
      if !sharesPlace { block += excerpt(diagnostic, files) }
      if !sharesAdvice { block += helpLines(diagnostic.advice) }
      if diagnostic.similar > 0 {
        block.append("  " + style.dim("… and \(diagnostic.similar.grouped) more like this"))
      }
      if !sharesPlace {
        blocks.append(block)
        block = []
      }
    }
    return blocks
  }

  /// The diagnostics, a line apart.
  func text(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> String {
    var text = ""
    var lastLineCount = 0
    for block in blocks(diagnostics, files) {
      text += Self.isApart(lastLineCount, block.count) ? "\n" : ""
      text += block.joined(separator: "\n") + "\n"
      lastLineCount = block.count
    }
    return text
  }

  /// Whether an empty line is between two blocks of so many lines. Those of one line each are a list.
  static func isApart(_ before: Int, _ after: Int) -> Bool { before > 0 && before + after > 2 }

  /// `file:line:column: error: message [rule]`
  func head(
    _ severity: Diagnostic.Severity, _ message: String, at location: SourceLocation? = nil,
    rule: Diagnostic.Rule? = nil
  ) -> String {
    let place = location.map { style.bold(TextColumns.oneLine("\($0):")) + " " } ?? ""
    let word = severity == .error ? style.red("error:") : style.yellow("warning:")
    let name = rule.map { " " + style.dim("[\($0.rawValue)]") } ?? ""
    return "\(place)\(word) \(TextColumns.oneLine(message))\(name)"
  }

  func helpLines(_ help: String?) -> [String] {
    help.map { ["  \(style.cyan("→")) \(TextColumns.oneLine($0))"] } ?? []
  }

  private func head(_ diagnostic: Diagnostic) -> String {
    head(diagnostic.severity, diagnostic.message, at: diagnostic.location, rule: diagnostic.rule)
  }

  /// The line of the file with the part that is meant underlined; nothing where it cannot be read.
  private func excerpt(_ diagnostic: Diagnostic, _ files: SourceFiles) -> [String] {
    guard let location = diagnostic.location, let line = files.line(at: location) else { return [] }
    let endColumn = diagnostic.end.flatMap {
      $0.line == location.line ? $0.column : $0.line > location.line ? .max : nil
    }
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    let excerpt = SourceExcerpt(
      line, from: location.column, to: endColumn, width: max(40, style.width - number.count - 5))
    let marks = diagnostic.severity == .error ? style.red(excerpt.marks) : style.yellow(excerpt.marks)
    return ["  \(style.dim("\(number) |")) \(excerpt.line)", "  \(style.dim("\(margin) |")) \(marks)"]
  }
}

extension Diagnostic {
  /// What to do about it with this program.
  var advice: String? {
    switch remedy {
    case .allowVariable(let name): "run with `--allow-env \(name)` if the mapping may see it"
    case .updateSnapshots:
      "take the file back from your version control, or write it again with `portolan test --update`"
    case nil: help
    }
  }
}
