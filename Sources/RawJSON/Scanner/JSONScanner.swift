import CJSONScan

/// Checks JSON bytes and finds where values end, without building anything.
///
/// A scanner is a view: it does not own the bytes and must not outlive them. Every read is guarded
/// by ``count``, so truncated input ends in an error and never in a read past the end.
package struct JSONScanner {
  /// How deep objects and arrays may be nested. jq 1.6 stops at 256, jq 1.8 at 10,000.
  package static let maximumDepth = 1024

  @usableFromInline let base: UnsafePointer<UInt8>
  package let count: Int

  /// A scanner over bytes that stay where they are while the scanner is in use.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    // An empty buffer may have no address; nothing is read from it, so any address will do.
    base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    count = bytes.count
  }

  /// A scanner over a part of the bytes.
  package func part(_ range: Range<Int>) -> JSONScanner { JSONScanner(slice(range)) }

  /// The first byte of the value in `range`: it tells the value's type.
  @inlinable
  package func firstByte(_ range: Range<Int>) -> UInt8 { byte(range.lowerBound) }

  /// The type of the valid value in `range`.
  package func kind(_ range: Range<Int>) -> JSONKind { JSONKind(firstByte: firstByte(range)) }

  /// The byte at `index`, 0 past the end. 0 is valid nowhere in JSON, so the end needs no second check.
  @inlinable @inline(__always)
  package func byte(_ index: Int) -> UInt8 {
    // Safe: the comparison keeps the read inside the buffer.
    index < count ? base[index] : 0
  }

  /// The first index at or after `index` that holds no white space.
  @inlinable @inline(__always)
  package func skipWhitespace(_ index: Int) -> Int {
    let next = byte(index)
    return next > 0x20 ? index : skipSpaces(index)
  }

  @usableFromInline func skipSpaces(_ index: Int) -> Int {
    var i = index
    while true {
      switch byte(i) {
      case 0x20, 0x0A, 0x0D, 0x09: i += 1
      default: return i
      }
    }
  }

  /// Checks the one value that the bytes hold, white space around it allowed.
  ///
  /// - Returns: where the value is.
  package func checkDocument() throws(JSONError) -> Range<Int> {
    let start = skipWhitespace(0)
    guard start < count else { throw JSONError(.empty, at: start) }
    let end = try skipValue(start)
    try checkEnd(end)
    return start..<end
  }

  /// Checks that there is nothing but white space at `index` and after it.
  package func checkEnd(_ index: Int) throws(JSONError) {
    let rest = skipWhitespace(index)
    guard rest == count else { throw JSONError(.trailingBytes, at: rest) }
  }

  /// Checks the value that starts at `index` (no white space before it).
  ///
  /// - Returns: the index after it.
  package func skipValue(_ index: Int, depth: Int = 0) throws(JSONError) -> Int {
    switch byte(index) {
    case UInt8(ascii: "\""): return try skipString(index + 1)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try skipContainer(index, depth: depth)
    default: return try skipScalar(index)
    }
  }

  /// Checks the rest of a string whose first content byte is at `index`.
  ///
  /// - Returns: the index after the closing quote.
  @inline(__always)
  package func skipString(_ index: Int) throws(JSONError) -> Int {
    let special = stringSpecial(index)
    if byte(special) == UInt8(ascii: "\"") { return special + 1 }
    return try skipStringWithEscapes(special, openedBefore: index)
  }

  /// The first index at or after `index`, inside a string, that holds a quote, a backslash or a control
  /// character.
  @inline(__always)
  func stringSpecial(_ index: Int) -> Int {
    // Safe: `json_scan_string` reads nothing at or past `base + count`, and index <= count because
    // the byte before it was read.
    json_scan_string(base + index, base + count) - base
  }

  func skipStringWithEscapes(_ index: Int, openedBefore start: Int) throws(JSONError) -> Int {
    var i = index
    while i < count {
      switch base[i] {
      case UInt8(ascii: "\""): return i + 1
      case UInt8(ascii: "\\"): i = try skipEscape(i, openedBefore: start)
      default: throw JSONError(.controlCharacter, at: i)
      }
      // Safe: an escape is skipped only when all of its bytes are inside the buffer, so i <= count.
      i = json_scan_string(base + i, base + count) - base
    }
    throw JSONError(.unterminatedString, at: start - 1)
  }

  private func skipEscape(_ index: Int, openedBefore start: Int) throws(JSONError) -> Int {
    switch byte(index + 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      for i in index + 2..<index + 6 where hexDigit(byte(i)) == nil {
        throw i < count ? JSONError(.invalidEscape, at: index) : JSONError(.unterminatedString, at: start - 1)
      }
      return index + 6
    default:
      throw index + 1 < count
        ? JSONError(.invalidEscape, at: index) : JSONError(.unterminatedString, at: start - 1)
    }
  }

  /// Checks a number or one of `true`, `false`, `null` at `index`.
  ///
  /// - Returns: the index after it.
  @inline(__always)
  func skipScalar(_ index: Int) throws(JSONError) -> Int {
    switch byte(index) {
    case UInt8(ascii: "t"): return try skipWord("true", index)
    case UInt8(ascii: "f"): return try skipWord("false", index)
    case UInt8(ascii: "n"): return try skipWord("null", index)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try skipNumber(index)
    case UInt8(ascii: "+"), UInt8(ascii: "."): throw JSONError(.invalidNumber, at: index)
    default: throw JSONError(index < count ? .unexpectedByte : .unexpectedEnd, at: index)
    }
  }

  @inline(__always)
  private func skipWord(_ word: StaticString, _ index: Int) throws(JSONError) -> Int {
    let length = word.utf8CodeUnitCount
    // Safe: `i` stays below the word's length.
    for i in 0..<length where byte(index + i) != word.utf8Start[i] {
      throw index + i < count ? JSONError(.unexpectedByte, at: index) : JSONError(.unexpectedEnd, at: count)
    }
    return index + length
  }

  private func skipNumber(_ index: Int) throws(JSONError) -> Int {
    var i = index
    if byte(i) == UInt8(ascii: "-") { i += 1 }
    if byte(i) == UInt8(ascii: "0") {
      i += 1
      if isDigit(byte(i)) { throw JSONError(.invalidNumber, at: index) }
    } else {
      i = try skipDigits(i, of: index)
    }
    if byte(i) == UInt8(ascii: ".") { i = try skipDigits(i + 1, of: index) }
    if byte(i) | 0x20 == UInt8(ascii: "e") {
      i += 1
      if byte(i) == UInt8(ascii: "+") || byte(i) == UInt8(ascii: "-") { i += 1 }
      i = try skipDigits(i, of: index)
    }
    return i
  }

  @inline(__always)
  private func skipDigits(_ index: Int, of number: Int) throws(JSONError) -> Int {
    var i = index
    while isDigit(byte(i)) { i += 1 }
    guard i > index else {
      throw JSONError(i < count ? .invalidNumber : .unexpectedEnd, at: i < count ? number : count)
    }
    return i
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

/// The value of an ASCII hexadecimal digit, nil for anything else.
func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}

