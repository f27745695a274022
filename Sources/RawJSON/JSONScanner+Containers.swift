extension JSONScanner {
  /// Checks the object or array that starts at `index`, without recursion.
  ///
  /// - Returns: the index after its closing bracket.
  func skipContainer(_ index: Int, depth outerDepth: Int) throws(JSONError) -> Int {
    var open = BracketStack()
    var i = index
    while true {
      // A value is expected at i.
      switch byte(i) {
      case UInt8(ascii: "{"):
        guard open.depth + outerDepth < Self.maximumDepth else { throw JSONError(.tooDeep, at: i) }
        open.push(isObject: true)
        i = skipWhitespace(i + 1)
        if byte(i) != UInt8(ascii: "}") {
          i = try skipKey(i)
          continue
        }
      case UInt8(ascii: "["):
        guard open.depth + outerDepth < Self.maximumDepth else { throw JSONError(.tooDeep, at: i) }
        open.push(isObject: false)
        i = skipWhitespace(i + 1)
        if byte(i) != UInt8(ascii: "]") { continue }
      case UInt8(ascii: "\""):
        i = skipWhitespace(try skipString(i + 1))
      default:
        i = skipWhitespace(try skipScalar(i))
      }
      // A value has ended, or a bracket opened with nothing in it: separators and closings follow.
      while open.closes(with: byte(i)) {
        i += 1
        open.pop()
        if open.depth == 0 { return i }
        i = skipWhitespace(i)
      }
      i = try skipSeparator(i, inObject: open.isObject)
    }
  }

  /// Checks the `,` at `index` and, in an object, the key behind it.
  ///
  /// - Returns: the index where the next value must start.
  @inline(__always)
  private func skipSeparator(_ index: Int, inObject: Bool) throws(JSONError) -> Int {
    let next = try skipComma(index, inObject: inObject)
    return inObject ? try skipKey(next) : next
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
    try skipColon(try skipKeyText(index))
  }

  /// Checks the key at `index`.
  ///
  /// - Returns: the index after its closing quote.
  @inline(__always)
  func skipKeyText(_ index: Int) throws(JSONError) -> Int {
    guard byte(index) == UInt8(ascii: "\"") else {
      throw JSONError(index < count ? .expectedKey : .unexpectedEnd, at: index)
    }
    return try skipString(index + 1)
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

/// Which kind of bracket is open at each level: a bit a level, the innermost in the lowest bit.
struct BracketStack {
  private(set) var depth = 0
  private var bits: UInt64 = 0
  private var outer: [UInt64] = []

  /// Whether the innermost open bracket is an object's.
  var isObject: Bool { bits & 1 == 1 }

  @inline(__always)
  mutating func push(isObject: Bool) {
    if depth & 63 == 0, depth > 0 { outer.append(bits) }
    bits = bits << 1 | (isObject ? 1 : 0)
    depth += 1
  }

  @inline(__always)
  mutating func pop() {
    depth -= 1
    bits >>= 1
    if depth & 63 == 0, let saved = outer.popLast() { bits = saved }
  }

  /// Whether `byte` closes the innermost bracket.
  @inline(__always)
  func closes(with byte: UInt8) -> Bool {
    byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }
}
