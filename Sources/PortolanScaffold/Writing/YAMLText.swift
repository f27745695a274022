/// Texts as YAML scalars and comments.
enum YAMLText {
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", ".nan", "<<", "=",
  ]

  /// The scalar that is read back as `text`: without quotes where a person would leave them out.
  static func scalar(_ text: String) -> String {
    if isPlain(text) { return text }
    if text.unicodeScalars.allSatisfy({ isPrintable($0) }) {
      return text.contains("'") ? doubleQuoted(text) : "'" + text + "'"
    }
    return doubleQuoted(text)
  }

  /// The text in double quotes, as prose is written in a spec.yml.
  static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// `text` on one line of a comment.
  static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isPrintable($0) ? $0 : " " }))
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      text.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) })
    else { return false }
    let begins =
      ("a"..."z").contains(first) || ("A"..."Z").contains(first) || first == "(" || first == "/"
      || first == "."
    return begins && !words.contains(text.lowercased()) && !text.contains(": ") && !text.contains(" #")
      && !text.hasSuffix(":") && !text.hasSuffix(" ")
      // `.5` and `._` are numbers to YAML 1.1.
      && !(first == "." && text.dropFirst().allSatisfy { $0.isNumber || $0 == "_" || $0 == "e" || $0 == "E" }
        && text.count > 1)
  }

  /// Whether YAML takes the character as it is, on one line.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    case 0x10000...0x10FFFF: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }
}
