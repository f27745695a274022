import CLibJQ
import RawJSON

extension JQValue {
  /// Builds the value of checked JSON: the valid document, or the valid part of one, in `range`.
  package init(_ scanner: JSONScanner, _ range: Range<Int>) {
    self.init(consuming: JSONReader(scanner: scanner).value(range.lowerBound).value)
  }

  /// Builds the value that `json` is, nil where it is not valid.
  init?(json: [UInt8]) {
    let raw: jv? = json.withScanner { scanner in
      guard let range = try? scanner.checkDocument() else { return nil }
      return JSONReader(scanner: scanner).value(range.lowerBound).value
    }
    guard let raw else { return nil }
    self.init(consuming: raw)
  }
}

/// Turns valid JSON bytes into libjq's values.
///
/// libjq's own parser is byte by byte and takes three quarters of the time that a mapping takes;
/// and it stops at different depths in 1.6 and 1.8. What it would make of the bytes is what this makes.
struct JSONReader {
  let scanner: JSONScanner

  /// The valid value that starts at `index`, and the index after it. The caller owns the value.
  func value(_ index: Int) -> (value: jv, end: Int) {
    switch scanner.byte(index) {
    case UInt8(ascii: "{"): return object(index)
    case UInt8(ascii: "["): return array(index)
    case UInt8(ascii: "\""):
      let end = self.end(index)
      return (string(scanner.stringBody(index..<end)), end)
    case UInt8(ascii: "t"): return (jv_true(), index + 4)
    case UInt8(ascii: "f"): return (jv_false(), index + 5)
    case UInt8(ascii: "n"): return (jv_null(), index + 4)
    default:
      let end = self.end(index)
      return (number(index..<end), end)
    }
  }

  /// The end of the valid value at `index`. Invalid bytes, which callers have ruled out, end it.
  private func end(_ index: Int) -> Int {
    (try? scanner.skipValue(index)) ?? index + 1
  }

  /// The valid value that starts at `index`, cut to `reads`, and the index after it. The caller owns it.
  func value(_ index: Int, _ reads: ReadTree) -> (value: jv, end: Int) {
    guard case .part(let keys, let each) = reads else { return value(index) }
    switch scanner.byte(index) {
    case UInt8(ascii: "{"): return object(index, keys, each)
    case UInt8(ascii: "["): return array(index, each)
    default: return value(index)
    }
  }

  private func object(_ index: Int, _ keys: [String: ReadTree], _ each: ReadTree?) -> (jv, Int) {
    var object = jv_object()
    var i = scanner.skipWhitespace(index + 1)
    while scanner.byte(i) != UInt8(ascii: "}"), scanner.byte(i) != 0 {
      let keyEnd = end(i)
      let name = scanner.text(i..<keyEnd)
      let start = scanner.skipWhitespace(scanner.skipWhitespace(keyEnd) + 1)
      // Swift's strings are equal where their characters are; JSON's keys where their bytes are. A key
      // that is only equal in the first way is kept without need.
      let reads = each.map { each in keys[name].map { $0.union(each) } ?? each } ?? keys[name]
      if let reads {
        let (member, end) = value(start, reads)
        object = jv_object_set(object, string(scanner.stringBody(i..<keyEnd)), member)
        i = next(end)
      } else {
        i = next(end(start))
      }
    }
    return (object, i + 1)
  }

  private func array(_ index: Int, _ each: ReadTree?) -> (jv, Int) {
    var array = jv_array()
    guard let each else { return (array, end(index)) }
    var i = scanner.skipWhitespace(index + 1)
    while scanner.byte(i) != UInt8(ascii: "]"), scanner.byte(i) != 0 {
      let (element, end) = value(i, each)
      array = jv_array_append(array, element)
      i = next(end)
    }
    return (array, i + 1)
  }

  /// A string of UTF-8 bytes.
  func text(_ utf8: [UInt8]) -> jv {
    utf8.withUnsafeBufferPointer(sized)
  }

  private func object(_ index: Int) -> (jv, Int) {
    var object = jv_object()
    var i = scanner.skipWhitespace(index + 1)
    while scanner.byte(i) != UInt8(ascii: "}"), scanner.byte(i) != 0 {
      let keyEnd = end(i)
      let key = string(scanner.stringBody(i..<keyEnd))
      let colon = scanner.skipWhitespace(keyEnd)
      let (member, end) = value(scanner.skipWhitespace(colon + 1))
      object = jv_object_set(object, key, member)
      i = next(end)
    }
    return (object, i + 1)
  }

  private func array(_ index: Int) -> (jv, Int) {
    var array = jv_array()
    var i = scanner.skipWhitespace(index + 1)
    while scanner.byte(i) != UInt8(ascii: "]"), scanner.byte(i) != 0 {
      let (element, end) = value(i)
      array = jv_array_append(array, element)
      i = next(end)
    }
    return (array, i + 1)
  }

  /// The start of the next member, or the closing bracket.
  private func next(_ index: Int) -> Int {
    let i = scanner.skipWhitespace(index)
    return scanner.byte(i) == UInt8(ascii: ",") ? scanner.skipWhitespace(i + 1) : i
  }

  /// The string whose bytes between the quotes are `body`.
  private func string(_ body: UnsafeBufferPointer<UInt8>) -> jv {
    if JSONText.isLiteral(body) { return sized(body) }
    var text: [UInt8] = []
    text.reserveCapacity(body.count)
    JSONText.decode(body, into: &text)
    return text.withUnsafeBufferPointer(sized)
  }

  private func sized(_ text: UnsafeBufferPointer<UInt8>) -> jv {
    // Safe: libjq copies `count` bytes from the address. An empty buffer may have none.
    guard let start = text.baseAddress else { return jv_string_empty(0) }
    return start.withMemoryRebound(to: CChar.self, capacity: text.count) {
      jv_string_sized($0, Int32(clamping: text.count))
    }
  }

  /// A whole number of at most 15 digits is exact as a double. Any other goes through libjq's parser,
  /// which from 1.7 on keeps its digits.
  private func number(_ range: Range<Int>) -> jv {
    let digits = scanner.slice(range)
    let isNegative = digits.first == UInt8(ascii: "-")
    let magnitude = isNegative ? digits.dropFirst() : digits[...]
    if magnitude.count <= 15, magnitude.allSatisfy({ $0 &- 0x30 < 10 }),
      !(isNegative && magnitude.first == 0x30)
    {
      let whole = magnitude.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return jv_number(Double(isNegative ? -whole : whole))
    }
    guard let start = digits.baseAddress else { return jv_null() }
    // Safe: libjq reads `count` bytes from the address.
    let parsed = start.withMemoryRebound(to: CChar.self, capacity: digits.count) {
      jv_parse_sized($0, Int32(clamping: digits.count))
    }
    guard jv_get_kind(parsed) == JV_KIND_NUMBER else {
      jv_free(parsed)
      return jv_null()
    }
    return parsed
  }
}
