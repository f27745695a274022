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

  /// The type with its article, as every message names it: `a string`.
  package var phrase: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Several values of the type, as every message names them: `strings`.
  package var plural: String { self == .null ? "nulls" : rawValue + "s" }

  /// The type of the valid value that starts with `byte`.
  @inlinable
  package init(firstByte byte: UInt8) {
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
