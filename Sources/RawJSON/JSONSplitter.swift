/// Cuts a text into the raw objects that it holds: one object, an array of them, or one a line.
///
/// A broken object is cut out too, as far as its end can be told, so that it costs only itself: up to
/// the next line that begins as its own did, or else to the bracket that closes it.
package struct JSONSplitter {
  /// A piece of the text.
  package enum Piece {
    /// An object, or what stands where one should.
    case object(Range<Int>)
    /// What is wrong between objects.
    case defect(JSONError)
  }

  /// How far from its beginning a broken value's end is looked for line by line.
  private static let searchLimit = 16 << 20

  private enum Mode {
    case start
    case list
    case lines
    case end
  }

  private var mode = Mode.start
  /// Where the next piece is looked for.
  package private(set) var position = 0
  private var isFirst = true

  /// Whether the text may go on behind its end. A piece that is not known to be whole is then not given.
  package var mayGoOn = false

  /// A splitter at the start of a text.
  package init() {}

  /// A splitter of a piece of a text that holds one object a line, whatever it begins with.
  package static func lines() -> JSONSplitter {
    var splitter = JSONSplitter()
    splitter.mode = .lines
    return splitter
  }

  /// Whether the text's end has been reached, or the end of its array.
  package var isAtEnd: Bool { mode == .end }

  /// Goes on behind an object that somebody else has found to be valid and to end at `end`.
  package mutating func advance(to end: Int) {
    position = end
  }

  /// Follows a text whose first `count` bytes have been taken away.
  package mutating func forget(_ count: Int) {
    position -= count
  }

  /// The next piece of `text`, nil at its end.
  package mutating func next(_ text: JSONScanner) -> Piece? {
    if mode == .start { begin(text) }
    switch mode {
    case .list: return nextElement(text)
    case .lines: return nextValue(text)
    case .start, .end: return nil
    }
  }

  private mutating func begin(_ text: JSONScanner) {
    // A byte order mark is not JSON, but Windows writes it.
    let hasMark = text.byte(0) == 0xEF && text.byte(1) == 0xBB && text.byte(2) == 0xBF
    position = text.skipWhitespace(hasMark ? 3 : 0)
    mode = .lines
    if text.byte(position) == UInt8(ascii: "[") {
      mode = .list
      position += 1
    }
  }

  private mutating func nextValue(_ text: JSONScanner) -> Piece? {
    let start = text.skipWhitespace(position)
    position = start
    guard start < text.count else {
      if !mayGoOn { mode = .end }
      return nil
    }
    guard let end = end(text, start) else { return nil }
    position = end
    return .object(start..<end)
  }

  private mutating func nextElement(_ text: JSONScanner) -> Piece? {
    var start = text.skipWhitespace(position)
    switch text.byte(start) {
    case UInt8(ascii: "]"):
      return endList(text, start + 1)
    case UInt8(ascii: ",") where !isFirst:
      let comma = start
      start = text.skipWhitespace(start + 1)
      if text.byte(start) == UInt8(ascii: "]") {
        position = start
        return .defect(JSONError(.trailingComma, at: comma))
      }
    default:
      if !isFirst, start < text.count {
        isFirst = true
        position = start
        return .defect(JSONError(.expectedCommaOrBracket, at: start))
      }
    }
    guard start < text.count else {
      if mayGoOn { return nil }
      mode = .end
      return .defect(JSONError(.unexpectedEnd, at: text.count))
    }
    guard let end = end(text, start) else { return nil }
    isFirst = false
    position = end
    return .object(start..<end)
  }

  private mutating func endList(_ text: JSONScanner, _ end: Int) -> Piece? {
    let rest = text.skipWhitespace(end)
    if mayGoOn, rest == text.count { return nil }
    mode = .end
    return rest < text.count ? .defect(JSONError(.trailingBytes, at: rest)) : nil
  }

  /// Where the value at `start` ends; nil where only what has not been read yet can tell.
  private func end(_ text: JSONScanner, _ start: Int) -> Int? {
    do throws(JSONError) {
      let end = try text.skipValue(start)
      return mayGoOn && end == text.count ? nil : end
    } catch {
      let isCut = error.reason == .unexpectedEnd || error.reason == .unterminatedString
      if mayGoOn && isCut { return nil }
      return recover(text, start)
    }
  }

  /// Where the broken value at `start` ends, and the splitter goes on; nil where only what has not been
  /// read yet can tell, so that the answer is the same however much has been.
  private func recover(_ text: JSONScanner, _ start: Int) -> Int? {
    let end: Int?
    if mode == .lines, !isBracket(text.byte(start)) {
      end = lineEnd(text, start)
    } else if let indent = indent(text, start) {
      end = recover(text, start, indent: indent)
    } else {
      end = nearest(text, start)
    }
    return end ?? (mayGoOn ? nil : lastLine(text, start))
  }

  /// Where a broken value ends that begins a line: before the next line that begins as it does; but at the
  /// bracket that closes it, where only valid values stand between.
  private func recover(_ text: JSONScanner, _ start: Int, indent: Int) -> Int? {
    let limit = min(text.count, start + Self.searchLimit)
    guard let line = nextLine(text, start..<limit, indent: indent) else {
      return mayGoOn && limit == text.count ? nil : closingBracket(text, start..<text.count)
    }
    let bracket = closingBracket(text, start..<line)
    guard let bracket, bracket < line, holdsValues(text, bracket..<line) else { return line }
    return bracket
  }

  /// Where a broken value ends that stands behind something on its line: at the bracket that closes it, or
  /// before a line that begins an object, whichever is first. It is looked for in a part of the text that
  /// grows, so that the cost is that of the way there.
  private func nearest(_ text: JSONScanner, _ start: Int) -> Int? {
    var size = 1 << 10
    while true {
      let range = start..<min(text.count, start + size)
      let bracket = closingBracket(text, range)
      let line = mode == .lines ? nextLine(text, start..<(bracket ?? range.upperBound), indent: 0) : nil
      if let end = line ?? bracket { return end }
      if range.upperBound == text.count { return nil }
      size *= 2
    }
  }

  /// Whether nothing but valid values stands in `range`, each behind a comma in a list.
  private func holdsValues(_ text: JSONScanner, _ range: Range<Int>) -> Bool {
    var i = text.skipWhitespace(range.lowerBound)
    while i < range.upperBound {
      if mode == .list {
        guard text.byte(i) == UInt8(ascii: ",") else { return false }
        i = text.skipWhitespace(i + 1)
        if i >= range.upperBound { return true }
      }
      guard let end = try? text.skipValue(i) else { return false }
      i = text.skipWhitespace(end)
    }
    return true
  }

  private func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  /// The end of the line of what is no object and no array.
  private func lineEnd(_ text: JSONScanner, _ start: Int) -> Int? {
    var i = start
    while i < text.count {
      if text.byte(i) == UInt8(ascii: "\n") { return trimmed(text, start..<i) }
      i += 1
    }
    return nil
  }

  /// The end, in `range`, of the value before the next line that begins an object: behind as much white
  /// space as its own line has, or, where no array is around it, right behind a line that ends an object.
  private func nextLine(_ text: JSONScanner, _ range: Range<Int>, indent: Int) -> Int? {
    var endsObject = false
    for i in range {
      switch text.byte(i) {
      case UInt8(ascii: "\n"):
        let lineStart = i + 1
        let next = skipBlanks(text, lineStart)
        if text.byte(next) == UInt8(ascii: "{"), next - lineStart == indent || endsObject {
          return trimmed(text, range.lowerBound..<lineStart)
        }
      case UInt8(ascii: "}"): endsObject = mode == .lines
      case let byte where byte > 0x20: endsObject = false
      default: break
      }
    }
    return nil
  }

  /// How much white space stands before the value at `start` on its line; nil where anything else does.
  private func indent(_ text: JSONScanner, _ start: Int) -> Int? {
    var lineStart = start
    while lineStart > 0, text.byte(lineStart - 1) != UInt8(ascii: "\n") {
      lineStart -= 1
      guard text.byte(lineStart) <= 0x20 else { return nil }
    }
    return start - lineStart
  }

  /// The index of the next byte that is no blank and no tab.
  private func skipBlanks(_ text: JSONScanner, _ index: Int) -> Int {
    var i = index
    while text.byte(i) == 0x20 || text.byte(i) == 0x09 { i += 1 }
    return i
  }

  /// Leaves out white space and a comma at the end of `range`.
  private func trimmed(_ text: JSONScanner, _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound + 1, text.byte(end - 1) <= 0x20 { end -= 1 }
    if mode == .list, end > range.lowerBound + 1, text.byte(end - 1) == UInt8(ascii: ",") { end -= 1 }
    return end
  }

  /// The index after the bracket, in `range`, that closes the one at its start, whatever stands between them,
  /// if what follows can follow an element. In a list, what begins with no bracket ends where the element
  /// does.
  private func closingBracket(_ text: JSONScanner, _ range: Range<Int>) -> Int? {
    var depth = 0
    var i = range.lowerBound
    while i < range.upperBound {
      switch text.byte(i) {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 {
          if mode == .list, text.byte(i) == UInt8(ascii: "]") { return i }
        } else {
          depth -= 1
          if depth == 0 { return canFollow(text, i + 1) ? i + 1 : nil }
        }
      case UInt8(ascii: ",") where depth == 0 && mode == .list: return i
      case UInt8(ascii: "\""):
        guard let end = closingQuote(text, i + 1..<max(i + 1, range.upperBound)) else { return nil }
        i = end
      default: break
      }
      i += 1
    }
    return nil
  }

  /// The next quote in `range` without a backslash, whatever stands before it.
  private func closingQuote(_ text: JSONScanner, _ range: Range<Int>) -> Int? {
    var i = range.lowerBound
    while i < range.upperBound {
      switch text.byte(i) {
      case UInt8(ascii: "\""): return i
      case UInt8(ascii: "\\"): i += 2
      default: i += 1
      }
    }
    return nil
  }

  private func canFollow(_ text: JSONScanner, _ index: Int) -> Bool {
    let place = text.skipWhitespace(index)
    if mayGoOn, place == text.count { return false }
    let next = text.byte(place)
    return mode == .list
      ? next == UInt8(ascii: ",") || next == UInt8(ascii: "]") : next == UInt8(ascii: "{") || next == 0
  }

  /// The end of the text, without the bracket that ends the list.
  private func lastLine(_ text: JSONScanner, _ start: Int) -> Int {
    let end = trimmed(text, start..<text.count)
    guard mode == .list, end > start + 1, text.byte(end - 1) == UInt8(ascii: "]") else { return end }
    return trimmed(text, start..<end - 1)
  }
}
