import ReferenceJSON
import TestSupport

/// Writes values as JSON in all the ways there are: white space, escapes, keys that are there twice, and text
/// that is none.
struct DocumentWriter {
  var random: SeededRandom
  /// Whether line breaks may be between tokens.
  var breaksLines = true

  /// `value` as a document.
  mutating func document(_ value: ReferenceValue) -> [UInt8] {
    var bytes: [UInt8] = []
    let isPlain = random.chance(3)
    if isPlain { return value.json }
    let isSpacious = random.chance(2)
    write(value, isSpacious, into: &bytes)
    return bytes
  }

  private mutating func write(_ value: ReferenceValue, _ isSpacious: Bool, into bytes: inout [UInt8]) {
    space(isSpacious, into: &bytes)
    switch value {
    case .literal(let text): bytes += text
    case .string(let text): write(text, into: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        write(element, isSpacious, into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        writeTwice(member, members, isSpacious, into: &bytes)
      }
      space(isSpacious, into: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    space(isSpacious, into: &bytes)
  }

  /// Writes a member, sometimes before or after one with the same key and something else. That is as it
  /// is: with more of them inside, deep documents would grow without end.
  private mutating func writeTwice(
    _ member: ReferenceValue.Member, _ members: [ReferenceValue.Member], _ isSpacious: Bool,
    into bytes: inout [UInt8]
  ) {
    guard random.chance(15), let other = random.pick(members) else {
      return write(member.key, member.value, isSpacious, into: &bytes)
    }
    let second = member.key.source + Array(":".utf8) + other.value.json
    let isBefore = random.chance(2)
    if isBefore { bytes += second + Array(",".utf8) }
    write(member.key, member.value, isSpacious, into: &bytes)
    if !isBefore { bytes += Array(",".utf8) + second }
  }

  private mutating func write(
    _ key: ReferenceValue.Text, _ value: ReferenceValue, _ isSpacious: Bool, into bytes: inout [UInt8]
  ) {
    space(isSpacious, into: &bytes)
    write(key, into: &bytes)
    space(isSpacious, into: &bytes)
    bytes.append(UInt8(ascii: ":"))
    write(value, isSpacious, into: &bytes)
  }

  private mutating func write(_ text: ReferenceValue.Text, into bytes: inout [UInt8]) {
    guard random.chance(8) else {
      bytes += text.source
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for unit in String(decoding: text.utf8, as: UTF8.self).utf16 {
      let digits = String(unit, radix: 16, uppercase: random.chance(2))
      bytes +=
        Array("\\u".utf8) + Array(repeating: UInt8(ascii: "0"), count: 4 - digits.utf8.count) + digits.utf8
    }
    if random.chance(3) { bytes += random.pick(Self.noText) ?? [] }
    bytes.append(UInt8(ascii: "\""))
  }

  /// What no text can hold: lone surrogates and ill-formed UTF-8.
  private static let noText: [[UInt8]] = [
    Array("\\ud800".utf8), Array("\\udc00x".utf8), Array("\\ud800\\u0041".utf8), [0x80], [0xC3],
    [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xFF, 0x61],
  ]

  private mutating func space(_ isSpacious: Bool, into bytes: inout [UInt8]) {
    guard isSpacious, random.chance(4) else { return }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      bytes.append(random.pick(breaksLines ? [0x20, 0x0A, 0x0D, 0x09] : [0x20, 0x09]) ?? 0x20)
    }
  }
}

/// Breaks documents.
struct DocumentBreaker {
  var random: SeededRandom

  /// `bytes` cut off, or with a byte flipped, left out or put in: mostly no JSON any more.
  mutating func broken(_ bytes: [UInt8]) -> [UInt8] {
    guard let place = bytes.indices.randomElement(using: &random) else { return [] }
    var bytes = bytes
    let structural = Array("{}[]\",:\\ 0-.eEtu".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xFF]
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(random.pick(structural) ?? 0, at: place)
    case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default: bytes[place] = random.pick(structural) ?? 0
    }
    return bytes
  }
}
