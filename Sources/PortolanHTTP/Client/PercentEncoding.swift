/// Percent-encoding by RFC 3986.
enum PercentEncoding {
  /// A name or a value, with everything encoded that is not a letter, a digit or one of `-._~`.
  static func encode(_ text: String) -> String {
    encode(text.utf8, keeping: isUnreserved)
  }

  /// `name=value&…`
  static func query(_ fields: [APIField]) -> String {
    fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
  }

  /// A path and a query that somebody wrote: what may not be in a URL is encoded, the rest is left as it is.
  static func tidy(_ target: some StringProtocol) -> String {
    let bytes = Array(target.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (place, byte) in bytes.enumerated() {
      let isEscape =
        byte == UInt8(ascii: "%") && place + 2 < bytes.count && hexValue(bytes[place + 1]) != nil
        && hexValue(bytes[place + 2]) != nil
      if isEscape || isAllowedInTarget(byte) {
        result.append(byte)
      } else {
        appendEscape(byte, to: &result)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text that an encoded name or value means; `+` is a space.
  static func decode(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let high = hexValue(bytes[place + 1]), let low = hexValue(bytes[place + 2])
      {
        result.append(high << 4 | low)
        place += 3
      } else {
        result.append(bytes[place] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func encode(_ bytes: some Sequence<UInt8>, keeping isKept: (UInt8) -> Bool) -> String {
    var result: [UInt8] = []
    for byte in bytes {
      if isKept(byte) { result.append(byte) } else { appendEscape(byte, to: &result) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func appendEscape(_ byte: UInt8, to result: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func isAllowedInTarget(_ byte: UInt8) -> Bool {
    isUnreserved(byte) || "/?:@!$&'()*+,;=".utf8.contains(byte)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
