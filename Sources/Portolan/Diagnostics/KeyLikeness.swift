/// Tells whether one key of an object was most likely meant by another: word by word, since `host_name` is not
/// `org_name`, however few letters are between them.
struct KeyLikeness {
  /// Words that end the names of times: `createdOn` is `created_at`.
  private static let times: Set = ["at", "on", "date", "time", "timestamp"]
  /// Words that make a flag of what follows: `isMember` is not `member`.
  private static let flags: Set = ["is", "has"]
  /// Words that are a flag by themselves: `isActive` is `active`.
  private static let states: Set = [
    "active", "archived", "closed", "deleted", "disabled", "draft", "enabled", "hidden", "locked", "merged",
    "open",
    "private", "public", "verified", "visible",
  ]

  /// Words that make something else of what follows: `devDependencies` are not `dependencies`.
  private static let others: Set = [
    "dev", "peer", "optional", "old", "sub", "parent", "previous", "prev", "next", "non", "no", "un",
  ]

  private let words: [String]
  /// Whether an integration adds the key: people copy those as a whole.
  private let isAdded: Bool

  init(_ key: String) {
    words = Self.words(of: key)
    isAdded = key.hasPrefix("__")
  }

  /// Whether the two are spelled alike.
  func isLike(_ other: KeyLikeness) -> Bool {
    if words.count == other.words.count { return zip(words, other.words).enumerated().allSatisfy(isLike) }
    if isAdded, other.isAdded { return Self.areAlike(words.joined(), other.words.joined()) }
    let (short, long) = words.count < other.words.count ? (words, other.words) : (other.words, words)
    if short.count + 1 == long.count, long.starts(with: short) { return true }
    if short.count + 1 == long.count, Array(long.dropFirst()) == short {
      if Self.others.contains(long[0]) { return false }
      return !Self.flags.contains(long[0]) || Self.states.contains(short.joined())
    }
    return Self.areAlike(words.joined(), other.words.joined()) && !Self.flags.contains(long[0])
  }

  /// Whether one has a word more than the other, as `provider` and `providerID`, or is its plural: an object may have both.
  func isBeside(_ other: KeyLikeness) -> Bool {
    let (own, others) = (words.joined(), other.words.joined())
    if own + "s" == others || others + "s" == own { return true }
    return words.count != other.words.count && own != others
  }

  /// Whether the two are the same but for the end of the last word: `status` for `state`, not `creator` for `created`.
  func beginsLike(_ other: KeyLikeness) -> Bool {
    guard words.dropLast() == other.words.dropLast(), let first = words.last, let second = other.words.last,
      first.count >= 4, abs(first.count - second.count) <= 2
    else { return false }
    return first.prefix(4) == second.prefix(4) && Self.isDeed(first) == Self.isDeed(second)
  }

  private func isLike(_ place: Int, _ pair: (String, String)) -> Bool {
    let isTime = place > 0 && Self.times.contains(pair.0) && Self.times.contains(pair.1)
    return isTime || Self.areAlike(pair.0, pair.1)
  }

  /// Whether a slip or two of the hand make one word of the other, or one is the plural of the other.
  private static func areAlike(_ first: String, _ second: String) -> Bool {
    if first == second || first + "s" == second || second + "s" == first { return true }
    if min(first.count, second.count) < 2 { return false }
    let distance = Spelling.distance(Array(first), Array(second))
    if distance > max(1, max(first.count, second.count) / 4) { return false }
    let areReplaced = first.count == second.count && first.sorted() != second.sorted()
    // Letters that are replaced make other words, as `relations` of `rotations`.
    return !areReplaced || (distance == 1 && first.count > 2)
  }

  private static func isDeed(_ word: String) -> Bool { word.hasSuffix("ed") }

  /// The words of a key, in small letters: `lastAnalysisDate`, `last_analysis_date`, `Last Analysis Date`.
  private static func words(of key: String) -> [String] {
    var words: [String] = []
    var isInside = false
    var wasSmall = false
    for letter in key {
      guard letter.isLetter || letter.isNumber else {
        isInside = false
        continue
      }
      if isInside, !(letter.isUppercase && wasSmall) {
        words[words.count - 1].append(letter.lowercased())
      } else {
        words.append(letter.lowercased())
      }
      isInside = true
      wasSmall = letter.isLowercase || letter.isNumber
    }
    return words
  }
}
