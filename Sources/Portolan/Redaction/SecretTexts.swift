/// Texts that must not be left anywhere, found by their first byte.
struct SecretTexts: Sendable {
  /// How many bytes one must have to be looked for inside of others.
  private static let shortest = 4

  /// The texts, by their first byte, the longer ones first.
  private var byFirstByte: [UInt8: [[UInt8]]] = [:]
  private var short: Set<String> = []
  /// For each byte, whether something that is looked for can begin with it, or is told by it.
  private var interesting: [Bool]

  init(_ texts: [String]) {
    interesting = Array(repeating: false, count: 256)
    for text in Set(texts) where !text.isEmpty {
      let bytes = Array(text.utf8)
      if bytes.count < Self.shortest {
        short.insert(text)
      } else {
        byFirstByte[bytes[0], default: []].append(bytes)
      }
    }
    for (byte, texts) in byFirstByte {
      byFirstByte[byte] = texts.sorted { $0.count > $1.count }
    }
    let bytes = Array("@%=:-Bbr".utf8) + byFirstByte.keys + TokenShapes.byFirstByte.keys
    for byte in bytes { interesting[Int(byte)] = true }
  }

  /// Whether something that is looked for can begin with `byte`, or is told by it.
  func isInteresting(_ byte: UInt8) -> Bool { interesting[Int(byte)] }

  /// The index after the text that is at `index` of `bytes`, nil where none is.
  func end(at index: Int, of bytes: [UInt8]) -> Int? {
    byFirstByte[bytes[index]]?.first { bytes[index...].starts(with: $0) }.map { index + $0.count }
  }

  /// Whether the whole of `bytes` is one of the texts that are too short to be looked for.
  func isShort(_ bytes: [UInt8]) -> Bool {
    !short.isEmpty && bytes.count < Self.shortest && short.contains(String(decoding: bytes, as: UTF8.self))
  }
}
