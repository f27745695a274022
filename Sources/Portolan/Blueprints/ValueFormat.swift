/// The formats of texts that are checked. Port has more (`user`, `team`, `timer`, `yaml`, `markdown`,
/// `proto`, …), which take any text.
package enum ValueFormat: String {
  /// A scheme and something after it.
  case url
  /// One `@`, and a point in what follows it.
  case email
  /// RFC 3339; as in JSON Schema validators, the zone may be `+0000` and a space may stand for the `T`.
  case dateTime = "date-time"
  /// Four numbers up to 255.
  case ipv4

  /// A text that has the format.
  package var example: String {
    switch self {
    case .url: "https://example.com/page"
    case .email: "ada@example.com"
    case .dateTime: "2026-02-28T09:30:00Z"
    case .ipv4: "192.0.2.1"
    }
  }

  /// Whether `text` has the format.
  package func matches(_ text: String) -> Bool {
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
    var rest = text.utf8[...]
    guard let year = number(&rest, digits: 4), skip("-", &rest), let month = number(&rest, digits: 2),
      skip("-", &rest), let day = number(&rest, digits: 2), skip("Tt ", &rest),
      let hour = number(&rest, digits: 2), skip(":", &rest), let minute = number(&rest, digits: 2),
      skip(":", &rest), let second = number(&rest, digits: 2), skipFraction(&rest)
    else { return false }
    return (1...12).contains(month) && (1...days(month, year)).contains(day) && hour < 24 && minute < 60
      && second <= 60 && isZone(rest)
  }

  /// `Z`, `+02:00`, `+0200` or `+02`
  private static func isZone(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    if skip("Zz", &rest) { return rest.isEmpty }
    guard skip("+-", &rest), let hour = number(&rest, digits: 2), hour < 24 else { return false }
    if rest.isEmpty { return true }
    _ = skip(":", &rest)
    guard let minute = number(&rest, digits: 2) else { return false }
    return minute < 60 && rest.isEmpty
  }

  /// Takes the number of so many digits that `rest` begins with.
  private static func number(_ rest: inout Substring.UTF8View, digits: Int) -> Int? {
    var number = 0
    for _ in 0..<digits {
      guard let byte = rest.popFirst(), (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  /// Takes the fraction of a second that `rest` may begin with; false where its digits are missing.
  private static func skipFraction(_ rest: inout Substring.UTF8View) -> Bool {
    guard skip(".", &rest) else { return true }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest[digits.endIndex...]
    return !digits.isEmpty
  }

  /// Takes the one of `characters` that `rest` begins with.
  private static func skip(_ characters: String, _ rest: inout Substring.UTF8View) -> Bool {
    guard let first = rest.first, characters.utf8.contains(first) else { return false }
    rest.removeFirst()
    return true
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
