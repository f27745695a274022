/// Diagnostics as text for a person: where and what, the line with the part that is meant, and what to do.
package struct DiagnosticText {
  /// How many columns a message needs beside its place; where there are fewer, it begins below that.
  private static let fewestColumns = 20

  private let style: Style
  /// What to do about a diagnostic, nil where there is nothing to say.
  private let advice: (Diagnostic) -> String?
  /// What the reader writes to see all findings that are alike, nil where there is nothing that shows them.
  package var expanding: String?

  /// Text of that style; `advice` says what to do about a diagnostic where the reader is, if that is not its
  /// help.
  package init(style: Style, advice: @escaping (Diagnostic) -> String? = \.help) {
    self.style = style
    self.advice = advice
  }

  /// The lines of each diagnostic. What several in a row have in common, the place or the advice, is shown
  /// once, below the last of them; those of one place are one block.
  package func blocks(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> [[String]] {
    let secrets = diagnostics.filter { $0.rule == .writtenSecret }
    var blocks: [[String]] = []
    var block: [String] = []
    for (index, diagnostic) in diagnostics.enumerated() {
      let next = diagnostics.dropFirst(index + 1).first
      let sharesAdvice = next?.rule == diagnostic.rule && next.flatMap(advice) == advice(diagnostic)
      let sharesPlace = sharesAdvice && diagnostic.location != nil && next?.location == diagnostic.location
      block += head(diagnostic)
      if !sharesPlace { block += excerpt(diagnostic, files, hiding: secrets) }
      if !sharesAdvice { block += helpLines(advice(diagnostic)) }
      if diagnostic.similar > 0 {
        let more =
          diagnostic.alike.isEmpty
          ? nil : expanding.map { ": \($0) shows \(diagnostic.similar == 1 ? "it" : "them")" }
        block.append("  " + style.dim("… and \(diagnostic.similar.grouped) more like this\(more ?? "")"))
      }
      if !sharesPlace {
        blocks.append(block)
        block = []
      }
    }
    return blocks
  }

  /// The diagnostics, a line apart.
  package func text(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> String {
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
  package static func isApart(_ before: Int, _ after: Int) -> Bool { before > 0 && before + after > 2 }

  /// `file:line:column: error: message [rule]`, on several lines where the style wraps.
  package func head(
    _ severity: Diagnostic.Severity, _ message: String, at location: SourceLocation? = nil,
    rule: Diagnostic.Rule? = nil
  ) -> [String] {
    let place = location.map { TextColumns.oneLine("\($0): ") } ?? ""
    let word = "\(severity.rawValue): "
    let name = rule.map { "[\($0.rawValue)]" }
    let text = TextColumns.oneLine(message) + (name.map { " " + $0 } ?? "")
    let used = TextColumns.displayWidth(place + word)
    let isBelow = style.wraps && !place.isEmpty && style.width - used < Self.fewestColumns
    var lines = isBelow ? below(text) : wrapped(text, used: used, indentation: 4)
    if let name, let last = lines.last, last.hasSuffix(name) {
      lines[lines.count - 1] = last.dropLast(name.count) + style.dim(name)
    }
    let styledWord = severity == .error ? style.red("error:") : style.yellow("warning:")
    lines[0] =
      (place.isEmpty ? "" : style.bold(String(place.dropLast())) + " ") + styledWord + (isBelow ? "" : " ")
      + lines[0]
    return lines
  }

  package func helpLines(_ help: String?) -> [String] {
    guard let help else { return [] }
    var lines = wrapped(TextColumns.oneLine(help), used: 4, indentation: 4)
    lines[0] = "  \(style.cyan("→")) \(lines[0])"
    return lines
  }

  /// The text as lines, where the style wraps; `used` columns of the first one are taken, and the others are indented.
  private func wrapped(_ text: String, used: Int, indentation: Int) -> [String] {
    guard style.wraps else { return [text] }
    let width = max(30, style.width - indentation)
    let lines = TextColumns.wrapped(text, to: width, used: used - indentation)
    return lines.prefix(1) + lines.dropFirst().map { String(repeating: " ", count: indentation) + $0 }
  }

  /// The lines of a text that has none of the first one.
  private func below(_ text: String) -> [String] {
    [""] + TextColumns.wrapped(text, to: max(30, style.width - 2)).map { "  " + $0 }
  }

  private func head(_ diagnostic: Diagnostic) -> [String] {
    head(diagnostic.severity, diagnostic.message, at: diagnostic.location, rule: diagnostic.rule)
  }

  /// The line of the file with the part that is meant underlined, but for what `secrets` are about; nothing where
  /// it cannot be read.
  private func excerpt(
    _ diagnostic: Diagnostic, _ files: SourceFiles, hiding secrets: [Diagnostic]
  ) -> [String] {
    guard !diagnostic.isLineSecret, let location = diagnostic.location, let line = files.line(at: location)
    else { return [] }
    let endColumn = diagnostic.end.flatMap {
      $0.line == location.line ? $0.column : $0.line > location.line ? .max : nil
    }
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    let hidden = secrets.compactMap { secret in
      secret.location.flatMap { start in
        start.file == location.file && start.line == location.line
          ? start.column..<max(start.column, secret.end?.column ?? .max) : nil
      }
    }
    let excerpt = SourceExcerpt(
      line, from: location.column, to: endColumn, hiding: hidden,
      width: max(24, style.width - number.count - 5))
    let marks = diagnostic.severity == .error ? style.red(excerpt.marks) : style.yellow(excerpt.marks)
    return ["  \(style.dim("\(number) |")) \(excerpt.line)", "  \(style.dim("\(margin) |")) \(marks)"]
  }
}

extension Diagnostic {
  /// The diagnostic for a person: where and what, the line of its file with the part that is meant underlined, and
  /// what to do.
  ///
  /// ```swift
  /// for diagnostic in config.diagnostics { print(diagnostic.text()) }
  /// ```
  ///
  /// The file is read anew; where it cannot be, there is no line of it.
  /// - Parameter width: how many columns a line has at most.
  /// - Returns: some lines, each with its end.
  public func text(width: Int = 100) -> String {
    DiagnosticText(style: Style(hasColour: false, width: width)).text([self], SourceFiles())
  }
}
