/// What can be told of a regular expression by its text.
///
/// Errs to one side: anything but the plain constructs counts as the worst.
struct RegexShape {
  /// Whether it can match the empty string.
  let canMatchEmpty: Bool
  /// Whether matching takes no longer than a small power of the text's length: no choice inside a
  /// repetition, and few of either.
  let isHarmless: Bool

  init(_ pattern: String) {
    var reader = RegexReader(pattern)
    let isEmpty = reader.alternation()
    let isUnderstood = !reader.isLost && reader.next == nil
    canMatchEmpty = isEmpty || !isUnderstood
    isHarmless = isUnderstood && !reader.isNested && reader.repetitions <= 3 && reader.choices <= 500
  }
}

/// The builtins that search a pattern, and which of their arguments it is.
enum RegexCalls {
  static let pattern = [
    "test/1": 0, "test/2": 0, "match/1": 0, "match/2": 0, "scan/1": 0, "scan/2": 0, "splits/1": 0,
    "splits/2": 0, "split/2": 0, "sub/2": 0, "sub/3": 0, "gsub/2": 0, "gsub/3": 0, "capture/1": 0,
    "capture/2": 0,
  ]

  /// Which argument of the builtin `name` holds the flags, where it has so many.
  static func flags(_ name: String) -> Int {
    name == "sub" || name == "gsub" ? 2 : 1
  }
}
