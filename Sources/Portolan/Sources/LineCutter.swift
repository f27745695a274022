import RawJSON

/// Cuts a stream of one object a line into pages of whole lines.
struct LineCutter: PageCutter {
  private var buffer: [UInt8] = []
  private var location: SourceLocation
  private var hasEnded = false
  private var hasPassedMark = false
  /// Up to where the buffer is known to have no newline.
  private var searched = 0

  /// A cutter of a stream that messages call `name`.
  init(name: String) {
    location = SourceLocation(startOf: name)
  }

  mutating func append(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

  mutating func finish() { hasEnded = true }

  mutating func nextPage() throws(Diagnostic) -> RawPage? {
    if hasEnded { return buffer.isEmpty ? nil : take(buffer.count) }
    guard buffer.count >= StreamCutter.pageSize else { return nil }
    if let page = pageSoFar() { return page }
    guard buffer.count < StreamCutter.objectLimit else { throw StreamCutter.tooLarge(at: location) }
    return nil
  }

  mutating func pageSoFar() -> RawPage? {
    guard let newline = buffer[searched...].lastIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      return nil
    }
    return take(newline + 1)
  }

  mutating func breakOff() -> RawPage? { pageSoFar() }

  var isAtEnd: Bool { hasEnded && buffer.isEmpty }

  private mutating func take(_ count: Int) -> RawPage {
    searched = 0
    let page = RawPage(Array(buffer[..<count]), framer: Framer(.lines), location: location)
    location.advance(over: 0..<count, of: buffer)
    buffer.removeSubrange(..<count)
    return page
  }
}
