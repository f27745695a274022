import CJSONScan

/// Copies valid JSON values, compact and as libjq would print what it had read: no white space, the
/// last of duplicate keys, U+FFFD for what is no text. All else stays byte for byte: numbers keep
/// their digits, strings their escapes.
extension JSONScanner {
  /// Appends the valid value in `range` to `output`.
  package func copy(_ range: Range<Int>, into output: inout [UInt8]) {
    switch byte(range.lowerBound) {
    case UInt8(ascii: "\""): copyString(range, into: &output)
    case UInt8(ascii: "["): copyArray(range, into: &output)
    case UInt8(ascii: "{"): copyObject(range, into: &output)
    default: output.append(contentsOf: slice(range))
    }
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
    // Safe: `json_scan_plain` reads nothing at or past the end that it is given.
    let plain = json_scan_plain(start, start + text.count) - start
    output.append(contentsOf: text[..<plain])
    var i = plain
    while i < text.count {
      if text[i] == UInt8(ascii: "\\") {
        i = copyEscape(text, at: i, into: &output)
      } else if text[i] < 0x80 {
        output.append(text[i])
        i += 1
      } else {
        i = JSONText.copySequence(text, at: i, into: &output)
      }
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
    if scalar == "\u{FFFD}" {
      output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    } else {
      output.append(contentsOf: text[index..<end])
    }
    return end
  }

  private func copyArray(_ range: Range<Int>, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    var isFirst = true
    forEachElement(range.lowerBound) { element in
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      copy(element, into: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private func copyObject(_ range: Range<Int>, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for member in lastMembers(range.lowerBound) {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      copyString(member.key, into: &output)
      output.append(UInt8(ascii: ":"))
      copy(member.value, into: &output)
    }
    output.append(UInt8(ascii: "}"))
  }
}
