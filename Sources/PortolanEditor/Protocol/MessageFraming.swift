/// Cuts a stream of bytes into messages, as the Language Server Protocol frames them: headers, an empty line, and as
/// many bytes as `Content-Length` says.
package struct MessageFraming {
  /// Why a stream cannot be read any further: where the next message begins is not known.
  package struct Broken: Error {
    package let reason: String
  }

  /// More than any document that a person edits.
  private static let longest = 256 << 20
  private static let longestHeader = 16 << 10

  private var buffer: [UInt8] = []
  private var start = 0

  /// Nothing has come.
  package init() {}

  /// Takes what has come.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    buffer += bytes
  }

  /// The next message that has come whole; nil where more must come first.
  ///
  /// - Throws: `Broken` where the headers say no length.
  package mutating func next() throws(Broken) -> [UInt8]? {
    guard let end = headerEnd() else {
      if buffer.count - start > Self.longestHeader { throw Broken(reason: "a header does not end") }
      return nil
    }
    let length = try length(of: String(decoding: buffer[start..<end], as: UTF8.self))
    let body = end + 4
    guard buffer.count - body >= length else { return nil }
    let message = Array(buffer[body..<body + length])
    buffer.removeFirst(body + length)
    start = 0
    return message
  }

  /// A message with its headers.
  package static func framed(_ message: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(message.count)\r\n\r\n".utf8) + message
  }

  private func headerEnd() -> Int? {
    guard buffer.count - start >= 4 else { return nil }
    let limit = min(buffer.count - 4, start + Self.longestHeader)
    guard start <= limit else { return nil }
    return (start...limit).first { buffer[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }

  private func length(of headers: String) throws(Broken) -> Int {
    for line in headers.split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      if let length = Int(parts[1].filter { $0 != " " }), (0...Self.longest).contains(length) {
        return length
      }
    }
    throw Broken(reason: "a message has no Content-Length that can be read")
  }
}
