import RawJSON

/// Cuts a stream of documents, in each of which a path leads to the list of objects, into pages of one document.
///
/// The documents are one after another, or the elements of one array.
struct ListCutter: PageCutter {
  private let path: JSONPath
  /// Where the next document is looked for in the buffer.
  private var framer: Framer
  private var buffer: [UInt8] = []
  /// Where the byte of the buffer at `located` is.
  private var location: SourceLocation
  private var located = 0
  private var hasEnded = false
  /// How many bytes there must be before a document is looked for again, which is walked from its beginning.
  private var wanted = 1

  /// A cutter of a stream that messages call `name`, whose documents have their lists at `path`.
  init(name: String, _ path: JSONPath) {
    self.path = path
    // Where the documents themselves are the lists, an array is one, and not a list of documents.
    framer = path.steps.isEmpty ? .afterLine : Framer(.objects)
    framer.mayContinue = true
    location = SourceLocation(startOf: name)
  }

  mutating func append(_ bytes: [UInt8]) {
    locate(framer.position)
    buffer.removeSubrange(..<framer.position)
    located = 0
    framer = framer.continued
    buffer.append(contentsOf: bytes)
  }

  mutating func finish() {
    hasEnded = true
    framer.mayContinue = false
  }

  mutating func nextPage() throws(Diagnostic) -> RawPage? {
    guard hasEnded || rest >= wanted else { return nil }
    if let page = nextDocument() {
      wanted = 1
      return page
    }
    guard rest < StreamCutter.objectLimit else { throw StreamCutter.tooLarge(at: location) }
    wanted = min(max(rest * 2, StreamCutter.pageSize), StreamCutter.objectLimit)
    return nil
  }

  mutating func pageSoFar() -> RawPage? { nextDocument() }

  mutating func breakOff() -> RawPage? { nil }

  var isAtEnd: Bool { hasEnded && rest == 0 }

  /// How many bytes no document has been made of.
  private var rest: Int { buffer.count - framer.position }

  /// The next document that is whole, or known to be broken.
  private mutating func nextDocument() -> RawPage? {
    // What the stream begins as is told by its first character.
    guard buffer.withScanner({ $0.skipWhitespace(0) }) < buffer.count else {
      if hasEnded { buffer.removeAll() }
      return nil
    }
    var framer = framer
    let document = buffer.withScanner { Self.next($0, &framer) }
    guard let document else {
      // Looked at again when there is more.
      guard hasEnded else { return nil }
      buffer.removeAll()
      self.framer = framer.continued
      return nil
    }
    self.framer = framer
    locate(document.lowerBound)
    return RawPage(Array(buffer[document]), objectsAt: .list(at: path), location: location)
  }

  /// Where the next document is: of a defect between documents, the byte where it is; nil where there is none.
  private static func next(_ text: JSONScanner, _ framer: inout Framer) -> Range<Int>? {
    switch framer.next(text) {
    case .value(let start):
      do throws(JSONError) {
        let end = try text.skipValue(start)
        framer.advance(to: end)
        return start..<end
      } catch {
        return framer.isUnfinished(error) ? nil : framer.recover(text, from: start)
      }
    case .defect(let error):
      if framer.isAtEnd { framer.advance(to: text.count) }
      return error.offset..<min(error.offset + 1, text.count)
    case .unfinished, .end:
      return nil
    }
  }

  private mutating func locate(_ offset: Int) {
    guard offset > located else { return }
    location.advance(over: located..<offset, of: buffer)
    located = offset
  }
}
