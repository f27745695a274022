import RawJSON

/// A raw API object by itself, where one is looked at alone.
struct RawObject: Sendable {
  /// The object's JSON, UTF-8; broken, perhaps.
  var json: [UInt8]
  /// Where it begins, for messages.
  var origin: SourceLocation?
  /// What is wrong in place of an object, where there is none.
  var defect: JSONError?
}
