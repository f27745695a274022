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
    let differing = zip(words, others).filter { singular($0) != singular($1) }
    return !differing.isEmpty && differing.allSatisfy(isSlip) ? meant : nil
  }

  private static func words(_ kind: String) -> [String] {
    kind.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func singular(_ word: String) -> String {
    if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    return word.hasSuffix("es")
      ? String(word.dropLast(2)) : word.hasSuffix("s") ? String(word.dropLast()) : word
  }

  /// A short word with another letter is as likely another word.
  private static func isSlip(_ word: String, _ other: String) -> Bool {
    Spelling.nearest(to: singular(word), in: [singular(other)]) != nil
      && (word.count > 5 || word.count != other.count || word.sorted() == other.sorted())
  }
}
