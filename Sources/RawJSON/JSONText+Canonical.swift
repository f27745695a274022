import CJSONScan

/// Texts of strings that can be copied byte for byte, and what in the others cannot.
extension JSONText {
  /// The first index at or after `start` where a valid string's bytes hold what no text can: a lone
  /// surrogate's escape or an ill-formed sequence. The number of bytes where there is none.
  static func canonicalEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = text.baseAddress else { return text.count }
    var i = start
    while i < text.count {
      // Safe: `json_scan_plain` reads nothing at or past the end that it is given, and i < count.
      i = json_scan_plain(base + i, base + text.count) - base
      guard i < text.count else { break }
      if text[i] != UInt8(ascii: "\\") {
        let length = sequenceLength(text, at: i)
        guard length > 0 else { return i }
        i += length
      } else if i + 1 < text.count, text[i + 1] == UInt8(ascii: "u") {
        let (scalar, end) = escapedScalar(text, at: i)
        guard scalar != nil else { return i }
        i = end
      } else {
        i += 2
      }
    }
    return text.count
  }

  /// Whether the bytes of a valid string are its text: no escape, nothing ill-formed.
  package static func isLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return true }
    var i = 0
    while i < text.count {
      // Safe: `json_scan_plain` reads nothing at or past the end that it is given, and i < count.
      i = json_scan_plain(base + i, base + text.count) - base
      guard i < text.count else { return true }
      let length = text[i] == UInt8(ascii: "\\") ? 0 : sequenceLength(text, at: i)
      guard length > 0 else { return false }
      i += length
    }
    return true
  }

  /// The index after what stands at `index` that no text can hold, and that one U+FFFD stands for.
  static func replacedEnd(_ text: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    text[index] == UInt8(ascii: "\\")
      ? escapedScalar(text, at: index).1 : index - sequenceLength(text, at: index)
  }
}
