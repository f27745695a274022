/// Finds where the raw objects of a text are: one object, an array of them or several one after another, one a line,
/// or the array at a path of a document.
///
/// It does not walk the objects: whoever asks does, with the walk that maps them, and says where each ended.
/// Only where one is broken is its end looked for here, so that it costs only itself.
///
/// ```swift
/// var framer = Framer(.objects)
/// while case .value(let start) = framer.next(text) {
///   if let end = try? text.skipValue(start) { framer.advance(to: end) }
///   else if let broken = framer.recover(text, from: start) { print("broken: \(broken)") }
/// }
/// ```
package struct Framer: Sendable, Hashable {
  /// How objects are laid out in a text.
  package enum Form: Sendable, Hashable {
    /// One object, arrays of objects one after another, or one object a line: whichever the text begins as.
    case objects
    /// The array that a path leads to in the one object that the text is.
    case list(at: JSONPath)
    /// The whole text is one object.
    case single
    /// One object a line, whatever a line holds: none reaches into another.
    case lines
  }

  /// What is found next.
  package enum Frame: Sendable, Hashable {
    /// A value begins here. Before the next is asked for, ``advance(to:)`` or ``recover(_:from:)`` says where
    /// it ends.
    case value(Int)
    /// Something is wrong between values.
    case defect(JSONError)
    /// Only what follows the text can tell what comes next, from ``resumption`` on.
    case unfinished
    /// There is nothing more.
    case end
  }

  /// Where in its layout a text is.
  private enum Mode: Sendable, Hashable {
    case start(Form)
    case list
    case lines
    /// One value on each line, the current one of which ends there.
    case line(end: Int)
    case single
    /// Nothing more is looked for.
    case end
  }

  private var mode: Mode
  /// Where the next value is looked for.
  package private(set) var position = 0
  /// From where on a longer text is looked at again, where this one does not tell what comes next: the end of
  /// what came before.
  package private(set) var resumption = 0
  /// Whether no comma is due before the next element of a list.
  private var isFirst = true
  /// What is around the list.
  private var envelope: Envelope?

  /// Whether the text begins a line: only then is the white space before its first value an indentation.
  package var beginsLine = true

  /// Whether more text may follow. A value that is not known to be whole is then not returned.
  package var mayContinue = false

  /// A framer at the start of a text of that form.
  package init(_ form: Form) {
    mode = .start(form)
  }

  /// A framer of a piece of a text that holds one object after another, whatever the piece begins with.
  package static var afterLine: Framer {
    var framer = Framer(.objects)
    framer.mode = .lines
    return framer
  }

  /// A framer of a text in which nothing is looked for.
  package static var nothing: Framer {
    var framer = Framer(.objects)
    framer.mode = .end
    return framer
  }

  /// A framer of a piece of a list that begins after an element, before the comma.
  package static var afterElement: Framer {
    var framer = Framer(.objects)
    framer.mode = .list
    framer.isFirst = false
    return framer
  }

  /// Whether the text is known to be an array, and more of its elements may come.
  package var isInList: Bool { mode == .list }

  /// The path at which the text, of which nothing has been looked for yet, has its list; nil where it is no such text.
  package var listPath: JSONPath? {
    if case .start(.list(let path)) = mode { path } else { nil }
  }

  /// Whether the text's end has been reached, or the end of its array.
  package var isAtEnd: Bool { mode == .end }

  /// The framer of the text from ``resumption`` on, with what follows it.
  package var continued: Framer {
    var framer = self
    framer.beginsLine = beginsLine && resumption == 0
    framer.position = 0
    framer.resumption = 0
    return framer
  }

  /// The framer of what follows a text of whole values, which begins with the byte `first`.
  package func following(_ first: UInt8?) -> Framer {
    let isList =
      switch mode {
      case .list: true
      case .start: first == UInt8(ascii: "[")
      case .lines, .line, .single, .end: false
      }
    return isList ? .afterElement : .afterLine
  }

  /// Goes on after the value that was found, which is valid and ends at `end`.
  package mutating func advance(to end: Int) {
    if mode == .list { isFirst = false }
    if mode == .single { mode = .end }
    position = end
  }

  /// Goes on after the value that was found at `start` and is broken.
  ///
  /// - Returns: where the value is, as far as that can be told; nil where only what follows the text can
  ///   tell, so that the answer is the same however much has been read.
  package mutating func recover(_ text: JSONScanner, from start: Int) -> Range<Int>? {
    if mode == .single {
      advance(to: text.count)
      return start..<text.count
    }
    if case .line(let end) = mode {
      advance(to: end)
      return start..<end
    }
    let recovery = Recovery(
      text: text, isList: mode == .list, mayContinue: mayContinue, beginsLine: beginsLine)
    guard let end = recovery.end(of: start) else { return nil }
    advance(to: end)
    return start..<end
  }

  /// Checks that what follows a valid value, which ends at `end`, may follow it.
  ///
  /// - Throws: ``JSONError`` where the text, or the line, is one object and goes on after it.
  package func check(_ end: Int, of text: JSONScanner) throws(JSONError) {
    if mode == .single { try text.checkEnd(end) }
    if case .line(let lineEnd) = mode {
      guard end <= lineEnd else { throw JSONError(.unexpectedEnd, at: lineEnd) }
      let rest = text.skipWhitespace(end)
      guard rest >= lineEnd else { throw JSONError(.trailingBytes, at: rest) }
    }
  }

  /// Whether a value that broke off with `error` may be whole in a longer text.
  package func isUnfinished(_ error: JSONError) -> Bool {
    mayContinue && (error.reason == .unexpectedEnd || error.reason == .unterminatedString)
  }

  /// What comes next in `text`.
  package mutating func next(_ text: JSONScanner) -> Frame {
    if case .start(let form) = mode {
      do throws(JSONError) {
        try begin(text, form)
      } catch {
        mode = .end
        return .defect(error)
      }
    }
    switch mode {
    case .list: return nextElement(text)
    case .lines: return nextValue(text)
    case .line: return nextOnLine(text)
    case .single: return .value(position)
    case .start, .end: return .end
    }
  }

  private mutating func begin(_ text: JSONScanner, _ form: Form) throws(JSONError) {
    // A byte order mark is not JSON, but Windows writes it.
    let hasMark = text.byte(0) == 0xEF && text.byte(1) == 0xBB && text.byte(2) == 0xBF
    position = text.skipWhitespace(hasMark ? 3 : 0)
    switch form {
    case .single:
      mode = .single
    case .objects:
      mode = .lines
      if text.byte(position) == UInt8(ascii: "[") { enterList(at: position) }
    case .lines:
      mode = .line(end: position)
    case .list(let path):
      let envelope = try Envelope(text, at: position, path)
      self.envelope = envelope
      enterList(at: envelope.list)
    }
  }

  private mutating func enterList(at index: Int) {
    mode = .list
    position = index + 1
  }

  private mutating func nextValue(_ text: JSONScanner) -> Frame {
    resumption = position
    position = text.skipWhitespace(position)
    if position < text.count { return .value(position) }
    if mayContinue { return .unfinished }
    mode = .end
    return .end
  }

  private mutating func nextOnLine(_ text: JSONScanner) -> Frame {
    position = text.skipWhitespace(position)
    guard position < text.count else {
      mode = .end
      return .end
    }
    mode = .line(end: text.lineEnd(position))
    return .value(position)
  }

  private mutating func nextElement(_ text: JSONScanner) -> Frame {
    resumption = position
    var start = text.skipWhitespace(position)
    while text.byte(start) == UInt8(ascii: "]") {
      if let frame = endList(text, start) { return frame }
      resumption = position
      start = text.skipWhitespace(position)
    }
    switch text.byte(start) {
    case UInt8(ascii: ",") where !isFirst:
      let comma = start
      start = text.skipWhitespace(start + 1)
      if text.byte(start) == UInt8(ascii: "]") {
        position = start
        return .defect(JSONError(.trailingComma, at: comma))
      }
    default:
      if !isFirst, start < text.count {
        isFirst = true
        position = start
        return .defect(JSONError(.expectedCommaOrBracket, at: start))
      }
    }
    guard start < text.count else {
      if mayContinue { return .unfinished }
      mode = .end
      return .defect(JSONError(.unexpectedEnd, at: text.count))
    }
    position = start
    return .value(start)
  }

  /// What follows the list that ends at `bracket`; nil where that is another list, which is entered: the next page of
  /// the same objects.
  private mutating func endList(_ text: JSONScanner, _ bracket: Int) -> Frame? {
    do throws(JSONError) {
      let end = try envelope?.close(text, after: bracket + 1) ?? bracket + 1
      let rest = text.skipWhitespace(end)
      if mayContinue, rest == text.count { return .unfinished }
      if envelope == nil, text.byte(rest) == UInt8(ascii: "[") {
        isFirst = true
        enterList(at: rest)
        return nil
      }
      mode = .end
      return rest < text.count ? .defect(JSONError(.trailingBytes, at: rest)) : .end
    } catch {
      mode = .end
      return .defect(error)
    }
  }
}
