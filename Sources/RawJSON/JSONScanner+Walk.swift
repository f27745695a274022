/// A member of an object: where its key (quotes included) and its value stand.
package struct JSONMember {
  /// The key, quotes included.
  package var key: Range<Int>
  /// The value.
  package var value: Range<Int>
}

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

  /// Calls `body` with each member of the valid object at `index`, duplicates included.
  package func forEachMember(_ index: Int, _ body: (JSONMember) -> Void) {
    var i = skipWhitespace(index + 1)
    while byte(i) != UInt8(ascii: "}"), let keyEnd = try? skipKeyText(i),
      let start = try? skipColon(keyEnd), let end = try? skipValue(start)
    {
      body(JSONMember(key: i..<keyEnd, value: start..<end))
      i = skipWhitespace(end)
      if byte(i) == UInt8(ascii: ",") { i = skipWhitespace(i + 1) }
    }
  }

  /// The members of the valid object at `index`, each key once: in the place where it first stands,
  /// with the value that it has last, as libjq keeps them.
  package func lastMembers(_ index: Int) -> [JSONMember] {
    var members: [JSONMember] = []
    var places: [Int: [Int]] = [:]
    forEachMember(index) { member in
      let hash = keyHash(member.key)
      if let place = places[hash]?.first(where: { sameKey(members[$0].key, member.key) }) {
        members[place].value = member.value
      } else {
        places[hash, default: []].append(members.count)
        members.append(member)
      }
    }
    return members
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

  private func keyHash(_ range: Range<Int>) -> Int {
    let body = stringBody(range)
    return isPlain(body) ? Self.hash(body) : decodedHash(body)
  }

  private func decodedHash(_ body: UnsafeBufferPointer<UInt8>) -> Int {
    var bytes: [UInt8] = []
    JSONText.decode(body, into: &bytes)
    return bytes.withUnsafeBufferPointer(Self.hash)
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize()
  }

  private func sameKey(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    let (a, b) = (stringBody(first), stringBody(second))
    if isPlain(a), isPlain(b) { return a.elementsEqual(b) }
    return JSONText.string(a).utf8.elementsEqual(JSONText.string(b).utf8)
  }
}
