/// The six types of JSON, told by a value's first byte.
public enum JSONKind: String, Sendable, Hashable {
  /// `null`
  case null
  /// `true` or `false`
  case boolean
  /// A number.
  case number
  /// A string.
  case string
  /// An array.
  case array
  /// An object.
  case object

  /// The type of the valid value that starts with `byte`.
  @inlinable
  public init(firstByte byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "n"): self = .null
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .boolean
    default: self = .number
    }
  }
}
