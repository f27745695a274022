/// What is around the list of objects in the body of a response: `{"total": 2, "issues": […], "next": null}`.
struct Envelope: Sendable, Hashable {
  /// The index of the list's opening bracket.
  let list: Int
  private let steps: [JSONPathStep]

  /// Finds the list that `path` leads to in the document that begins at `index` of `text`.
  ///
  /// - Throws: ``JSONError`` where the document is broken before the list, or has no list there.
  init(_ text: JSONScanner, at index: Int, _ path: JSONPath) throws(JSONError) {
    guard index < text.count else { throw JSONError(.empty, at: index) }
    var place = index
    for step in path.steps { place = try Self.member(text, place, step) }
    guard text.byte(place) == UInt8(ascii: "[") else {
      _ = try text.skipValue(place)
      throw JSONError(.noList, at: place)
    }
    list = place
    steps = path.steps
  }

  /// Checks what follows the list, which ends before `index`, up to the end of the document.
  ///
  /// - Returns: the index after the document.
  /// - Throws: ``JSONError`` where it is broken, or names the list once more: which of the two is meant cannot
  ///   be told.
  func close(_ text: JSONScanner, after index: Int) throws(JSONError) -> Int {
    var i = index
    for step in steps.reversed() {
      i = text.skipWhitespace(i)
      let isObject = if case .key = step { true } else { false }
      let bracket = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      while text.byte(i) != bracket {
        i = try text.skipComma(i, inObject: isObject)
        if case .key(let key) = step {
          let start = i
          let keyEnd = try text.skipKeyText(i).end
          if text.isText(start..<keyEnd, key) { throw JSONError(.repeatedList, at: start) }
          i = try text.skipColon(keyEnd)
        }
        i = text.skipWhitespace(try text.skipValue(i))
      }
      i += 1
    }
    return i
  }

  /// The start of the value that `step` leads to in the container at `index`.
  private static func member(
    _ text: JSONScanner, _ index: Int, _ step: JSONPathStep
  ) throws(JSONError) -> Int {
    switch step {
    case .key(let wanted):
      guard text.byte(index) == UInt8(ascii: "{") else { return try missing(text, index) }
      var i = text.skipWhitespace(index + 1)
      while text.byte(i) != UInt8(ascii: "}") {
        let start = i
        let keyEnd = try text.skipKeyText(i).end
        i = try text.skipColon(keyEnd)
        if text.isText(start..<keyEnd, wanted) { return i }
        i = text.skipWhitespace(try text.skipValue(i))
        if text.byte(i) == UInt8(ascii: "}") { break }
        i = try text.skipComma(i, inObject: true)
      }
    case .index(let wanted):
      guard text.byte(index) == UInt8(ascii: "[") else { return try missing(text, index) }
      var i = text.skipWhitespace(index + 1)
      var position = 0
      while text.byte(i) != UInt8(ascii: "]") {
        if position == wanted { return i }
        position += 1
        i = text.skipWhitespace(try text.skipValue(i))
        if text.byte(i) == UInt8(ascii: "]") { break }
        i = try text.skipComma(i, inObject: false)
      }
    }
    return try missing(text, index)
  }

  /// Says that nothing is there, unless what is there instead is broken.
  private static func missing(_ text: JSONScanner, _ index: Int) throws(JSONError) -> Int {
    _ = try text.skipValue(index)
    throw JSONError(.noList, at: index)
  }
}
