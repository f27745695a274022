/// Where in a line a function of jq can begin.
enum JQPosition {
  /// Whether the text ends with a `|` of jq and at most the beginning of a word: a `|` right after a key begins a
  /// block of text instead.
  static func isAfterPipe(_ text: String) -> Bool {
    let start = withoutWord(text)
    guard start.last == "|" else { return false }
    let before = start.dropLast().reversed().drop { $0 == " " }
    return before.first != nil && before.first != ":"
  }

  /// Whether a function can begin at the place: after a pipe, or where an expression begins.
  static func isFunction(_ place: EditedPlace, isAfterPipe: Bool) -> Bool {
    let context = place.context
    let isExpression =
      context.path.contains("mappings") || place.key == "query" || place.key == "itemsToParse"
    guard !place.file.isFetcher, isExpression else { return false }
    let start = withoutWord(place.before)
    return isAfterPipe || start.last.map { ":'\"(;,+/".contains($0) } ?? false
  }

  private static func withoutWord(_ text: String) -> String {
    let rest = text.reversed().drop { $0.isLetter || $0.isNumber || $0 == "_" }.drop { $0 == " " }
    return String(rest.reversed())
  }
}
