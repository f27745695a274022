/// The texts that stand for others: the same for the same text and key, in every run and on every machine.
///
/// They are known again, so that redacting twice changes nothing.
struct Pseudonyms: Sendable {
  /// The address that stands for every avatar's.
  static let avatar = "https://example.com/avatar.png"
  /// What the text that stands for a secret begins with.
  static let secretPrefix = "redacted-"
  /// How many bytes such a text has.
  static let secretCount = secretPrefix.utf8.count + 4

  private let hash: KeyedHash

  init(key: String) {
    hash = KeyedHash(key: key)
  }

  /// `user-3fa91c02@example.com`: addresses that differ in their letters' case only are one.
  func email(_ address: String, at sign: String) -> String {
    "user-\(hex(address.lowercased(), digits: 8))\(sign)example.com"
  }

  /// `redacted-3fa9`: so little of the hash that no guess can be checked by it.
  func secret(_ text: String) -> String { Self.secretPrefix + hex(text, digits: 4) }

  /// A name that reads like one: `Robin K. Ash` for several words, `Robin` for one that begins with a capital letter,
  /// `robin-ash-3fa9` for what a machine knows somebody by.
  func name(_ text: String) -> String {
    let value = hash(text)
    let first = Self.pick(NameWords.first, value)
    let last = Self.pick(NameWords.last, value >> 16)
    if text.contains(where: \.isWhitespace) {
      let initial = Self.pick(Self.initials, value >> 32)
      return "\(first) \(initial). \(last)"
    }
    if text.first?.isUppercase == true, text.allSatisfy(\.isLetter) { return first }
    return "\(first.lowercased())-\(last.lowercased())-\(hex(text, digits: 4))"
  }

  /// Whether a text is one that stands for a secret.
  static func isSecret(_ text: some StringProtocol) -> Bool {
    text.hasPrefix(secretPrefix) && isHex(text.dropFirst(secretPrefix.count), digits: 4)
  }

  /// Whether a text before `@` and one after it stand for an address.
  static func isEmail(_ user: some StringProtocol, _ host: some StringProtocol) -> Bool {
    host == "example.com" && user.hasPrefix("user-") && isHex(user.dropFirst(5), digits: 8)
  }

  /// Whether a text can be a person's name: it is none that stands for another, and no address.
  func canBeName(_ text: String) -> Bool {
    !text.isEmpty && !text.contains(Self.secretPrefix) && !isName(text)
      && !text.unicodeScalars.contains { "@/=:<>%{}\"\\".unicodeScalars.contains($0) || $0.value < 0x20 }
  }

  /// Whether a text is one that stands for a name.
  private func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if words.count == 1 {
      if NameWords.first.contains(text) { return true }
      let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      return parts.count == 3 && NameWords.first.contains(parts[0].capitalizedWord)
        && NameWords.last.contains(parts[1].capitalizedWord) && Self.isHex(parts[2][...], digits: 4)
    }
    return words.count == 3 && NameWords.first.contains(words[0]) && NameWords.last.contains(words[2])
      && words[1].count == 2 && words[1].hasSuffix(".") && Self.initials.contains(String(words[1].prefix(1)))
  }

  private static let initials = "ABCDEFGHIJKLMNOPRSTVW".map(String.init)

  private static func pick(_ words: [String], _ value: UInt64) -> String {
    words[Int(value & 0xFFFF) % words.count]
  }

  private func hex(_ text: String, digits: Int) -> String {
    let hex = String(hash(text) >> UInt64(64 - digits * 4), radix: 16)
    return String(repeating: "0", count: digits - hex.count) + hex
  }

  private static func isHex(_ text: some StringProtocol, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}

/// The words that names are made of: given names of no certain gender, and trees and landscapes.
enum NameWords {
  static let first = words(
    """
    Alex Andy Ariel Ashley Avery Bailey Billie Blair Cameron Casey Charlie Chris Corey Dale Dana Darcy Devon Drew
    Eden Elliot Emery Finley Frankie Glenn Hadley Harper Hayden Jamie Jess Jo Jordan Jules Kai Kelly Kim Kit Lee
    Leslie Logan Lou Mackenzie Marley Max Morgan Nico Noel Parker Pat Quinn Reese Remy Riley Robin Rory Rowan Sage
    Sam Sandy Shannon Sidney Skyler Stevie Taylor
    """)
  static let last = words(
    """
    Alder Ash Aspen Bay Beech Birch Brook Cedar Cliff Clover Cove Dale Dell Elm Fell Fen Fern Field Fir Ford Glade
    Glen Gorse Grove Hawthorn Hazel Heath Hill Holly Holm Ivy Juniper Lake Larch Laurel Lea Linden Lodge Maple Marsh
    Mead Mill Moor Moss Oak Pine Pond Poplar Reed Ridge River Rowan Rush Sedge Shore Spruce Stone Thorn Vale Wells
    Willow Wood Yarrow Yew
    """)

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
