/// An address of version 4 or 6, as its bytes.
struct IPAddress: Sendable, Hashable {
  /// Four or sixteen.
  let bytes: [UInt8]

  /// Reads `10.0.0.1` or `fd00::1`; nil for anything else.
  init?(_ text: some StringProtocol) {
    guard let bytes = text.contains(":") ? Self.version6(String(text)) : Self.version4(String(text)) else {
      return nil
    }
    self.bytes = bytes
  }

  /// Whether the first bits are those of `network`.
  func isIn(_ network: IPAddress, bits: Int) -> Bool {
    guard bytes.count == network.bytes.count, bits <= bytes.count * 8 else { return false }
    for (place, (own, other)) in zip(bytes, network.bytes).enumerated() {
      let compared = min(8, max(0, bits - place * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> compared)
      if own & mask != other & mask { return false }
    }
    return true
  }

  private static func version4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt8(part) : nil
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    let groups = halves.map { half in
      half.split(separator: ":", omittingEmptySubsequences: false).filter { !half.isEmpty || !$0.isEmpty }
        .map { $0.count <= 4 ? UInt16($0, radix: 16) : nil }
    }
    let known = groups.flatMap(\.self).compactMap(\.self)
    guard known.count == groups.flatMap(\.self).count else { return nil }
    guard halves.count == 2 ? known.count < 8 : known.count == 8 else { return nil }
    let zeros = Array(repeating: UInt16(0), count: 8 - known.count)
    let first = groups[0].count
    return (known[..<first] + zeros + known[first...]).flatMap {
      [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)]
    }
  }
}
