/// Something that other languages write, recognized in a text that is not jq, and jq's way to write it.
struct ForeignForm {
  /// A place where it is.
  struct Found {
    /// What a message points at, in bytes of the text.
    let shown: Range<Int>
    /// What is replaced, and by what.
    let change: TextChange
    /// What is wrong.
    let message: String
  }

  /// Finds it in a text.
  let find: (String) -> Found?

  /// What `regex` matches; `cure` gives what stands in its place, nil where it is something else after all, and
  /// the part that is shown, nil for all of it.
  init<Output>(
    _ regex: Regex<Output>, _ message: String,
    _ cure: @escaping (Match<Output>) -> (replacement: String, shown: Substring?)?
  ) {
    find = { text in
      guard let match = text.firstMatch(of: regex),
        let (replacement, shown) = cure(Match(text: text, output: match.output, range: match.range))
      else { return nil }
      return Found(
        shown: text.bytes(of: shown.map { $0.startIndex..<$0.endIndex } ?? match.range),
        change: TextChange(range: text.bytes(of: match.range), text: replacement), message: message)
    }
  }

  /// A match and the text around it.
  struct Match<Output> {
    let text: String
    let output: Output
    let range: Range<String.Index>

    /// `pipe` as it stands in the match's place: in parentheses where something stands beside it that would
    /// belong to the pipe.
    func piped(_ pipe: String) -> String {
      let before = text[..<range.lowerBound].last { !$0.isWhitespace }
      let after = text[range.upperBound...].first { !$0.isWhitespace }
      let isFree = (before.map { "|([;".contains($0) } ?? true) && (after.map { "|)];".contains($0) } ?? true)
      return isFree ? pipe : "(\(pipe))"
    }
  }
}

extension String {
  /// A range of the text in bytes.
  fileprivate func bytes(of range: Range<Index>) -> Range<Int> {
    let start = utf8.distance(from: startIndex, to: range.lowerBound)
    return start..<start + utf8.distance(from: range.lowerBound, to: range.upperBound)
  }
}
