/// The formats of texts that are checked. Port has more (`user`, `team`, `timer`, `yaml`, `markdown`,
/// `proto`, …), which take any text.
enum ValueFormat: String {
  /// A scheme and something behind it.
  case url
  /// One `@`, and a point in what follows it.
  case email
  /// RFC 3339; as in JSON Schema validators, the zone may be `+0000` and a space may stand for the `T`.
  case dateTime = "date-time"
  /// Four numbers up to 255.
  case ipv4

  /// A text that has the format.
  var example: String {
    switch self {
    case .url: "https://example.com/page"
    case .email: "ada@example.com"
    case .dateTime: "2026-02-28T09:30:00Z"
    case .ipv4: "192.0.2.1"
    }
  }

  /// Whether `text` has the format.
  func matches(_ text: String) -> Bool {
    switch self {
    case .url: Self.isURL(text)
    case .email: Self.isEmail(text)
    case .dateTime: Self.isDateTime(text)
    case .ipv4: Self.isIPv4(text)
    }
  }

  private static func isURL(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), !text.contains(where: \.isWhitespace) else { return false }
    let scheme = text[..<colon]
    let rest = text[colon...].dropFirst()
    let isScheme =
      scheme.first.map(isASCIILetter) ?? false
      && scheme.allSatisfy { isASCIILetter($0) || $0.isWholeNumber || "+-.".contains($0) }
    guard isScheme, rest.hasPrefix("//") else { return isScheme && !rest.isEmpty && scheme.count > 1 }
    let host = rest.dropFirst(2).prefix { !"/?#".contains($0) }
    return !host.isEmpty || scheme == "file"
  }

  private static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
  }

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.utf8.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && Int(part).map { $0 <= 255 } ?? false
      }
  }

  private static func isDateTime(_ text: String) -> Bool {
    guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ](.+)/),
      let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
    else { return false }
    return (1...12).contains(month) && (1...days(month, year)).contains(day) && isTime(match.4)
  }

  private static func isTime(_ text: Substring) -> Bool {
    let time =
      /([0-9]{2}):([0-9]{2}):([0-9]{2})([.][0-9]+)?([Zz]|[+-]([0-9]{2})(:?([0-9]{2}))?)/
    guard let match = text.wholeMatch(of: time), let hour = Int(match.1), let minute = Int(match.2),
      let second = Int(match.3)
    else { return false }
    let zoneHour = match.6.flatMap { Int($0) } ?? 0
    let zoneMinute = match.8.flatMap { Int($0) } ?? 0
    return hour < 24 && minute < 60 && second <= 60 && zoneHour < 24 && zoneMinute < 60
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func isASCIILetter(_ character: Character) -> Bool {
    character.isASCII && character.isLetter
  }
}
