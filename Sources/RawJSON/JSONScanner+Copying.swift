import CJSONScan

/// Copies valid JSON values, compact and as libjq would print what it had read: no white space, the
/// last of duplicate keys, U+FFFD for what is no text. All else stays byte for byte: numbers keep
/// their digits, strings their escapes.
extension JSONScanner {
  /// Appends the valid value in `range` to `output`.
  package func copy(_ range: Range<Int>, into output: inout [UInt8]) {
    switch byte(range.lowerBound) {
    case UInt8(ascii: "\""): copyString(range, into: &output)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var copier = JSONCopier(self, from: range.lowerBound)
      copier.copy(range, into: &output)
    default: output.append(contentsOf: slice(range))
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
  package func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    // Safe: callers give ranges inside the buffer, found by a scan of it.
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Copies a string, quotes included.
  func copyString(_ range: Range<Int>, into output: inout [UInt8]) {
    let text = slice(range)
    guard let start = text.baseAddress else { return }
    var i = 0
    while i < text.count {
      // Safe: `json_scan_plain` reads nothing at or past the end that it is given, and i < count.
      let special = json_scan_plain(start + i, start + text.count) - start
      output.append(contentsOf: text[i..<special])
      guard special < text.count else { return }
      i =
        text[special] == UInt8(ascii: "\\")
        ? copyEscape(text, at: special, into: &output)
        : JSONText.copySequence(text, at: special, into: &output)
    }
  }

  /// Copies an escape as it stands, unless it is a lone surrogate.
  private func copyEscape(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int, into output: inout [UInt8]
  ) -> Int {
    guard index + 1 < text.count, text[index + 1] == UInt8(ascii: "u") else {
      output.append(contentsOf: text[index..<min(index + 2, text.count)])
      return index + 2
    }
    let (scalar, end) = JSONText.escapedScalar(text, at: index)
    if scalar == nil {
      output.append(contentsOf: JSONText.replacement)
    } else {
      output.append(contentsOf: text[index..<end])
    }
    return end
  }
}
