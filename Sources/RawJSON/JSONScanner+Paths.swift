/// One walk that checks a document and finds the paths of a tree in it.
extension JSONScanner {
  /// Checks the document, which must be an object, and notes where the paths of `tree` stand.
  ///
  /// The whole document is checked, the parts that no path reads too.
  /// - Throws: ``JSONError`` for bytes that are not JSON, or not one object.
  package func find(_ tree: PathTree, _ matches: inout PathMatches) throws(JSONError) {
    matches.clear()
    let start = skipWhitespace(0)
    guard start < count else { throw JSONError(.empty, at: start) }
    let end = try walk(start, tree, 0, &matches)
    let rest = skipWhitespace(end)
    guard rest == count else { throw JSONError(.trailingBytes, at: rest) }
    guard byte(start) == UInt8(ascii: "{") else { throw JSONError(.notAnObject, at: start) }
  }

  private func walk(
    _ index: Int, _ tree: PathTree, _ number: Int, _ matches: inout PathMatches
  ) throws(JSONError) -> Int {
    let depth = tree.nodes[number].depth
    matches.begin(number, at: index, subtreeEnd: tree.nodes[number].end)
    let end: Int
    switch byte(index) {
    case UInt8(ascii: "{") where !tree.nodes[number].keys.isEmpty && depth < Self.maximumDepth:
      end = try walkObject(index, tree, number, &matches)
    case UInt8(ascii: "[") where !tree.nodes[number].elements.isEmpty && depth < Self.maximumDepth:
      end = try walkArray(index, tree, number, &matches)
    default:
      end = try skipValue(index, depth: depth)
    }
    matches.end(number, at: end)
    return end
  }

  private func walkObject(
    _ index: Int, _ tree: PathTree, _ number: Int, _ matches: inout PathMatches
  ) throws(JSONError) -> Int {
    let depth = tree.nodes[number].depth
    var i = skipWhitespace(index + 1)
    if byte(i) == UInt8(ascii: "}") { return i + 1 }
    while true {
      let keyEnd = try skipKeyText(i)
      let child = node(ofKey: i..<keyEnd, in: tree.nodes[number].keys)
      let value = try skipColon(keyEnd)
      let end =
        if let child { try walk(value, tree, child, &matches) } else {
          try skipValue(value, depth: depth + 1)
        }
      i = skipWhitespace(end)
      if byte(i) == UInt8(ascii: "}") { return i + 1 }
      i = try skipComma(i, inObject: true)
    }
  }

  private func walkArray(
    _ index: Int, _ tree: PathTree, _ number: Int, _ matches: inout PathMatches
  ) throws(JSONError) -> Int {
    let depth = tree.nodes[number].depth
    var wanted = tree.nodes[number].elements[...]
    var position = 0
    var i = skipWhitespace(index + 1)
    if byte(i) == UInt8(ascii: "]") { return i + 1 }
    while true {
      let end: Int
      if let next = wanted.first, next.index == position {
        wanted.removeFirst()
        end = try walk(i, tree, next.node, &matches)
      } else {
        end = try skipValue(i, depth: depth + 1)
      }
      position += 1
      i = skipWhitespace(end)
      if byte(i) == UInt8(ascii: "]") { return i + 1 }
      i = try skipComma(i, inObject: false)
    }
  }

  /// The child that the key in `range` (quotes included) leads to.
  @inline(__always)
  private func node(ofKey range: Range<Int>, in keys: KeyTable) -> Int? {
    let body = stringBody(range)
    return isPlain(body) ? keys.node(body) : decodedNode(body, in: keys)
  }

  private func decodedNode(_ body: UnsafeBufferPointer<UInt8>, in keys: KeyTable) -> Int? {
    var text: [UInt8] = []
    JSONText.decode(body, into: &text)
    return text.withUnsafeBufferPointer { keys.node($0) }
  }
}
