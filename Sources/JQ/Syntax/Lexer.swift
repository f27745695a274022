/// Cuts a jq program into words, as jq 1.8's own lexer does.
///
/// It stops at the first text that is no word of jq, so that the parser reports whatever is wrong first.
struct Lexer {
  let bytes: [UInt8]
  private var position = 0
  private(set) var tokens: [Token] = []
  /// Why the last token is `.fault`.
  private(set) var fault: SyntaxError?
  private var line = (number: 1, offset: 0)
  /// The brackets, interpolations and strings that are open.
  private var open: [Opening] = []

  private enum Opening {
    case bracket(Symbol)
    case interpolation
    case string(start: Int)
  }

  init(_ source: String) {
    bytes = Array(source.utf8)
    do throws(SyntaxError) {
      while try readToken() {}
      emit(.end, from: position)
    } catch {
      fault = error
      tokens.append(Token(kind: .fault, range: error.range, text: ""))
    }
  }

  /// Cuts only the words up to the `}}` that ends the jq beginning at `start`, and none of its own braces or texts.
  init(doubleBracesIn bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    position = start
    do throws(SyntaxError) {
      while !isAtDoubleBraces(), try readToken() {}
      emit(.end, from: position)
    } catch {
      fault = error
      tokens.append(Token(kind: .fault, range: error.range, text: ""))
    }
  }

  private mutating func isAtDoubleBraces() -> Bool {
    let isInside = open.contains {
      switch $0 {
      case .bracket(let symbol): symbol == .openBrace
      case .interpolation, .string: true
      }
    }
    if isInside { return false }
    skipBlanks()
    return peek() == UInt8(ascii: "}") && peek(1) == UInt8(ascii: "}")
  }

  /// The byte so many places further on; nil after the end.
  private func peek(_ offset: Int = 0) -> UInt8? {
    let index = position + offset
    return index < bytes.count ? bytes[index] : nil
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func emit(_ kind: Token.Kind, _ text: String = "", from start: Int) {
    tokens.append(Token(kind: kind, range: start..<position, text: text))
  }

  private mutating func readToken() throws(SyntaxError) -> Bool {
    if case .string(let start)? = open.last {
      try readStringPart(openedAt: start)
      return true
    }
    skipBlanks()
    guard let byte = peek() else { return false }
    if byte.startsName {
      readName()
    } else if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1)?.isDigit == true) {
      readNumber()
    } else if byte == UInt8(ascii: "\"") {
      open.append(.string(start: position))
      position += 1
      emit(.stringStart, from: position - 1)
    } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "@") {
      try readPrefixedName(byte)
    } else {
      try readSymbol()
    }
    return true
  }

  private mutating func readStringPart(openedAt start: Int) throws(SyntaxError) {
    let begin = position
    switch try nextStringPart(openedAt: start) {
    case .text(let text):
      emit(.stringText, text, from: begin)
    case .interpolation:
      open.append(.interpolation)
      emit(.interpolationStart, from: begin)
    case .end:
      open.removeLast()
      emit(.stringEnd, from: begin)
    }
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
      case UInt8(ascii: "#"): skipComment()
      default: return
      }
    }
  }

  /// A comment ends with its line, unless an odd number of backslashes is before the line's end.
  private mutating func skipComment() {
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      position += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      if peek() == UInt8(ascii: "\\") || peek() == UInt8(ascii: "\n") {
        position += 1
      } else if peek() == UInt8(ascii: "\r"), peek(1) == UInt8(ascii: "\n") {
        position += 2
      }
    }
  }

  private mutating func readName() {
    let start = position
    skipQualifiedName()
    let name = text(start..<position)
    emit(Keyword(rawValue: name).map(Token.Kind.keyword) ?? .identifier, name, from: start)
  }

  private mutating func skipName() {
    while peek()?.continuesName == true { position += 1 }
  }

  private mutating func skipQualifiedName() {
    skipName()
    while peek() == UInt8(ascii: ":"), peek(1) == UInt8(ascii: ":"), peek(2)?.startsName == true {
      position += 2
      skipName()
    }
  }

  private mutating func readNumber() {
    let start = position
    skipDigits()
    if peek() == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      if peek(signed ? 2 : 1)?.isDigit == true {
        position += signed ? 2 : 1
        skipDigits()
      }
    }
    emit(.number, text(start..<position), from: start)
  }

  private mutating func skipDigits() {
    while peek()?.isDigit == true { position += 1 }
  }

  /// The line at the offset. Counts on from where it was asked last, as the lexer only goes forward.
  private mutating func countLines(to offset: Int) -> Int {
    line.number += bytes[line.offset..<offset].count { $0 == UInt8(ascii: "\n") }
    line.offset = offset
    return line.number
  }

  private mutating func readPrefixedName(_ prefix: UInt8) throws(SyntaxError) {
    let start = position
    switch prefix {
    case UInt8(ascii: ".") where peek(1)?.startsName == true:
      position += 1
      skipName()
      emit(.field, text(start + 1..<position), from: start)
    case UInt8(ascii: "$") where peek(1)?.startsName == true:
      position += 1
      skipQualifiedName()
      let name = text(start + 1..<position)
      if name == "__loc__" {
        emit(.location, String(countLines(to: start)), from: start)
      } else {
        emit(.variable, name, from: start)
      }
    case UInt8(ascii: "@") where peek(1)?.continuesName == true:
      position += 1
      skipName()
      emit(.format, text(start + 1..<position), from: start)
    default:
      try readSymbol()
    }
  }

  private mutating func readSymbol() throws(SyntaxError) {
    let start = position
    let rest = bytes[position...]
    let candidates = peek().flatMap { Symbol.byFirstByte[$0] } ?? []
    guard let (name, symbol) = candidates.first(where: { rest.starts(with: $0.bytes) })
    else { throw unknown() }
    position += name.count
    if symbol.closing != nil {
      open.append(.bracket(symbol))
    } else if symbol == .closeParenthesis, case .interpolation? = open.last {
      open.removeLast()
      return emit(.interpolationEnd, from: start)
    } else if case .bracket(let opening)? = open.last, opening.closing == symbol {
      open.removeLast()
    }
    emit(.symbol(symbol), from: start)
  }
}

