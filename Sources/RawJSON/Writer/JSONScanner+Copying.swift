/// Copies valid JSON values, compact and as libjq would print what it had read: no white space, the
/// last of duplicate keys, U+FFFD for what is no text. All else stays byte for byte: numbers keep
/// their digits, strings their escapes.
extension JSONScanner {
  /// Appends the valid value in `range` to `output`.
  package func copy(_ range: Range<Int>, into output: inout [UInt8]) {
    copyValue(range, into: &output)
  }

  /// Appends the valid value in `range` to `output`.
  package func copy(_ range: Range<Int>, into output: inout ByteBuffer) {
    copyValue(range, into: &output)
  }

  /// Appends the valid value in `range` to `output`. Clients see it for two kinds of output only, so that it is
  /// compiled for each of them.
  @inline(__always)
  func copyValue(_ range: Range<Int>, into output: inout some ByteSink & ~Copyable) {
    if isVerbatim(range) {
      output.append(slice(range))
    } else if byte(range.lowerBound) == UInt8(ascii: "\"") {
      copyString(range, into: &output)
    } else {
      var copier = JSONCopier(self, from: range.lowerBound)
      copier.copy(range, into: &output)
    }
  }

  /// Whether the copy of the valid value in `range` is what is there. It may say no without need.
  private func isVerbatim(_ range: Range<Int>) -> Bool {
    switch byte(range.lowerBound) {
    case UInt8(ascii: "\""): JSONText.verbatimEnd(slice(range), from: 0) == range.count
    case UInt8(ascii: "{"), UInt8(ascii: "["): VerbatimCheck.passes(self, range.lowerBound)
    default: true
    }
  }

  /// Appends the members of the valid object in `range`, without the value at `path` and without the
  /// top-level key `replaced`: `{` and each member followed by a comma, so that one more can be added.
  ///
  /// A path that leads nowhere leaves the object as it is.
  package func openObject(
    _ range: Range<Int>, without path: JSONPath?, replacing replaced: String, into output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "{"))
    var copier = JSONCopier(self, from: range.lowerBound, without: path ?? JSONPath())
    copier.copyMembers(range, but: replaced, into: &output)
  }

  /// The bytes in `range`.
  @inlinable
  package func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    // Safe: callers pass ranges inside the buffer, found by a scan of it.
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Copies a string, quotes included.
  func copyString(_ range: Range<Int>, into output: inout some ByteSink & ~Copyable) {
    let text = slice(range)
    var start = 0
    while start < text.count {
      let end = JSONText.verbatimEnd(text, from: start)
      output.append(UnsafeBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { return }
      for byte in JSONText.replacement { output.append(byte) }
      start = JSONText.replacedEnd(text, from: end)
    }
  }
}
