import RawJSON

extension NativeRun {
  /// `a + b` of texts, of lists, of small numbers, or of anything and null.
  func add(_ first: NativeValue, _ second: NativeValue) -> NativeValue? {
    guard let first = first.read(arena), let second = second.read(arena) else { return nil }
    switch (first, second) {
    case (.null, let other), (let other, .null): return other
    case (.text(let first), .text(let second)): return concatenate([first, second])
    case (.number(let first), .number(let second)): return Self.number(first + second)
    case (.list(let first), .list(let second)):
      guard arena.has((first.count + second.count) * MemoryLayout<NativeValue>.stride) else { return nil }
      return .list(arena.copy(Array(first) + Array(second)))
    default: return nil
    }
  }

  /// `add` of texts, of lists, or of small numbers, nulls among them; null for none.
  func add(_ value: NativeValue) -> NativeValue? {
    guard let elements = elements(value) else { return nil }
    var sum = NativeValue.null
    var texts: [UnsafeBufferPointer<UInt8>] = []
    var lists: [NativeValue] = []
    for element in elements {
      switch (sum, element.read(arena)) {
      case (_, .null): continue
      case (.null, .text(let text)), (.text, .text(let text)):
        texts.append(text)
        sum = .text(text)
      case (.null, .list(let list)), (.list, .list(let list)):
        lists += list
        sum = .list(list)
      case (.null, .number(let number)): sum = .number(number)
      case (.number(let first), .number(let second)):
        guard let next = Self.number(first + second) else { return nil }
        sum = next
      default: return nil
      }
    }
    switch sum {
    case .text: return concatenate(texts)
    case .list: return .list(arena.copy(lists))
    default: return sum
    }
  }

  /// `a - b` of small numbers.
  func subtract(_ first: NativeValue, _ second: NativeValue) -> NativeValue? {
    guard case (.number(let first)?, .number(let second)?) = (first.read(arena), second.read(arena)) else {
      return nil
    }
    return Self.number(first - second)
  }

  /// A number, nil where it has more than 15 digits.
  private static func number(_ number: Int) -> NativeValue? {
    abs(number) < 1_000_000_000_000_000 ? .number(number) : nil
  }

  /// `"\(a)…"`
  func interpolate(_ parts: [NativeExpression], _ input: NativeValue) -> NativeValue? {
    var texts: [UnsafeBufferPointer<UInt8>] = []
    for part in parts {
      guard let value = value(part, input), case .text(let text)? = tostring(value) else { return nil }
      texts.append(text)
    }
    return concatenate(texts)
  }

  /// `tostring` of what is no list and no object.
  func tostring(_ value: NativeValue) -> NativeValue? {
    switch value.read(arena) {
    case .text(let text): .text(text)
    case .null: .text(Self.name(.null))
    case .boolean(true): .text(Self.constant("true"))
    case .boolean(false): .text(Self.constant("false"))
    case .number(let number): .text(arena.copy(Array(String(number).utf8)))
    case .list, .json, nil: nil
    }
  }

  /// The text with the letters of `range` in their other case.
  func changeCase(_ value: NativeValue, of range: ClosedRange<UInt8>) -> NativeValue? {
    guard let text = value.text(arena) else { return nil }
    let changed = arena.allocate(text.count, of: UInt8.self)
    for (place, byte) in text.enumerated() {
      changed.initializeElement(at: place, to: range.contains(byte) ? byte ^ 0x20 : byte)
    }
    return .text(UnsafeBufferPointer(changed))
  }

  /// What is between the separators, which is not empty. The empty text has no parts.
  func split(
    _ text: UnsafeBufferPointer<UInt8>, _ separator: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<NativeValue> {
    var parts: [NativeValue] = []
    var start = 0
    var i = 0
    while i + separator.count <= text.count {
      if text[i] == separator[0], Self.part(text, i..<text.count).starts(with: separator) {
        parts.append(.text(Self.part(text, start..<i)))
        i += separator.count
        start = i
      } else {
        i += 1
      }
    }
    if !text.isEmpty { parts.append(.text(Self.part(text, start..<text.count))) }
    return arena.copy(parts)
  }

  /// The texts of a list with `separator` between them.
  func join(_ value: NativeValue, _ separator: UnsafeBufferPointer<UInt8>) -> NativeValue? {
    guard let elements = elements(value) else { return nil }
    var texts: [UnsafeBufferPointer<UInt8>] = []
    for element in elements {
      if !texts.isEmpty { texts.append(separator) }
      switch element.read(arena) {
      case .text(let text): texts.append(text)
      case .null: texts.append(Self.constant(""))
      default: return nil
      }
    }
    return concatenate(texts)
  }

  /// The texts as one, nil where that is too long to be made here.
  private func concatenate(_ texts: [UnsafeBufferPointer<UInt8>]) -> NativeValue? {
    let length = texts.reduce(0) { $0 + $1.count }
    guard arena.has(length) else { return nil }
    let whole = arena.allocate(length, of: UInt8.self)
    var end = 0
    for text in texts {
      // Safe: the texts' lengths add up to the length of the whole.
      _ = UnsafeMutableBufferPointer(rebasing: whole[end..<end + text.count]).initialize(from: text)
      end += text.count
    }
    return .text(UnsafeBufferPointer(whole))
  }

  /// Whether `text` ends with `end`.
  static func has(_ text: UnsafeBufferPointer<UInt8>, end: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count >= end.count && part(text, text.count - end.count..<text.count).elementsEqual(end)
  }

  /// A part of `text`.
  static func part(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[range])
  }

  /// A type's name.
  static func name(_ kind: JSONKind) -> UnsafeBufferPointer<UInt8> {
    switch kind {
    case .null: constant("null")
    case .boolean: constant("boolean")
    case .number: constant("number")
    case .string: constant("string")
    case .array: constant("array")
    case .object: constant("object")
    }
  }

  private static func constant(_ text: StaticString) -> UnsafeBufferPointer<UInt8> {
    // Safe: a static text of more than one ASCII character stays in place for ever; the pointer to an
    // empty one is never read.
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }
}
