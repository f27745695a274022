import Portolan

/// Text from outside in Markdown, as GitHub and GitLab show it: it cannot mean anything there.
enum MarkdownText {
  /// How many characters of a value are shown.
  private static let valueLimit = 120

  /// `text` as code, which no mark, mention or HTML in it leaves.
  ///
  /// - Parameters:
  ///   - text: any text.
  ///   - isCell: whether it is in a table, where a bar would end the cell, also in code.
  /// - Returns: Markdown.
  static func code(_ text: String, isCell: Bool = false) -> String {
    let line = shortened(text)
    guard !line.allSatisfy({ $0 == " " }) else { return "` `" }
    var run = 0
    var longest = 0
    for character in line {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let space = line.hasPrefix("`") || line.hasSuffix("`") || line.hasPrefix(" ") ? " " : ""
    let body = isCell ? line.replacing("|", with: "\\|") : line
    return fence + space + body + space + fence
  }

  /// `text` as text in HTML.
  static func html(_ text: String) -> String {
    TextColumns.oneLine(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("@", with: "&#64;").replacing("#", with: "&#35;")
  }

  /// `text` as prose: nothing in it is a mark, a mention or HTML.
  static func prose(_ text: String) -> String {
    var result = ""
    for character in TextColumns.oneLine(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "@": result += "@\u{200B}"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "|", "~", "!", "$":
        result += "\\" + String(character)
      case ":" where result.hasSuffix("http") || result.hasSuffix("https"): result += ":\u{200B}"
      default: result.append(character)
      }
    }
    return result
  }

  private static func shortened(_ text: String) -> String {
    let line = TextColumns.oneLine(text)
    return line.count > valueLimit ? line.prefix(valueLimit - 1) + "…" : line
  }
}
