/// Finds where a broken value ends: with its line, where it is seen to be one object a line; otherwise at the next line
/// that begins as its own did, or else at the bracket that closes it.
struct Recovery {
  /// How far from its beginning a broken value's end is looked for line by line.
  private static let searchLimit = 16 << 20

  let text: JSONScanner
  /// Whether the value is an element of a list, and not one of many values after each other.
  let isList: Bool
  /// Whether more text may follow.
  let mayContinue: Bool
  /// Whether the text begins a line.
  let beginsLine: Bool

  /// Where the broken value at `start` ends; nil where only what follows the text can tell, so that the answer
  /// is the same however much has been read.
  func end(of start: Int) -> Int? {
    let error: JSONError
    do throws(JSONError) {
      // A value that is valid and no object: its end is plain to see.
      let end = try text.skipValue(start)
      return mayContinue && end == text.count ? nil : end
    } catch let found {
      error = found
    }
    let end: Int?
    if !isList, !isBracket(text.byte(start)) {
      end = lineEnd(start)
    } else if let closed = closedLine(start) {
      end = closed
    } else if let indent = indent(start) {
      end = self.end(of: start, indent: indent, brokenAt: error.offset)
    } else {
      end = nearest(start)
    }
    return end ?? (mayContinue ? nil : lastLine(start))
  }

  /// Where a broken value ends that begins a line: before the next line that begins as it does; but at the
  /// bracket that closes it, where only valid values are between.
  private func end(of start: Int, indent: Int, brokenAt error: Int) -> Int? {
    let limit = min(text.count, start + Self.searchLimit)
    guard let line = nextLine(start..<limit, indent: indent, brokenAt: isAlone(start) ? nil : error) else {
      return mayContinue && limit == text.count ? nil : closingBracket(start..<text.count)
    }
    let bracket = closingBracket(start..<line)
    guard let bracket, bracket < line, holdsValues(bracket..<line) else { return line }
    return bracket
  }

  /// Where a broken value ends that is not first on its line: at the bracket that closes it, or
  /// before a line that begins an object, whichever is first. It is looked for in a part of the text that
  /// grows, so that the cost is that of the way there.
  private func nearest(_ start: Int) -> Int? {
    var size = 1 << 10
    while true {
      let range = start..<min(text.count, start + size)
      let bracket = closingBracket(range)
      let line = !isList ? nextLine(start..<(bracket ?? range.upperBound), indent: 0) : nil
      if let end = line ?? bracket { return end }
      if range.upperBound == text.count { return nil }
      size *= 2
    }
  }

