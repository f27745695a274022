/// Finds the kind that a misspelled one was to be.
enum KindSpelling {
  /// The kind of `kinds` that `kind` is but for a slip of the hand; nil where it is one of them, or may be another
  /// kind: `project` beside `projects`, `role` beside `rule`.
  static func meant(by kind: String, in kinds: [String]) -> String? {
    guard kind.count > 2, !kinds.contains(kind), let meant = Spelling.nearest(to: kind, in: kinds) else {
      return nil
    }
    let words = words(kind)
    let others = Self.words(meant)
    guard words.count == others.count else { return nil }
    let differing = zip(words, others).filter { !isSame($0, $1) }
    return !differing.isEmpty && differing.allSatisfy(isSlip) ? meant : nil
  }

  private static func words(_ kind: String) -> [String] {
    kind.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether two words are one, in the singular or the plural.
  private static func isSame(_ word: String, _ other: String) -> Bool {
    word == other || plurals(word).contains(other) || plurals(other).contains(word)
  }

  private static func plurals(_ word: String) -> [String] {
    [word + "s", word + "es"] + (word.hasSuffix("y") ? [word.dropLast() + "ies"] : [])
  }

  private static func stem(_ word: String) -> String { word.hasSuffix("s") ? String(word.dropLast()) : word }

  /// A short word with another letter is as likely another word.
  private static func isSlip(_ word: String, _ other: String) -> Bool {
    Spelling.nearest(to: stem(word), in: [stem(other)]) != nil
      && (word.count > 5 || word.count != other.count || word.sorted() == other.sorted())
  }
}
