import RawJSON

/// Cuts a stream of raw objects, one after another or in arrays, into pages of whole objects.
///
/// It holds one page and what has been read beyond it, whatever the stream's length. Where a page of lines ends
/// is plain to see; where one of an array does is a guess, because its objects hold others. Whoever maps the page
/// finds out (see ``PipelineRun``); where guesses are mostly wrong, pages are cut anywhere, and are mapped one after
/// another.
struct StreamCutter: PageCutter {
  /// How many bytes make a page: enough to be worth a thread's while, and few enough to stay in a processor's
  /// cache from reading to writing.
  static let pageSize = 1 << 18
  /// How large one object may be, in bytes.
  static let objectLimit = 256 << 20

  private let cut: StreamCut
  private var buffer: [UInt8] = []
  private var location: SourceLocation
  private var hasEnded = false
  private var hasPassedMark = false
  private var hasBegun = false
  private var isList = false
  /// How the buffer's objects are found.
  private var framer = Framer(.objects)
  /// How a stream of one array begins its elements: up to the end of the first key.
  private var elementStart: [UInt8] = []
  /// Whether it is not known any more how the stream's elements are found: pages are then cut anywhere.
  private var isLost = false
  /// How many bytes there must be before the next page is cut.
  private var wanted = pageSize

  /// A cutter of a stream that messages call `name`.
  init(name: String, pool: BufferPool) {
    cut = StreamCut(pool)
    location = SourceLocation(startOf: name)
  }

  mutating func append(_ chunk: [UInt8]) {
    buffer.append(contentsOf: chunk)
  }

  mutating func finish() { hasEnded = true }

  mutating func nextPage() throws(Diagnostic) -> RawPage? {
    guard hasEnded || buffer.count >= wanted else { return nil }
    guard hasBegun || begin() else { return nil }
    if hasEnded || isFragmenting { return takeAll() }
    if let end = pageEnd() {
      wanted = Self.pageSize
      return take(end)
    }
    guard buffer.count < Self.objectLimit else { throw tooLarge() }
    // As much again, because the object is looked at from its beginning each time.
    wanted = min(buffer.count * 2, Self.objectLimit)
    return nil
  }

  /// The objects that are whole; of an array, those before one that is broken. An object that is larger than a page
  /// is looked at from its beginning only where its end may have come.
  mutating func pageSoFar() -> RawPage? {
    guard !buffer.isEmpty, hasBegun || begin() else { return nil }
    if isFragmenting { return takeAll() }
    guard buffer.count < Self.pageSize || endsAsAnObject else { return nil }
    guard let end = knownEnd().end else { return nil }
    wanted = Self.pageSize
    return take(lineStart(after: end) ?? end)
  }

  /// Takes what there is for all that comes: the stream broke off.
  mutating func breakOff() -> RawPage? { takeAll() }

  /// Whether pages are cut anywhere, and are no use without what came before them.
  private var isFragmenting: Bool { isLost || !cut.mayGuess }

  private mutating func takeAll() -> RawPage? {
    buffer.isEmpty ? nil : take(buffer.count, framer: isFragmenting ? .nothing : nil)
  }

  var isAtEnd: Bool { hasEnded && buffer.isEmpty }

