/// Cuts a jq program into words, as jq 1.8's own lexer does.
///
/// It stops at the first text that is no word of jq, so that the parser reports whatever is wrong first.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  private(set) var tokens: [Token] = []
  /// Why the last token is `.fault`.
  private(set) var fault: SyntaxError?
  private var line = (number: 1, offset: 0)
  /// The brackets, interpolations and strings that are open.
  private var open: [Opening] = []

  enum Opening {
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

  /// The byte so many places further on; nil behind the end.
  func peek(_ offset: Int = 0) -> UInt8? {
    let index = position + offset
    return index < bytes.count ? bytes[index] : nil
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func emit(_ kind: Token.Kind, _ text: String = "", from start: Int) {
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

  /// A comment ends with its line, unless an odd number of backslashes stands before the line's end.
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
    else { throw unknownCharacter() }
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