  /// Whether nothing but valid values is in `range`, each after a comma in a list.
  private func holdsValues(_ range: Range<Int>) -> Bool {
    var i = text.skipWhitespace(range.lowerBound)
    while i < range.upperBound {
      if isList {
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
  private func lineEnd(_ start: Int) -> Int? {
    var i = start
    while i < text.count {
      if text.byte(i) == UInt8(ascii: "\n") { return trimmed(start..<i) }
      i += 1
    }
    return nil
  }

  /// The end, in `range`, of the value before the next line that begins an object: after as much white
  /// space as its own line has, or, where no array is around it, right after a line that ends an object. Where values
  /// are one a line, and this one is broken at `error`, any line after that ends it which cannot be a part of it.
  private func nextLine(_ range: Range<Int>, indent: Int, brokenAt error: Int? = nil) -> Int? {
    var endsObject = false
    for i in range {
      switch text.byte(i) {
      case UInt8(ascii: "\n"):
        let lineStart = i + 1
        let next = skipBlanks(lineStart)
        if text.byte(next) == UInt8(ascii: "{"), next - lineStart == indent || endsObject {
          return trimmed(range.lowerBound..<lineStart)
        }
        if let error, error <= next, next - lineStart == indent, isOwn(next) {
          return trimmed(range.lowerBound..<lineStart)
        }
      case UInt8(ascii: "}"): endsObject = !isList
      case let byte where byte > 0x20: endsObject = false
      default: break
      }
    }
    return nil
  }

  /// The end of the value that begins at `start`, where its line, which nothing follows, closes all its brackets; nil
  /// where it does not.
  private func closedLine(_ start: Int) -> Int? {
    if isList { return nil }
    var depth = 0
    var isInText = false
    var i = start
    while i < text.count {
      switch text.byte(i) {
      case UInt8(ascii: "\n"): return nil
      case UInt8(ascii: "\""): isInText.toggle()
      case UInt8(ascii: "\\") where isInText: i += 1
      case UInt8(ascii: "{") where !isInText, UInt8(ascii: "[") where !isInText: depth += 1
      case UInt8(ascii: "}") where !isInText, UInt8(ascii: "]") where !isInText:
        depth -= 1
        if depth == 0 { return endsLine(i + 1) ? i + 1 : nil }
      default: break
      }
      i += 1
    }
    return nil
  }

  /// Whether nothing but white space is between `index` and the end of its line.
  private func endsLine(_ index: Int) -> Bool {
    var i = skipBlanks(index)
    if text.byte(i) == UInt8(ascii: "\r") { i += 1 }
    return text.byte(i) == UInt8(ascii: "\n")
  }

  /// Whether the value at `start` is none of those that are one a line: its bracket is alone on its line, or it is an
  /// element.
  private func isAlone(_ start: Int) -> Bool {
    isList || endsLine(start + 1)
  }

  /// Whether the line whose first byte is at `index` is no part of a broken object: it begins neither with a member nor
  /// with what follows one.
  private func isOwn(_ index: Int) -> Bool {
    guard index < text.count else { return false }
    switch text.byte(index) {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","),
      UInt8(ascii: ":"):
      return false
    case UInt8(ascii: "\""):
      let line = text.part(index..<text.lineEnd(index))
      // A colon may follow.
      if mayContinue, index + line.count == text.count { return false }
      guard let key = try? line.skipKeyText(0) else { return true }
      return line.byte(line.skipWhitespace(key.end)) != UInt8(ascii: ":")
    default:
      return true
    }
  }

  /// How much white space is before the value at `start` on its line; nil where anything else is. After the
  /// bracket that begins a list it is none: the elements on the next lines are as likely to have none as any.
  private func indent(_ start: Int) -> Int? {
    var lineStart = start
    while lineStart > 0, text.byte(lineStart - 1) <= 0x20, text.byte(lineStart - 1) != UInt8(ascii: "\n") {
      lineStart -= 1
    }
    if lineStart == 0 { return beginsLine ? start : isList ? 0 : nil }
    switch text.byte(lineStart - 1) {
    case UInt8(ascii: "\n"): return start - lineStart
    case UInt8(ascii: "[") where isList && lineStart == 1: return 0
    default: return nil
    }
  }

  /// The index of the next byte that is no blank and no tab.
  private func skipBlanks(_ index: Int) -> Int {
    var i = index
    while text.byte(i) == 0x20 || text.byte(i) == 0x09 { i += 1 }
    return i
  }

  /// Leaves out white space and a comma at the end of `range`.
  private func trimmed(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound + 1, text.byte(end - 1) <= 0x20 { end -= 1 }
    if isList, end > range.lowerBound + 1, text.byte(end - 1) == UInt8(ascii: ",") { end -= 1 }
    return end
  }

  /// The index after the bracket, in `range`, that closes the one at its start, whatever is between them,
  /// if what follows can follow an element. In a list, what begins with no bracket ends where the element
  /// does.
  private func closingBracket(_ range: Range<Int>) -> Int? {
    var depth = 0
    var i = range.lowerBound
    while i < range.upperBound {
      switch text.byte(i) {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 {
          if isList, text.byte(i) == UInt8(ascii: "]") { return i }
        } else {
          depth -= 1
          if depth == 0 { return canFollow(i + 1) ? i + 1 : nil }
        }
      case UInt8(ascii: ",") where depth == 0 && isList: return i
      case UInt8(ascii: "\""):
        guard let end = closingQuote(i + 1..<max(i + 1, range.upperBound)) else { return nil }
        i = end
      default: break
      }
      i += 1
    }
    return nil
  }

  /// The next quote in `range` without a backslash, whatever is before it.
  private func closingQuote(_ range: Range<Int>) -> Int? {
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

  private func canFollow(_ index: Int) -> Bool {
    let place = text.skipWhitespace(index)
    if mayContinue, place == text.count { return false }
    let next = text.byte(place)
    return isList
      ? next == UInt8(ascii: ",") || next == UInt8(ascii: "]") : next == UInt8(ascii: "{") || next == 0
  }

  /// The end of the text, without the bracket that ends the list.
  private func lastLine(_ start: Int) -> Int {
    let end = trimmed(start..<text.count)
    guard isList, end > start + 1, text.byte(end - 1) == UInt8(ascii: "]") else { return end }
    return trimmed(start..<end - 1)
  }
}
