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

  /// The members of the valid object at `index`, each key once: in the place where it first stands,
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

  /// Whether the string body can be taken byte for byte: no escape, and ASCII only.
  @inline(__always)
  package func isPlain(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in body where byte >= 0x80 || byte == UInt8(ascii: "\\") { return false }
    return true
  }

  /// Whether the bytes of the string in `range` are its text: no escape, nothing ill-formed.
  func isLiteral(_ range: Range<Int>) -> Bool {
    JSONText.isLiteral(stringBody(range))
  }

  /// Whether the text of the string in `range` is `text`.
  func isText(_ range: Range<Int>, _ text: String) -> Bool {
    let body = stringBody(range)
    return isPlain(body)
      ? text.utf8.elementsEqual(body) : text.utf8.elementsEqual(JSONText.decoded(body))
  }
}
