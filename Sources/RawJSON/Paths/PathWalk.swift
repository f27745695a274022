/// One walk over a document that checks it and notes where the paths of a tree lead in it.
///
/// It calls itself once for each step of a path, and not for what no path reads.
private struct PathWalk {
  let scanner: JSONScanner
  let table: PathTable
  /// A place for each node of the table.
  let matches: UnsafeMutableBufferPointer<PathMatches.Match>

  /// Checks the value at `index`, which is where the path of `node` leads.
  ///
  /// - Returns: the index after it.
  func walk(_ index: Int, _ node: Int) throws(JSONError) -> Int {
    let place = table.nodes[node]
    // A key that is there twice: what was found under the first is void.
    if matches[node].start >= 0 {
      for inner in node..<place.end { matches[inner].start = -1 }
    }
    matches[node].start = index
    let end: Int
    switch scanner.byte(index) {
    case UInt8(ascii: "{") where place.slots >= 0 && place.depth < JSONScanner.maximumDepth:
      end = try walkObject(index, node, place.depth)
    case UInt8(ascii: "[") where !place.elements.isEmpty && place.depth < JSONScanner.maximumDepth:
      end = try walkArray(index, node, place.depth)
    default:
      end = try scanner.skipValue(index, depth: place.depth)
    }
    matches[node].end = end
    return end
  }

  private func walkObject(_ index: Int, _ node: Int, _ depth: Int) throws(JSONError) -> Int {
    var i = scanner.skipWhitespace(index + 1)
    if scanner.byte(i) == UInt8(ascii: "}") { return i + 1 }
    while true {
      let key = try scanner.skipKeyText(i)
      let child = child(of: node, key: i..<key.end, hasEscape: key.hasEscape)
      i = try scanner.skipColon(key.end)
      if let child {
        i = try walk(i, child)
      } else {
        i = try scanner.skipValue(i, depth: depth + 1)
      }
      i = scanner.skipWhitespace(i)
      if scanner.byte(i) == UInt8(ascii: "}") { return i + 1 }
      i = try scanner.skipComma(i, inObject: true)
    }
  }

  private func walkArray(_ index: Int, _ node: Int, _ depth: Int) throws(JSONError) -> Int {
    var wanted = table.elements(of: node)
    var position = 0
    var i = scanner.skipWhitespace(index + 1)
    if scanner.byte(i) == UInt8(ascii: "]") { return i + 1 }
    while true {
      if let next = wanted.first, next.index == position {
        wanted.removeFirst()
        i = try walk(i, next.node)
      } else {
        i = try scanner.skipValue(i, depth: depth + 1)
      }
      position += 1
      i = scanner.skipWhitespace(i)
      if scanner.byte(i) == UInt8(ascii: "]") { return i + 1 }
      i = try scanner.skipComma(i, inObject: false)
    }
  }

  /// The node that the key in `range` (quotes included) leads to.
  @inline(__always)
  private func child(of node: Int, key range: Range<Int>, hasEscape: Bool) -> Int? {
    let body = scanner.stringBody(range)
    // Without escapes a key's bytes are its text, or else it is none of the table's keys.
    if table.isASCII, !hasEscape { return table.child(of: node, key: body) }
    return decodedChild(of: node, body)
  }

  private func decodedChild(of node: Int, _ body: UnsafeBufferPointer<UInt8>) -> Int? {
    JSONText.decoded(body).withUnsafeBufferPointer { table.child(of: node, key: $0) }
  }
}

extension JSONScanner {
  /// Checks the document, which must be an object, and notes where the paths of `tree` lead.
  ///
  /// The whole document is checked, the parts that no path reads too.
  /// - Throws: ``JSONError`` for bytes that are not JSON, or not one object.
  package func find(_ tree: PathTree, _ matches: inout PathMatches) throws(JSONError) {
    let start = skipWhitespace(0)
    guard start < count else { throw JSONError(.empty, at: start) }
    let end = try matches.refill { matches throws(JSONError) in
      try PathWalk(scanner: self, table: tree.table, matches: matches).walk(start, 0)
    }
    try checkEnd(end)
    guard byte(start) == UInt8(ascii: "{") else { throw JSONError(.notAnObject, at: start) }
  }

  /// Checks the object that starts at `index`, whatever follows it, and notes where the paths of `tree`
  /// lead.
  ///
  /// - Returns: the index after the object.
  /// - Throws: ``JSONError`` for bytes that are not JSON, or not an object.
  package func find(
    _ tree: PathTree, inObjectAt index: Int, _ matches: inout PathMatches
  ) throws(JSONError) -> Int {
    guard index < count else { throw JSONError(.empty, at: index) }
    guard byte(index) == UInt8(ascii: "{") else {
      _ = try skipValue(index)
      throw JSONError(.notAnObject, at: index)
    }
    return try matches.refill { matches throws(JSONError) in
      try PathWalk(scanner: self, table: tree.table, matches: matches).walk(index, 0)
    }
  }
}
