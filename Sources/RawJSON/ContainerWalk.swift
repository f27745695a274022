/// A value that stands in a text.
struct JSONSpan {
  /// Where it stands.
  var range: Range<Int>
  /// Its number in ``ContainerEnds`` if it is an object or an array.
  var container: Int
}

/// Steps over the elements or the members of one valid container.
struct ContainerWalk {
  private let scanner: JSONScanner
  private let ends: ContainerEnds
  private var index: Int
  private var container: Int

  init(_ scanner: JSONScanner, _ ends: ContainerEnds, in span: JSONSpan) {
    self.scanner = scanner
    self.ends = ends
    index = scanner.skipWhitespace(span.range.lowerBound + 1)
    container = span.container + 1
  }

  /// The next element, nil after the last one.
  mutating func nextElement() -> JSONSpan? {
    guard scanner.byte(index) != UInt8(ascii: "]") else { return nil }
    return value(at: index)
  }

  /// The next member, nil after the last one; a key that stands twice comes twice.
  mutating func nextMember() -> JSONMember? {
    guard scanner.byte(index) != UInt8(ascii: "}"), let keyEnd = try? scanner.skipKeyText(index).end,
      let start = try? scanner.skipColon(keyEnd)
    else { return nil }
    let key = index..<keyEnd
    guard let value = value(at: start) else { return nil }
    return JSONMember(key: key, value: value.range, container: value.container)
  }

  private mutating func value(at start: Int) -> JSONSpan? {
    let number = container
    let end: Int
    switch scanner.byte(start) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard let after = ends.after(number) else { return nil }
      (end, container) = after
    default:
      guard let after = try? scanner.skipValue(start) else { return nil }
      end = after
    }
    index = scanner.skipWhitespace(end)
    if scanner.byte(index) == UInt8(ascii: ",") { index = scanner.skipWhitespace(index + 1) }
    return JSONSpan(range: start..<end, container: number)
  }
}