// MARK: Strings

extension Lexer {
  private enum StringPart {
    case text(String)
    case interpolation
    case end
  }

  /// Reads on inside a string, up to an interpolation or the closing quote.
  private mutating func nextStringPart(openedAt start: Int) throws(SyntaxError) -> StringPart {
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == UInt8(ascii: "\"") {
        guard text.isEmpty else { break }
        position += 1
        return .end
      }
      if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "(") {
        guard text.isEmpty else { break }
        position += 2
        return .interpolation
      }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: try readEscape(openedAt: start))
      } else if byte == 0 {
        throw fault(.nullByte, 1)
      } else {
        text.append(byte)
        position += 1
      }
    }
    guard peek() != nil else { throw fault(.unclosedString, at: start..<start + 1) }
    return .text(String(decoding: text, as: UTF8.self))
  }

  private mutating func readEscape(openedAt start: Int) throws(SyntaxError) -> [UInt8] {
    guard let byte = peek(1) else { throw fault(.unclosedString, at: start..<start + 1) }
    if byte == UInt8(ascii: "u") { return Array(String(try readUnicodeEscape()).utf8) }
    let meaning: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = Unicode.Scalar(byte)
    case UInt8(ascii: "b"): meaning = "\u{8}"
    case UInt8(ascii: "f"): meaning = "\u{C}"
    case UInt8(ascii: "n"): meaning = "\n"
    case UInt8(ascii: "r"): meaning = "\r"
    case UInt8(ascii: "t"): meaning = "\t"
    default: throw fault(.unknownEscape, 1 + characterLength(at: position + 1))
    }
    position += 2
    return [UInt8(ascii: meaning)]
  }

  /// The second half of a surrogate pair alone is U+FFFD, the first alone is an error, as in jq.
  private mutating func readUnicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
    let start = position
    let first = try readHexadecimal()
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
      throw fault(.halfSurrogatePair, at: start..<position)
    }
    let second = try readHexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else { throw fault(.halfSurrogatePair, at: start..<position) }
    return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func readHexadecimal() throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for offset in 2..<6 {
      guard let digit = peek(offset).flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw fault(.shortUnicodeEscape, offset)
      }
      value = value << 4 | UInt32(truncatingIfNeeded: digit)
    }
    position += 6
    return value
  }
}

// MARK: Faults

extension Lexer {
  /// What is wrong with the next character, which begins no word of jq.
  private func unknown() -> SyntaxError {
    switch peek() {
    case 0: return fault(.nullByte, 1)
    case UInt8(ascii: "'"): return fault(.singleQuote, 1)
    case UInt8(ascii: "&") where peek(1) == UInt8(ascii: "&"): return fault(.foreignOperator(.and), 2)
    case UInt8(ascii: "!"): return fault(.foreignOperator(.not), 1)
    case UInt8(ascii: "$"): return fault(.variableWithoutName, 1)
    case UInt8(ascii: "@"): return fault(.formatWithoutName, 1)
    default: break
    }
    let length = characterLength(at: position)
    let character = text(position..<position + length)
    if ["“", "”", "„", "‘", "’", "`"].contains(character) { return fault(.curlyQuote, length) }
    let isBlank = character.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    return fault(isBlank ? .unknownBlank : .unknownCharacter, length)
  }

  /// A fault of the next `length` bytes.
  private func fault(_ reason: SyntaxError.Reason, _ length: Int) -> SyntaxError {
    fault(reason, at: position..<position + length)
  }

  private func fault(_ reason: SyntaxError.Reason, at range: Range<Int>) -> SyntaxError {
    SyntaxError(reason, at: range, found: .text(text(range)))
  }

  /// The number of bytes of the character that starts there: the source is valid UTF-8.
  private func characterLength(at index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end - index
  }
}