  /// Passes over a byte order mark and white space, and finds out whether the stream is one array.
  ///
  /// - Returns: false while nothing else has been read.
  private mutating func begin() -> Bool {
    if !hasPassedMark {
      guard buffer.count >= 3 || buffer.first != 0xEF || hasEnded else { return false }
      hasPassedMark = true
      if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
    }
    let (start, count) = buffer.withScanner { ($0.skipWhitespace(0), $0.count) }
    // An object's indentation tells where the next one begins if it is broken.
    let lineStart = buffer[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    drop(start - lineStart < Self.pageSize ? lineStart : start)
    guard start < count else { return hasEnded }
    hasBegun = true
    let first = buffer.withScanner { $0.skipWhitespace(0) }
    isList = buffer[first] == UInt8(ascii: "[")
    guard isList else { return true }
    drop(first)
    return true
  }

  /// How the elements of the array begin, by the first one of the buffer: `{"id"`; nothing where that is no object.
  private func firstElementStart() -> [UInt8] {
    buffer.withScanner { text in
      var start = text.skipWhitespace(0)
      if [UInt8(ascii: "["), UInt8(ascii: ",")].contains(text.byte(start)) {
        start = text.skipWhitespace(start + 1)
      }
      guard text.byte(start) == UInt8(ascii: "{"),
        let key = try? text.skipKeyText(text.skipWhitespace(start + 1))
      else { return [] }
      return Array(buffer[start..<key.end])
    }
  }

  /// Whether what came last may be the end of an object.
  private var endsAsAnObject: Bool {
    buffer.last { !$0.isWhiteSpace } == UInt8(ascii: "}")
  }

  /// Where the line begins that follows `end`, where nothing but white space is between.
  private func lineStart(after end: Int) -> Int? {
    let rest = buffer[end...].prefix { $0.isWhiteSpace }
    return rest.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
  }

  /// Where the page ends; nil where more bytes are needed.
  private mutating func pageEnd() -> Int? {
    if let end = guess() { return end }
    let (end, isBroken) = knownEnd()
    guard end == nil, isBroken else { return end }
    isLost = true
    return buffer.count
  }

  /// Where the page ends if what is usual holds: after the last object that another seems to follow.
  private mutating func guess() -> Int? {
    guard isList else { return lineEnd() }
    if elementStart.isEmpty { elementStart = firstElementStart() }
    return elementEnd()
  }

  /// The end, newline included, of the last line that ends an object and after which another begins. Nowhere
  /// inside a valid object is there `}` before a line's end and `{` after it.
  private func lineEnd() -> Int? {
    // Where the next line begins, once an object has been seen at its beginning.
    var isBeforeObject = false
    var end: Int?
    var i = buffer.count - 1
    while i > 0 {
      switch buffer[i] {
      case UInt8(ascii: "{"): (isBeforeObject, end) = (true, nil)
      case UInt8(ascii: "}"):
        if let end { return end }
        isBeforeObject = false
      case 0x20, 0x09, 0x0D: break
      case UInt8(ascii: "\n"): if isBeforeObject, end == nil { end = i + 1 }
      default: (isBeforeObject, end) = (false, nil)
      }
      i -= 1
    }
    return nil
  }

  /// The end of the last object after which, past a comma, one begins as the array's first one does. An object
  /// inside of another may look like that.
  private func elementEnd() -> Int? {
    guard !elementStart.isEmpty else { return nil }
    var start = buffer.count - elementStart.count
    while start > 0 {
      if buffer[start] == UInt8(ascii: "{"), buffer[start...].starts(with: elementStart) {
        var i = start - 1
        while i > 0, buffer[i].isWhiteSpace { i -= 1 }
        if buffer[i] == UInt8(ascii: ",") {
          i -= 1
          while i > 0, buffer[i].isWhiteSpace { i -= 1 }
          if i > 0, buffer[i] == UInt8(ascii: "}") { return i + 1 }
        }
      }
      start -= 1
    }
    return nil
  }

  /// The end of the last value that is known to be whole; and whether what follows it is broken, as it also is
  /// where an earlier guess was wrong.
  private func knownEnd() -> (end: Int?, isBroken: Bool) {
    buffer.withScanner { text in
      var framer = framer
      framer.mayContinue = true
      var end: Int?
      while true {
        switch framer.next(text) {
        case .value(let start):
          do throws(JSONError) {
            let found = try text.skipValue(start)
            // A number may go on; objects, arrays and strings say where they end.
            let isClosed = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(
              text.byte(start))
            if found == text.count, !isClosed { return (end, false) }
            framer.advance(to: found)
          } catch {
            if framer.isUnfinished(error) { return (end, false) }
            // Among the elements of a list a broken one is left to whoever maps them.
            guard !framer.isInList else { return (end, true) }
            guard framer.recover(text, from: start) != nil else { return (end, false) }
          }
          end = framer.position
        case .unfinished: return (end, false)
        // An end of the list is one, or it is that of a list inside of an element.
        case .defect, .end: return (end, true)
        }
      }
    }
  }

  private mutating func take(_ count: Int, framer: Framer? = nil) -> RawPage {
    var bytes = cut.pool.take()
    swap(&bytes, &buffer)
    buffer.append(contentsOf: bytes[count...])
    bytes.removeSubrange(count...)
    var pageFramer = framer ?? self.framer
    pageFramer.mayContinue = !hasEnded
    pageFramer.beginsLine = self.framer.beginsLine
    let page = RawPage(bytes, framer: pageFramer, location: location, cut: cut)
    location.advance(over: 0..<count, of: bytes)
    self.framer = self.framer.following(bytes.first)
    self.framer.beginsLine = bytes.last == UInt8(ascii: "\n")
    return page
  }

  /// Drops the first `count` bytes, which are none of an object's.
  private mutating func drop(_ count: Int) {
    location.advance(over: 0..<count, of: buffer)
    buffer.removeSubrange(..<count)
  }

  private func tooLarge() -> Diagnostic { Self.tooLarge(at: location) }

  /// Says that an object, which begins at `location`, is too large to hold.
  static func tooLarge(at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, .invalidRawObject,
      "an object of more than \(Self.objectLimit >> 20) MB begins here, or it never ends",
      help: "give one object a line, or an array of them", at: location)
  }
}

extension UInt8 {
  /// Whether JSON takes it for white space.
  var isWhiteSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
