import Portolan

/// An expression's explanation for a person: its text, what it reads, its value or error, its parts.
struct ExpressionReport {
  private static let indent = "    "

  let style: Style

  /// The lines; `remark` says what the value means.
  func lines(_ explained: ExpressionExplanation, named name: String, remark: String?) -> [String] {
    let line = style.dim("line \(explained.location.line), \(explained.strategy.rawValue)")
    if remark == nil, let short = short(explained) {
      return ["  " + style.bold(TextColumns.oneLine(name)) + "  " + short + "  " + line]
    }
    var lines = ["  " + style.bold(TextColumns.oneLine(name)) + "  " + line]
    lines += text(explained.expression)
    lines += reads(explained).map { Self.indent + $0 }
    lines += steps(explained.steps).map { Self.indent + $0 }
    lines += outcome(explained.outcome).map { Self.indent + $0 }
    if let remark { lines[lines.count - 1] += style.dim("  (\(TextColumns.oneLine(remark)))") }
    return lines
  }

  /// `.key = "TICK-1"`, where there is no more to say.
  private func short(_ explained: ExpressionExplanation) -> String? {
    let text = explained.expression.trimmed
    guard case .value(let json) = explained.outcome, explained.steps.isEmpty, reads(explained).isEmpty,
      !text.contains(where: \.isNewline)
    else { return nil }
    // A literal is its own value.
    return text == json
      ? "= " + value(json, room / 2)
      : style.cyan(TextColumns.cut(TextColumns.oneLine(text), to: room / 2)) + " = " + value(json, room / 2)
  }

  private var room: Int { max(32, style.width - Self.indent.count) }

  /// The expression as it is written, line by line.
  private func text(_ expression: String) -> [String] {
    expression.split(whereSeparator: \.isNewline).map { line in
      Self.indent + style.cyan(TextColumns.cut(TextColumns.oneLine(String(line)), to: room))
    }
  }

  private func outcome(_ outcome: ExpressionOutcome) -> [String] {
    switch outcome {
    case .value(let json): return ["= " + value(json, room - 2)]
    case .nothing: return ["= " + style.yellow("null") + style.dim("  the expression gives nothing")]
    case .failure(let message, let place):
      return [
        "= " + style.yellow("null") + "  " + style.red("jq: " + TextColumns.fitted(message, to: room)),
        "  " + style.dim(TextColumns.oneLine(place.description)),
      ]
    case .rejected(let diagnostic):
      let place = diagnostic.location.map { [style.dim(TextColumns.oneLine($0.description))] } ?? []
      let help = diagnostic.advice.map { [style.cyan("→ ") + TextColumns.oneLine($0)] } ?? []
      return ["= " + style.yellow("null") + "  " + style.red(TextColumns.oneLine(diagnostic.message))]
        + (place + help).map { "  " + $0 }
    }
  }

  /// A table of what was read. A plain path that gives what it reads needs none.
  private func reads(_ explained: ExpressionExplanation) -> [String] {
    let reads = explained.reads
    if reads.count == 1, reads[0].path == explained.expression.trimmed, case .value = reads[0].finding {
      return []
    }
    let width = min(room / 2, reads.map { TextColumns.displayWidth($0.path) }.max() ?? 0)
    let cells = reads.map { read in
      let path = TextColumns.fitted(read.path, to: width)
      return [
        TextColumns.Cell("reads", style.dim), TextColumns.Cell(path), finding(read.finding, room - width - 9),
      ]
    }
    return TextColumns.lines(cells, [.left, .left, .left])
  }

  private func finding(_ finding: ReadValue.Finding, _ width: Int) -> TextColumns.Cell {
    switch finding {
    case .value(let json): return TextColumns.Cell(value(json, width))
    case .kind(let kind): return TextColumns.Cell("(an \(kind.rawValue))", style.dim)
    case .more(let count): return TextColumns.Cell("… \(count.grouped) more", style.dim)
    case .missing(let nearest):
      let advice = nearest.map { "; the object has `\(TextColumns.oneLine($0))`" } ?? ""
      return TextColumns.Cell("not there" + advice, style.yellow)
    }
  }

  /// The parts, deeper ones further to the right, each with its value.
  private func steps(_ steps: [ExpressionStep]) -> [String] {
    guard !steps.isEmpty else { return [] }
    let heads = steps.map { step in
      let text = step.text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(
        separator: " ")
      let role = step.role.isEmpty ? "" : step.role + " "
      return String(repeating: "  ", count: step.depth + 1) + role + text
    }
    let width = min(max(room / 2, 24), heads.map(TextColumns.displayWidth).max() ?? 0)
    let rows = zip(heads, steps).map { head, step -> [TextColumns.Cell] in
      let given = given(step, max(24, room - width - 2))
      return [TextColumns.Cell(TextColumns.cut(TextColumns.oneLine(head), to: width), style.cyan)]
        + (given.isEmpty ? [] : [TextColumns.Cell(given)])
    }
    return [style.dim("step by step")] + TextColumns.lines(rows, [.left, .left])
  }

  private func given(_ step: ExpressionStep, _ width: Int) -> String {
    if let failure = step.failure, step.outputs.isEmpty {
      return style.red(TextColumns.fitted("jq: " + failure, to: width))
    }
    guard !step.outputs.isEmpty else { return style.yellow("nothing") }
    // A literal is its own value.
    if step.outputs.count == 1, step.outputs[0] == step.text { return "" }
    let share = max(12, width / step.outputs.count - 2)
    let shown = step.outputs.map { value($0, share) }.joined(separator: style.dim(", "))
    return shown + (step.hasMore ? style.dim(", …") : "")
  }

  private func value(_ json: String, _ width: Int) -> String {
    let text = TextColumns.fitted(json, to: max(12, width))
    return json == "null" ? style.yellow(text) : text
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
