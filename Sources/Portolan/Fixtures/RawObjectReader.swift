import RawJSON

/// Reads the raw objects in a file's bytes: one object, an array of them, or one a line.
struct RawObjectReader {
  /// How many bytes of objects make a page.
  private static let pageSize = 1 << 20

  private let bytes: [UInt8]
  private var splitter = JSONSplitter()
  /// Up to where lines have been counted, and the place there.
  private var counted = 0
  private var place: SourceLocation

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    place = SourceLocation(startOf: file)
  }

  /// The next objects, nil where there are no more.
  mutating func nextPage() -> [RawObject]? {
    var page: [RawObject] = []
    var size = 0
    while size < Self.pageSize, let piece = bytes.withScanner({ splitter.next($0) }) {
      let object = object(piece)
      size += object.json.count + 1
      page.append(object)
    }
    return page.isEmpty ? nil : page
  }

  private mutating func object(_ piece: JSONSplitter.Piece) -> RawObject {
    switch piece {
    case .object(let range):
      return RawObject(json: Array(bytes[range]), origin: origin(range.lowerBound))
    case .defect(let error):
      return RawObject(
        json: [], origin: origin(error.offset), defect: JSONError(error.reason, at: 0))
    }
  }

  private mutating func origin(_ index: Int) -> SourceLocation {
    if index > counted {
      place.advance(over: counted..<index, of: bytes)
      counted = index
    }
    return place
  }
}
