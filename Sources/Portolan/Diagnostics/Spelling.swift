/// Finds what someone most likely meant.
package enum Spelling {
  /// The candidate nearest to `word`, nil where none is near: at most a third of its letters differ.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where abs(candidate.count - word.count) <= limit {
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The key of an object that is most likely meant by `key`, nil where none is near. Keys that differ in their digits
  /// alone are others, as `customfield_10061` and `customfield_10001`.
  package static func nearestKey(to key: String, in keys: some Sequence<String>) -> String? {
    let others = keys.filter { !isNumbered(key, as: $0) }
    let wanted = KeyLikeness(key)
    return others.first { fold($0) == fold(key) }
      ?? nearest(to: key, in: others.filter { wanted.isLike(KeyLikeness($0)) })
      ?? others.first { isShort(key, for: $0) }
  }

  /// A key that begins as `key` does, where none is nearer.
  package static func similarKey(to key: String, in keys: some Sequence<String>) -> String? {
    let wanted = KeyLikeness(key)
    return keys.first { wanted.beginsLike(KeyLikeness($0)) && !isNumbered(key, as: $0) }
  }

  /// The value that is most likely meant by `text`, nil where none is near.
  package static func nearestValue(to text: String, in values: some Sequence<String>) -> String? {
    let others = values.filter { !isNumbered(text, as: $0) }
    return nearest(to: text, in: others) ?? others.first { fold($0) == fold(text) }
      ?? others.first { isShort(text, for: $0) }
  }

  /// Whether two keys differ in their digits alone.
  package static func isNumbered(_ key: String, as other: String) -> Bool {
    let letters = key.filter { !$0.isNumber }
    return letters != key && key != other && other.filter { !$0.isNumber } == letters
  }

  private static func fold(_ key: String) -> String { key.lowercased().filter { $0 != "_" && $0 != "-" } }

  /// Whether `key` is the beginning of the one word `word`: `lang` for `language`.
  private static func isShort(_ key: String, for word: String) -> Bool {
    key.count >= 4 && key != "name" && word.hasPrefix(key) && word.allSatisfy { $0.isLowercase }
  }

  /// The candidate nearest to `word` where no other is as near: nil where a person must choose.
  package static func onlyNearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let candidates = Array(candidates)
    guard let nearest = nearest(to: word, in: candidates) else { return nil }
    let letters = Array(word.lowercased())
    let best = distance(letters, Array(nearest.lowercased()))
    let isAlone = !candidates.contains {
      $0 != nearest && abs($0.count - word.count) <= best && distance(letters, Array($0.lowercased())) <= best
    }
    return isAlone ? nearest : nil
  }

  /// What `word` becomes by the commonest slips of the hand: a letter left out, twice, or swapped with the next.
  package static func slips(of word: String) -> Set<String> {
    let letters = Array(word)
    var slips: Set<String> = []
    for place in letters.indices {
      slips.insert(String(letters[..<place] + letters[(place + 1)...]))
      slips.insert(String(letters[...place] + letters[place...]))
      guard place + 1 < letters.count else { continue }
      var swapped = letters
      swapped.swapAt(place, place + 1)
      slips.insert(String(swapped))
    }
    return slips.subtracting([word])
  }

  /// How many letters must be put in, left out, replaced or swapped with their neighbour to make `a`
  /// of `b` (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
