/// Why bytes are not JSON (RFC 8259), and where.
public struct JSONError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Reason: UInt8, Sendable, Hashable {
    /// The bytes end inside a value.
    case unexpectedEnd
    /// A byte that starts no value.
    case unexpectedByte
    /// An object's key is not a string.
    case expectedKey
    /// No `:` after a key.
    case expectedColon
    /// No `,` or `}` after an object's value.
    case expectedCommaOrBrace
    /// No `,` or `]` after an array's element.
    case expectedCommaOrBracket
    /// A string is not closed.
    case unterminatedString
    /// A control character (below U+0020) is in a string unescaped.
    case controlCharacter
    /// A backslash is followed by something that JSON does not know.
    case invalidEscape
    /// A number is malformed: `01`, `1.`, `.5`, `+1`, `1e`.
    case invalidNumber
    /// Objects and arrays are nested too deeply (1,024 levels).
    case tooDeep
    /// A comma has nothing after it.
    case trailingComma
    /// Something follows the value.
    case trailingBytes
    /// There is no value at all.
    case empty
    /// The value is valid, but not an object.
    case notAnObject
    /// A document has no list where its objects are looked for.
    case noList
    /// A document has the list of its objects a second time.
    case repeatedList
  }

  /// What is wrong.
  public var reason: Reason

  /// Where, in bytes from the start of what was scanned.
  public var offset: Int

  /// Creates an error.
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The same error, `distance` bytes further on: for a scan that began inside a larger text.
  package func moved(by distance: Int) -> JSONError {
    JSONError(reason, at: offset + distance)
  }
}

extension JSONError: CustomStringConvertible {
  /// What is wrong, for a person to read, without the place.
  public var description: String {
    switch reason {
    case .unexpectedEnd: "the text ends in the middle of a value"
    case .unexpectedByte: "this starts no JSON value (expected {, [, \", a number, true, false or null)"
    case .expectedKey: "expected a key in double quotes"
    case .expectedColon: "expected ':' after the key"
    case .expectedCommaOrBrace: "expected ',' or '}' after the value"
    case .expectedCommaOrBracket: "expected ',' or ']' after the element"
    case .unterminatedString: "this string is never closed"
    case .controlCharacter: "a control character is unescaped in a string (write \\n, \\t or \\u00XX)"
    case .invalidEscape: "this escape is not JSON (after a backslash: \" \\ / b f n r t or uXXXX)"
    case .invalidNumber: "this number is not JSON (no leading zero or +, digits on both sides of the point)"
    case .tooDeep: "nested deeper than \(JSONScanner.maximumDepth) levels"
    case .trailingComma: "nothing follows this comma"
    case .trailingBytes: "something follows the end of the value"
    case .empty: "there is no JSON here"
    case .notAnObject: "this is not an object"
    case .noList: "there is no list of objects here"
    case .repeatedList: "this key names the list of objects a second time"
    }
  }
}
