/// The end of jq that stands in double braces within other text: `/issue/{{ .key }}/worklog`.
package enum DoubleBraces {
  /// The offset of the `}}` that ends the jq beginning at `start` of `bytes`, which are UTF-8; nil where there is
  /// none.
  ///
  /// A `}}` in a text or at the end of an object does not count: `{{ {a: {b: "}}"}} | tojson }}`. Where the jq is
  /// none, the next `}}` does, so that what is wrong is found inside.
  package static func end(in bytes: [UInt8], from start: Int) -> Int? {
    let lexer = Lexer(doubleBracesIn: bytes, from: start)
    let stop = lexer.fault?.range.lowerBound ?? lexer.tokens.last?.range.lowerBound ?? start
    if isEnd(stop, bytes) { return stop }
    let next = lexer.fault == nil ? start : stop
    return (next..<bytes.count).first { isEnd($0, bytes) }
  }

  private static func isEnd(_ index: Int, _ bytes: [UInt8]) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "}") && bytes[index + 1] == UInt8(ascii: "}")
  }
}
