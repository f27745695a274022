import Portolan

/// A rule's page as a terminal shows it: without the signs of Markdown.
package struct TerminalPage {
  private let style: Style

  /// Shows pages in a style.
  package init(_ style: Style) {
    self.style = style
  }

  /// The text of a page.
  package func text(_ markdown: String) -> String {
    var isCode = false
    var lines: [String] = []
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isCode.toggle()
      } else if isCode {
        lines.append(line.isEmpty ? "" : "    " + line)
      } else if line.hasPrefix("#") {
        lines.append(style.bold(String(line.drop { $0 == "#" || $0 == " " })))
      } else {
        lines += wrapped(line).map(marked)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The line, cut at blanks so that it fits; a list's item goes on under its text.
  private func wrapped(_ line: Substring) -> [String] {
    let indent = line.hasPrefix("- ") ? "  " : ""
    var lines: [String] = [""]
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + word.count + 1 <= max(40, min(style.width, 100)) {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(indent + word)
      }
    }
    return lines
  }

  /// The line with what is between `**` bold, and with links as their texts.
  private func marked(_ line: String) -> String {
    let parts = line.split(separator: "**", omittingEmptySubsequences: false)
    // Stars that are not closed are text.
    guard parts.count % 2 == 1 else { return line }
    return parts.enumerated().map {
      $0.offset % 2 == 1 ? style.bold(String($0.element)) : withoutLinks($0.element)
    }
    .joined()
  }

  private func withoutLinks(_ text: Substring) -> String {
    String(text).replacing(/\[([^\]]+)\]\([^)]+\)/) { String($0.output.1) }
  }
}
