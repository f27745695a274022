import TestSupport

/// Writes random JSON: all types, white space anywhere, escapes, ill-formed text, keys that are there twice.
struct DocumentGenerator {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// A whole document, mostly an object.
  mutating func document() -> [UInt8] {
    let body = random.chance(8) ? value(depth: 0) : object(depth: 0)
    return space() + body + space()
  }

  /// `bytes` with one to three bytes flipped, left out, put in, or cut off.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let structural = Array("{}[]\",:\\ \n\t0-.eEtu".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xFF]
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(random.pick(structural) ?? 0, at: place)
      case 3: bytes[place] = random.pick(structural) ?? 0
      default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    if random.chance(10) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
    return bytes
  }

  private mutating func value(depth: Int) -> [UInt8] {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 5), using: &random) {
    case 0: Array((random.pick(["null", "true", "false"]) ?? "null").utf8)
    case 1, 2: number()
    case 3, 4: string()
    case 5: array(depth: depth)
    default: object(depth: depth)
    }
  }

  private mutating func object(depth: Int) -> [UInt8] {
    let many = random.chance(30) ? 40 : 6
    var bytes = Array("{".utf8) + space()
    for place in 0..<Int.random(in: 0..<many, using: &random) {
      if place > 0 { bytes += Array(",".utf8) + space() }
      bytes += key() + space() + Array(":".utf8) + space() + value(depth: depth + 1) + space()
    }
    return bytes + Array("}".utf8)
  }

  private mutating func array(depth: Int) -> [UInt8] {
    var bytes = Array("[".utf8) + space()
    for place in 0..<Int.random(in: 0..<4, using: &random) {
      if place > 0 { bytes += Array(",".utf8) + space() }
      bytes += value(depth: depth + 1) + space()
    }
    return bytes + Array("]".utf8)
  }

  private mutating func key() -> [UInt8] {
    let known = [
      #""a""#, #""b""#, #""\u0061""#, #""é""#, #""\u00e9""#, "\"e\u{301}\"", #""""#, #""\ud83d\ude00""#,
      #""😀""#, #""\udead""#, "\"\u{FFFD}\"", #""a\/b""#, #""a/b""#,
    ]
    if random.chance(20) { return string() }
    if random.chance(4) { return Array("\"k\(Int.random(in: 0..<30, using: &random))\"".utf8) }
    return Array((random.pick(known) ?? "").utf8)
  }

  private mutating func string() -> [UInt8] {
    let pieces = [
      "a", "text that is longer than a block", "\\\"", "\\\\", "\\/", "\\n", "\\u0041", "\\ud83d\\ude00",
      "\\ud800", "\\udc00", "\\ud800\\u0041", "\\ufffd", "é", "😀", "{", "]", "\u{7F}", "\\u0000",
    ]
    let illFormed: [[UInt8]] = [[0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98]]
    var bytes = Array("\"".utf8)
    for _ in 0..<Int.random(in: 0..<5, using: &random) {
      bytes += random.chance(12) ? random.pick(illFormed) ?? [] : Array((random.pick(pieces) ?? "").utf8)
    }
    return bytes + Array("\"".utf8)
  }

  private mutating func number() -> [UInt8] {
    let known = ["0", "-0", "1", "1.0", "1e3", "-1.5E-7", "123456789012345678901234567890", "0.10", "1E+400"]
    return Array((random.pick(known) ?? "0").utf8)
  }

  private mutating func space() -> [UInt8] {
    guard random.chance(3) else { return [] }
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in
      random.pick([0x20, 0x0A, 0x0D, 0x09]) ?? 0x20
    }
  }
}
