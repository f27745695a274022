import RawJSON

@testable import JQ

/// JSON as a tree, for tests: numbers keep their digits and members their order.
enum JSONTree: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Member])

  struct Member: Sendable, Hashable {
    var key: String
    var value: JSONTree
  }

  /// The tree of a text that is one JSON value; nil for any other text.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let tree = bytes.withUnsafeBufferPointer { buffer -> JSONTree? in
      let scanner = JSONScanner(buffer)
      guard let range = try? scanner.checkDocument() else { return nil }
      var reader = JSONTreeReader(scanner: scanner, place: range.lowerBound)
      return reader.value()
    }
    guard let tree else { return nil }
    self = tree
  }

  /// Compact JSON.
  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): Self.quoted(text)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.encode(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The values directly inside.
  var children: [JSONTree] {
    switch self {
    case .array(let elements): elements
    case .object(let members): members.map(\.value)
    default: []
    }
  }

  /// The value with each of those directly inside replaced.
  func mapChildren(_ transform: (JSONTree) -> JSONTree) -> JSONTree {
    switch self {
    case .array(let elements): .array(elements.map(transform))
    case .object(let members): .object(members.map { Member(key: $0.key, value: transform($0.value)) })
    default: self
    }
  }

  /// How many values there are in it, itself included.
  var count: Int { children.reduce(1) { $0 + $1.count } }
}

/// Reads a document that has been checked.
private struct JSONTreeReader {
  let scanner: JSONScanner
  var place: Int

  mutating func value() -> JSONTree? {
    let start = place
    switch scanner.byte(place) {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map(JSONTree.string)
    case UInt8(ascii: "n"): return literal(.null, "null")
    case UInt8(ascii: "t"): return literal(.bool(true), "true")
    case UInt8(ascii: "f"): return literal(.bool(false), "false")
    default:
      guard let end = try? scanner.skipValue(place) else { return nil }
      place = end
      return .number(String(decoding: (start..<end).map(scanner.byte), as: UTF8.self))
    }
  }

  private mutating func literal(_ value: JSONTree, _ word: String) -> JSONTree {
    place += word.utf8.count
    return value
  }

  private mutating func string() -> String? {
    guard let end = try? scanner.skipValue(place) else { return nil }
    defer { place = end }
    return JSONText.string(scanner.stringBody(place..<end))
  }

  private mutating func array() -> JSONTree? {
    var elements: [JSONTree] = []
    while next(closing: "]") {
      guard let element = value() else { return nil }
      elements.append(element)
    }
    return .array(elements)
  }

  /// A name that is there twice has its last value, in the first one's place, as in libjq.
  private mutating func object() -> JSONTree? {
    var members: [JSONTree.Member] = []
    while next(closing: "}") {
      guard let key = string() else { return nil }
      place = scanner.skipWhitespace(scanner.skipWhitespace(place) + 1)
      guard let value = value() else { return nil }
      if let known = members.firstIndex(where: { $0.key == key }) {
        members[known].value = value
      } else {
        members.append(JSONTree.Member(key: key, value: value))
      }
    }
    return .object(members)
  }

  /// Passes the opening bracket or a comma, or the closing bracket: then there is nothing more.
  private mutating func next(closing: Unicode.Scalar) -> Bool {
    place = scanner.skipWhitespace(place)
    let isEnd = scanner.byte(place) == UInt8(ascii: closing)
    place = scanner.skipWhitespace(place + 1)
    if !isEnd, scanner.byte(place) == UInt8(ascii: closing) {
      place += 1
      return false
    }
    return !isEnd
  }
}