extension JSONScanner {
  /// How many newlines there are, and the index after the last one; 0 if there is none.
  package func lines() -> (newlines: Int, lastStart: Int) {
    var newlines = 0
    var lastStart = 0
    while true {
      // Safe: `json_scan_line` reads nothing at or past the end that it is given.
      let newline = json_scan_line(base + lastStart, base + count) - base
      if newline == count { return (newlines, lastStart) }
      newlines += 1
      lastStart = newline + 1
    }
  }
}

extension JSONScanner {
  /// Where the line that holds `index` ends: at its newline, or at the end of the bytes.
  package func lineEnd(_ index: Int) -> Int {
    guard index < count else { return count }
    // Safe: `index` is inside the bytes, and `json_scan_line` reads nothing at or past the end.
    return json_scan_line(base + index, base + count) - base
  }
}

extension Array where Element == UInt8 {
  /// Calls `body` with a scanner over the array's bytes, which must not be kept.
  package func withScanner<Result, Failure: Error>(
    _ body: (JSONScanner) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Safe: the array's storage stays in place during the call; `body` must not keep the scanner.
    try withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in try body(JSONScanner(bytes)) }
  }

  /// Calls `body` with a scanner over a part of the array, which must not be kept.
  package func withScanner<Result, Failure: Error>(
    of range: Range<Int>, _ body: (JSONScanner) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Safe: as above; `rebasing` traps on a range outside of the array.
    try withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in
      try body(JSONScanner(UnsafeBufferPointer(rebasing: bytes[range])))
    }
  }
}
