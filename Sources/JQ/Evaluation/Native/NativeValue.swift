import RawJSON

/// A value on its way through a native expression. What it points to is in the document, in the
/// expression or in an ``Arena``, and holds until the next evaluation.
enum NativeValue {
  case null
  case boolean(Bool)
  /// A whole number that a double holds exactly.
  case number(Int)
  /// A string's text: well-formed UTF-8.
  case text(UnsafeBufferPointer<UInt8>)
  case list(UnsafeBufferPointer<NativeValue>)
  /// Valid JSON of which only the type is known.
  case json(UnsafeBufferPointer<UInt8>)
}

extension NativeValue {
  /// The value with JSON of a simple type read; nil for a number that cannot be read exactly. Objects and
  /// arrays stay JSON. Texts that are written with escapes are put into `arena`.
  func read(_ arena: Arena) -> NativeValue? {
    guard case .json(let json) = self else { return self }
    let scanner = JSONScanner(json)
    switch scanner.kind(0..<json.count) {
    case .null: return .null
    case .boolean: return .boolean(json[0] == UInt8(ascii: "t"))
    case .string: return .text(Self.text(scanner.stringBody(0..<json.count), arena))
    case .number: return Int(exactDigits: json).map { .number($0) }
    case .array, .object: return self
    }
  }

  private static func text(_ body: UnsafeBufferPointer<UInt8>, _ arena: Arena) -> UnsafeBufferPointer<UInt8> {
    if JSONText.isLiteral(body) { return body }
    var text: [UInt8] = []
    JSONText.decode(body, into: &text)
    return arena.copy(text)
  }

  /// The value's type.
  var kind: JSONKind {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .text: .string
    case .list: .array
    case .json(let json): JSONKind(firstByte: json[0])
    }
  }

  /// Whether it is neither null nor false.
  var isTrue: Bool {
    switch self {
    case .null, .boolean(false): false
    case .json(let json): json[0] != UInt8(ascii: "n") && json[0] != UInt8(ascii: "f")
    default: true
    }
  }

  /// The text of a string, nil for anything else.
  func text(_ arena: Arena) -> UnsafeBufferPointer<UInt8>? {
    if case .text(let text)? = read(arena) { text } else { nil }
  }

  /// Whether the value, inside as many lists, is nested no deeper than a result may be.
  func fits(inside lists: Int) -> Bool {
    switch self {
    case .list(let elements): elements.allSatisfy { $0.fits(inside: lists + 1) }
    case .json(let json) where lists > 0: (try? JSONScanner(json).skipValue(0, depth: lists)) != nil
    default: true
    }
  }

  /// Appends the value's JSON.
  func write(into output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .boolean(let boolean): output.append(contentsOf: boolean ? "true".utf8 : "false".utf8)
    case .number(let number): output.append(contentsOf: String(number).utf8)
    case .text(let text): JSONText.encode(text, into: &output)
    case .list(let elements):
      output.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { output.append(UInt8(ascii: ",")) }
        element.write(into: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .json(let json): JSONScanner(json).copy(0..<json.count, into: &output)
    }
  }
}
