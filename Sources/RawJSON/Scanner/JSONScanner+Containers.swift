extension JSONScanner {
  /// Checks the object or array that starts at `index`, calling itself once for every 64 levels.
  ///
  /// - Returns: the index after its closing bracket.
  func skipContainer(_ index: Int, depth outerDepth: Int) throws(JSONError) -> Int {
    var open = BracketStack()
    var i = index
    while true {
      // A value is expected at i.
      switch byte(i) {
      case UInt8(ascii: "\""):
        i = try skipString(i + 1)
      case UInt8(ascii: "{"):
        if open.isFull {
          i = try skipContainer(i, depth: outerDepth + open.depth)
          break
        }
        guard open.depth + outerDepth < Self.maximumDepth else { throw JSONError(.tooDeep, at: i) }
        open.push(isObject: true)
        i = skipWhitespace(i + 1)
        if byte(i) != UInt8(ascii: "}") {
          i = try skipKey(i)
          continue
        }
      case UInt8(ascii: "["):
        if open.isFull {
          i = try skipContainer(i, depth: outerDepth + open.depth)
          break
        }
        guard open.depth + outerDepth < Self.maximumDepth else { throw JSONError(.tooDeep, at: i) }
        open.push(isObject: false)
        i = skipWhitespace(i + 1)
        if byte(i) != UInt8(ascii: "]") { continue }
      default:
        i = try skipScalar(i)
      }
      // A value has ended, or a bracket opened with nothing in it: separators and closings follow.
      i = skipWhitespace(i)
      while open.closes(with: byte(i)) {
        i += 1
        open.pop()
        if open.depth == 0 { return i }
        i = skipWhitespace(i)
      }
      i = try skipComma(i, inObject: open.isObject)
      if open.isObject { i = try skipKey(i) }
    }
  }

  /// Checks the `,` at `index`, and that no closing bracket follows.
  ///
  /// - Returns: the index where the next key or element must start.
  @inline(__always)
  func skipComma(_ index: Int, inObject: Bool) throws(JSONError) -> Int {
    guard byte(index) == UInt8(ascii: ",") else {
      guard index < count else { throw JSONError(.unexpectedEnd, at: count) }
      throw JSONError(inObject ? .expectedCommaOrBrace : .expectedCommaOrBracket, at: index)
    }
    let next = skipWhitespace(index + 1)
    if byte(next) == UInt8(ascii: "}") || byte(next) == UInt8(ascii: "]") {
      throw JSONError(.trailingComma, at: index)
    }
    return next
  }

  /// Checks the key at `index` and its colon.
  ///
  /// - Returns: the index where the key's value must start.
  @inline(__always)
  func skipKey(_ index: Int) throws(JSONError) -> Int {
    try skipColon(try skipKeyText(index).end)
  }

  /// Checks the key at `index`.
  ///
  /// - Returns: the index after its closing quote, and whether the key is written with escapes.
  @inline(__always)
  package func skipKeyText(_ index: Int) throws(JSONError) -> (end: Int, hasEscape: Bool) {
    guard byte(index) == UInt8(ascii: "\"") else {
      throw JSONError(index < count ? .expectedKey : .unexpectedEnd, at: index)
    }
    let special = stringSpecial(index + 1)
    if byte(special) == UInt8(ascii: "\"") { return (special + 1, false) }
    return (try skipStringWithEscapes(special, openedBefore: index + 1), true)
  }

  /// Checks the colon that follows a key, white space around it allowed.
  ///
  /// - Returns: the index where the value must start.
  @inline(__always)
  func skipColon(_ index: Int) throws(JSONError) -> Int {
    let colon = skipWhitespace(index)
    guard byte(colon) == UInt8(ascii: ":") else {
      throw JSONError(colon < count ? .expectedColon : .unexpectedEnd, at: colon)
    }
    return skipWhitespace(colon + 1)
  }
}

/// Which kind of bracket is open at each of a few levels: a bit a level, the innermost in the lowest bit.
struct BracketStack {
  private(set) var depth = 0
  private var bits: UInt64 = 0

  /// Whether there is room for no more levels.
  var isFull: Bool { depth == UInt64.bitWidth }

  /// Whether the innermost open bracket is an object's.
  var isObject: Bool { bits & 1 == 1 }

  @inline(__always)
  mutating func push(isObject: Bool) {
    bits = bits << 1 | (isObject ? 1 : 0)
    depth += 1
  }

  @inline(__always)
  mutating func pop() {
    depth -= 1
    bits >>= 1
  }

  /// Whether `byte` closes the innermost bracket.
  @inline(__always)
  func closes(with byte: UInt8) -> Bool {
    byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }
}
