import RawJSON

/// A raw API object, as bytes, and where it came from.
public struct RawObject: Sendable {
  /// The object's JSON, UTF-8.
  public var json: [UInt8]
  /// Where it came from, for messages.
  public var origin: Origin?
  /// What is wrong in place of an object, where a reader already knows.
  var defect: JSONError?

  /// Creates a raw object.
  public init(json: [UInt8], origin: Origin? = nil) {
    self.json = json
    self.origin = origin
  }

  /// Creates what stands where an object should, and is none.
  init(json: [UInt8], origin: Origin, defect: JSONError) {
    self.init(json: json, origin: origin)
    self.defect = defect
  }

  /// A place in a file of raw objects.
  public struct Origin: Sendable, Hashable {
    /// The file.
    public var file: String
    /// The line on which the object begins, counted from 1.
    public var line: Int
    /// The column at which the object begins, in characters, counted from 1.
    public var column: Int

    /// Creates an origin.
    public init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }

    /// The place of the byte at `offset` of the object's `json`.
    func location(of offset: Int, in json: [UInt8]) -> SourceLocation {
      var line = line
      var column = column
      for byte in json.prefix(offset) {
        if byte == UInt8(ascii: "\n") {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      return SourceLocation(file: file, line: line, column: column)
    }
  }
}
