import RawJSON

/// Raw API objects, as the bytes that they came in.
///
/// ```swift
/// // {"total": 2, "issues": [{…}, {…}]}
/// let page = RawPage(body, objectsAt: .list(at: JSONPath([.key("issues")])))
/// for entity in mapping.map(page, kind: "issue") { print(entity) }
/// ```
///
/// Nothing is looked at before the page is mapped. Bytes that are not JSON make no error here: what is broken is
/// counted, and said, in the ``ResourceReport``.
public struct RawPage: Sendable {
  /// Where objects are in a text.
  public enum Layout: Sendable, Hashable {
    /// The text is one object, an array of objects, or one object a line.
    case text
    /// The text is one document, and a path leads to the array of objects: `.issues`.
    case list(at: JSONPath)
    /// The text is one object: what a webhook sends.
    case object
  }

  /// The text: JSON, UTF-8.
  public let bytes: [UInt8]
  /// Where the text's first byte is, for messages; nil where there is nothing to say.
  public let location: SourceLocation?
  /// Finds the objects.
  let framer: Framer
  /// How the text was cut out of a stream, nil where it is whole.
  let cut: StreamCut?

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - bytes: the text, as it came.
  ///   - layout: where the objects are in it.
  ///   - location: where its first byte is, for messages.
  public init(_ bytes: [UInt8], objectsAt layout: Layout = .text, location: SourceLocation? = nil) {
    let form: Framer.Form =
      switch layout {
      case .text: .objects
      case .list(let path): .list(at: path)
      case .object: .single
      }
    self.init(bytes, framer: Framer(form), location: location)
  }

  init(_ bytes: [UInt8], framer: Framer, location: SourceLocation?, cut: StreamCut? = nil) {
    self.bytes = bytes
    self.framer = framer
    self.location = location
    self.cut = cut
  }

  /// Whether the page is a part of a stream that is no use without what came before it.
  var isFragment: Bool { cut != nil && framer.isAtEnd }

  /// Where the byte at `offset` is, nil where the page's own place is not known.
  func location(of offset: Int) -> SourceLocation? {
    location?.advanced(to: offset, in: bytes)
  }

  /// The JSON of each object that is valid, one after another.
  package var objects: [[UInt8]] {
    var objects: [[UInt8]] = []
    forEachObject { if $0.defect == nil { objects.append($0.json) } }
    return objects
  }

  /// Calls `body` with each raw object, one after another.
  func forEachObject(_ body: (RawObject) -> Void) {
    visitObjects(while: { object in
      body(object)
      return true
    })
  }

  /// Calls `body` with one raw object after another, as long as it says to go on.
  func visitObjects(while body: (RawObject) -> Bool) {
    var framer = framer
    var location = location
    var located = 0
    func place(_ offset: Int) -> SourceLocation? {
      location?.advance(over: located..<max(located, offset), of: bytes)
      located = max(located, offset)
      return location
    }
    bytes.withScanner { text in
      while true {
        switch framer.next(text) {
        case .value(let start):
          if let end = try? text.skipValue(start), (try? framer.check(end, of: text)) != nil {
            framer.advance(to: end)
            guard body(RawObject(json: Array(bytes[start..<end]), origin: place(start))) else { return }
          } else if let range = framer.recover(text, from: start) {
            guard body(RawObject(json: Array(bytes[range]), origin: place(range.lowerBound))) else { return }
          } else {
            return
          }
        case .defect(let error):
          let object = RawObject(
            json: [], origin: place(error.offset), defect: JSONError(error.reason, at: 0))
          guard body(object) else { return }
        case .unfinished, .end:
          return
        }
      }
    }
  }
}
