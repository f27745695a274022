/// Walks over containers that a scan has found valid.
extension JSONScanner {
  /// Calls `body` with each element of the valid array at `index`.
  package func forEachElement(_ index: Int, _ body: (Range<Int>) -> Void) {
    var i = skipWhitespace(index + 1)
    while byte(i) != UInt8(ascii: "]"), let end = try? skipValue(i) {
      body(i..<end)
      i = skipWhitespace(end)
      if byte(i) == UInt8(ascii: ",") { i = skipWhitespace(i + 1) }
    }
  }

  /// The members of the valid object at `index`, each key once: in the place where it is first,
  /// with the value that it has last, as libjq keeps them.
  package func lastMembers(_ index: Int) -> [JSONMember] {
    var members = MemberStack(self)
    let object = JSONSpan(range: index..<count, container: 0)
    return members.add(object, ContainerEnds(self, from: index)).map { members[$0] }
  }

  /// The value of the last member called `key` of the valid object at `index`, nil where there is none.
  package func lastMember(_ index: Int, _ key: String) -> Range<Int>? {
    var found: Range<Int>?
    var i = skipWhitespace(index + 1)
    while byte(i) == UInt8(ascii: "\""), let name = try? skipKeyText(i), let start = try? skipColon(name.end),
      let end = try? skipValue(start)
    {
      if isText(i..<name.end, key) { found = start..<end }
      i = skipWhitespace(end)
      if byte(i) == UInt8(ascii: ",") { i = skipWhitespace(i + 1) }
    }
    return found
  }

  /// The text of the string in `range`, quotes included in the range.
  package func text(_ range: Range<Int>) -> String {
    JSONText.string(stringBody(range))
  }

  /// The bytes between the quotes of the string in `range`.
  package func stringBody(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    // Safe: a string's range was found by a scan of these bytes and holds both quotes.
    UnsafeBufferPointer(start: base + range.lowerBound + 1, count: range.count - 2)
  }

  /// Whether the text of the string in `range` is `text`.
  func isText(_ range: Range<Int>, _ text: String) -> Bool {
    let body = stringBody(range)
    return JSONText.isLiteral(body)
      ? text.utf8.elementsEqual(body) : text.utf8.elementsEqual(JSONText.decoded(body))
  }

  /// Whether the valid value in `range` names nothing: it is null, false, `""`, 0, `[]` or `{}`.
  package func isBlank(_ range: Range<Int>) -> Bool {
    switch firstByte(range) {
    case UInt8(ascii: "n"), UInt8(ascii: "f"): true
    case UInt8(ascii: "t"): false
    case UInt8(ascii: "\""): range.count == 2
    case UInt8(ascii: "["): byte(skipWhitespace(range.lowerBound + 1)) == UInt8(ascii: "]")
    case UInt8(ascii: "{"): byte(skipWhitespace(range.lowerBound + 1)) == UInt8(ascii: "}")
    default: isZero(slice(range))
    }
  }

  /// Whether a number is 0, however it is written: `0`, `-0.0`, `0e5`.
  private func isZero(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in number {
      if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) { return false }
      if byte | 0x20 == UInt8(ascii: "e") { return true }
    }
    return true
  }
}
