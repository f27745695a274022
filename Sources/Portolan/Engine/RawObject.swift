import RawJSON

/// A raw API object, as bytes, and where it came from.
public struct RawObject: Sendable {
  /// The object's JSON, UTF-8.
  public var json: [UInt8]
  /// Where it begins, for messages.
  public var origin: SourceLocation?
  /// What is wrong in place of an object, where a reader already knows.
  var defect: JSONError?

  /// Creates a raw object.
  public init(json: [UInt8], origin: SourceLocation? = nil) {
    self.json = json
    self.origin = origin
  }

  /// Creates what stands where an object should, and is none.
  init(json: [UInt8], origin: SourceLocation, defect: JSONError) {
    self.init(json: json, origin: origin)
    self.defect = defect
  }

  /// Where the byte at `offset` of ``json`` is, nil where the object's origin is not known.
  func location(ofOffset offset: Int) -> SourceLocation? {
    origin?.advanced(to: offset, in: json)
  }
}
