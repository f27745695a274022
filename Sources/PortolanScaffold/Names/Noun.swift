/// English plurals, as names of lists in APIs have them.
enum Noun {
  private static let irregular = [
    "people": "person", "children": "child", "indices": "index", "vertices": "vertex", "matrices": "matrix",
    "analyses": "analysis", "statuses": "status", "aliases": "alias", "buses": "bus", "media": "media",
    "data": "data", "news": "news", "series": "series", "releases": "release", "databases": "database",
    "leases": "lease", "licenses": "license", "cases": "case", "phases": "phase", "purchases": "purchase",
    "responses": "response", "courses": "course", "houses": "house", "warehouses": "warehouse",
    "expenses": "expense", "caches": "cache", "axes": "axis", "movies": "movie", "cookies": "cookie",
    "lives": "life", "heroes": "hero", "quizzes": "quiz",
  ]

  /// The last word of `name` made singular: `merge_requests` is `merge_request`. What is no plural stays.
  static func singular(_ name: String) -> String {
    let start =
      name.lastIndex { !($0.isLetter || $0.isNumber) }.map { name.index(after: $0) } ?? name.startIndex
    let word = lastCamelWord(name[start...])
    return String(name[..<word.startIndex]) + singularWord(String(word))
  }

  private static func lastCamelWord(_ text: Substring) -> Substring {
    guard text.contains(where: \.isLowercase),
      let capital = text.indices.last(where: { text[$0].isUppercase }), capital > text.startIndex
    else { return text }
    return text[capital...]
  }

  private static func singularWord(_ word: String) -> String {
    let small = word.lowercased()
    if let known = irregular[small] { return sameCase(known, as: word) }
    for ending in ["ss", "us", "is"] where small.hasSuffix(ending) { return word }
    if small.hasSuffix("ies"), small.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "xes", "ches", "shes", "zzes"] where small.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return small.hasSuffix("s") && small.count > 2 ? String(word.dropLast()) : word
  }

  private static func sameCase(_ text: String, as other: String) -> String {
    other.first?.isUppercase == true ? text.prefix(1).uppercased() + text.dropFirst() : text
  }

  /// The plural of the last word of `name`.
  static func plural(_ name: String) -> String {
    let small = name.lowercased()
    if let known = irregular.first(where: { small.hasSuffix($0.value) && $0.key != $0.value }) {
      return name.dropLast(known.value.count)
        + sameCase(known.key, as: String(name.suffix(known.value.count)))
    }
    if singular(name) != name { return name }
    if small.hasSuffix("y"), let before = small.dropLast().last, !"aeiou".contains(before) {
      return name.dropLast() + "ies"
    }
    return name + (["s", "x", "ch", "sh", "z"].contains { small.hasSuffix($0) } ? "es" : "s")
  }
}
