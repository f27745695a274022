extension Lexer {
  func unknownCharacter() -> SyntaxError {
    switch peek() {
    case 0: return nullByte()
    case UInt8(ascii: "'"):
      return fault(1, "a single quote is not jq", hint: "jq strings take double quotes: \"…\"")
    case UInt8(ascii: "&") where peek(1) == UInt8(ascii: "&"):
      return fault(2, "`&&` is not jq", hint: "use `and`")
    case UInt8(ascii: "!"): return fault(1, "`!` is not jq", hint: "negate with `not`: `(.a | not)`")
    case UInt8(ascii: "$"):
      return fault(1, "a variable's name must follow `$` at once", hint: "write `$name`")
    case UInt8(ascii: "@"):
      return fault(1, "a format's name must follow `@` at once", hint: "write `@base64`")
    default: return unknownText()
    }
  }

  func nullByte() -> SyntaxError {
    fault(1, "a NUL byte stands in the expression", hint: "remove it; a string can hold it as `\\u0000`")
  }

  func unclosedString(_ start: Int) -> SyntaxError {
    SyntaxError(
      range: start..<start + 1, found: "\"", expected: ["\""], message: "this string is never closed",
      hint: "add a `\"` where it ends")
  }

  func unknownEscape() -> SyntaxError {
    let length = 1 + characterLength(at: position + 1)
    let escape = text(position..<position + length)
    return fault(length, "`\(escape)` is not an escape of jq", hint: "a backslash itself is written `\\\\`")
  }

  func shortUnicodeEscape(length: Int) -> SyntaxError {
    fault(length, "`\\u` needs four hexadecimal digits", hint: "write it as in `\\u00e9`")
  }

  func halfSurrogatePair(from start: Int) -> SyntaxError {
    SyntaxError(
      range: start..<position, found: text(start..<position),
      message: "`\(text(start..<start + 6))` is the first half of a surrogate pair without its second",
      hint: "write both halves, `\\ud83d\\ude00`, or the character itself")
  }

  private func unknownText() -> SyntaxError {
    let length = characterLength(at: position)
    let found = text(position..<position + length)
    let isCurlyQuote = ["“", "”", "„", "‘", "’", "`"].contains(found)
    let isBlank = found.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    let name = isBlank ? "this kind of blank (\(codePoint(found)))" : "`\(found)`"
    return fault(
      length, "\(name) is not jq",
      hint: isCurlyQuote
        ? "jq strings take straight double quotes: \"…\"" : isBlank ? "use an ordinary space" : nil)
  }

  private func codePoint(_ text: String) -> String {
    let digits = String(text.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func fault(_ length: Int, _ message: String, hint: String?) -> SyntaxError {
    let range = position..<position + length
    return SyntaxError(range: range, found: text(range), message: message, hint: hint)
  }

  /// The number of bytes of the character that starts there: the source is valid UTF-8.
  private func characterLength(at index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end - index
  }
}
