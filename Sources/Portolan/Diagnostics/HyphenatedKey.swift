import JQ

/// Keys with a hyphen, which jq reads as a subtraction: `.content-type`.
enum HyphenatedKey {
  /// Where the key is whose last part `expression` subtracts, as it happens to be a function of jq; nil where a
  /// subtraction is meant. `bytes` are the text.
  static func subtracted(by expression: JQ.Expression, of bytes: [UInt8]) -> Range<Int>? {
    guard case .binary(.subtract, let left, let right) = expression.node,
      left.range.upperBound + 1 == right.range.lowerBound, right.isCallInFront
    else { return nil }
    return key(around: right.range.lowerBound, of: bytes)
  }

  /// Where the key is in `body` whose subtraction holds the part in `range`; nil where none does.
  static func around(_ range: Range<Int>, in body: JQ.Expression, of bytes: [UInt8]) -> Range<Int>? {
    var found: Range<Int>?
    body.visit { expression in
      guard expression.range.lowerBound <= range.lowerBound, range.upperBound <= expression.range.upperBound
      else { return }
      found = subtracted(by: expression, of: bytes) ?? found
    }
    return found
  }

  /// The key in quotes, with the dot before it.
  static func quoted(_ range: Range<Int>, of bytes: [UInt8]) -> String {
    ".\"\(String(decoding: bytes[range.dropFirst()], as: UTF8.self))\""
  }

  /// The letters, digits and hyphens around `offset`, with the dot before them.
  static func key(around offset: Int, of bytes: [UInt8]) -> Range<Int>? {
    var start = min(offset, bytes.count)
    while start > 0, isPart(bytes[start - 1]) { start -= 1 }
    var end = min(offset, bytes.count)
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    guard start > 0, bytes[start - 1] == UInt8(ascii: "."), start < end, bytes[start] != UInt8(ascii: "-"),
      bytes[start..<end].contains(UInt8(ascii: "-"))
    else { return nil }
    return start - 1..<end
  }

  private static func isPart(_ byte: UInt8) -> Bool { byte.continuesName || byte == UInt8(ascii: "-") }
}

extension JQ.Expression {
  /// Whether it begins with a function's name without arguments.
  fileprivate var isCallInFront: Bool {
    switch node {
    case .call(_, let arguments): arguments.isEmpty
    case .field(let target, _), .index(let target, _), .iterate(let target), .optional(let target):
      target.isCallInFront
    default: false
    }
  }
}
