import RawJSON

/// A JSON value by itself: what it means, and how its parts were written.
package indirect enum ReferenceValue: Sendable {
  /// A string: its text, and its source with what is no text replaced.
  package struct Text: Sendable {
    package var utf8: [UInt8]
    package var source: [UInt8]

    /// A text written as libjq writes it.
    package init(_ text: String) {
      utf8 = Array(text.utf8)
      source = []
      JSONText.encode(text, into: &source)
    }

    init(utf8: [UInt8], source: [UInt8]) {
      self.utf8 = utf8
      self.source = source
    }
  }

  /// A member of an object.
  package struct Member: Sendable {
    package var key: Text
    package var value: ReferenceValue

    package init(_ key: Text, _ value: ReferenceValue) {
      self.key = key
      self.value = value
    }
  }

  /// `null`, `true`, `false` or a number, as written.
  case literal([UInt8])
  case string(Text)
  case array([ReferenceValue])
  /// The members, each key once: in its first place, with its last value.
  case object([Member])

  package static let null = ReferenceValue.literal(Array("null".utf8))

  /// The value of a text that is one JSON value, nil for any other text.
  package init?(_ bytes: [UInt8]) {
    guard let node = ReferenceParser.parse(bytes) else { return nil }
    self.init(node, bytes)
  }

  private init(_ node: ReferenceNode, _ bytes: [UInt8]) {
    switch node.value {
    case .literal: self = .literal(Array(bytes[node.range]))
    case .string(let text, let source): self = .string(Text(utf8: Array(text.utf8), source: source))
    case .array(let elements): self = .array(elements.map { ReferenceValue($0, bytes) })
    case .object:
      self = .object(
        node.lastMembers.compactMap { key, value in
          guard case .string(let text, let source) = key.value else { return nil }
          return Member(Text(utf8: Array(text.utf8), source: source), ReferenceValue(value, bytes))
        })
    }
  }
}

extension ReferenceValue {
  /// The value as it was written, without white space.
  package var json: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return bytes
  }

  private func write(into bytes: inout [UInt8]) {
    switch self {
    case .literal(let text): bytes += text
    case .string(let text): bytes += text.source
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += member.key.source
        bytes.append(UInt8(ascii: ":"))
        member.value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Whether both mean the same: members in any order, numbers as doubles.
  package func means(_ other: ReferenceValue) -> Bool {
    switch (self, other) {
    case (.literal(let first), .literal(let second)):
      if first == second { return true }
      guard let first = Self.number(first), let second = Self.number(second) else { return false }
      return first == second
    case (.string(let first), .string(let second)): return first.utf8 == second.utf8
    case (.array(let first), .array(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { $0.means($1) }
    case (.object(let first), .object(let second)):
      return first.count == second.count
        && first.allSatisfy { member in other[member.key.utf8].map { member.value.means($0) } ?? false }
    default: return false
    }
  }

  /// The number as a double, the largest one for infinity, as libjq prints it; nil for a word.
  private static func number(_ bytes: [UInt8]) -> Double? {
    let largest = Double.greatestFiniteMagnitude
    return Double(String(decoding: bytes, as: UTF8.self)).map { min(max($0, -largest), largest) }
  }

  /// The member with the key, nil where there is none.
  package subscript(_ key: [UInt8]) -> ReferenceValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8 == key }?.value
  }

  /// The value a step further in.
  package func child(_ step: JSONPathStep) -> ReferenceValue? {
    switch (step, self) {
    case (.key(let key), _): self[Array(key.utf8)]
    case (.index(let index), .array(let elements)) where elements.indices.contains(index): elements[index]
    default: nil
    }
  }

  /// The value at `path`.
  package func find(_ path: JSONPath) -> ReferenceValue? {
    path.steps.reduce(self) { $0?.child($1) }
  }

  /// The value without what is at `steps`.
  package func without(_ steps: ArraySlice<JSONPathStep>) -> ReferenceValue {
    guard let step = steps.first, let child = child(step) else { return self }
    let rest: ReferenceValue? = steps.count == 1 ? nil : child.without(steps.dropFirst())
    switch (self, step) {
    case (.object(let members), .key(let key)):
      return .object(
        members.compactMap { member in
          member.key.utf8 == Array(key.utf8) ? rest.map { Member(member.key, $0) } : member
        })
    case (.array(let elements), .index(let index)):
      return .array(elements.enumerated().compactMap { $0 == index ? rest : $1 })
    default: return self
    }
  }
}
