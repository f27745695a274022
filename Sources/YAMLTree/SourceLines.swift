/// A YAML text line by line, as a person who looks for a slip reads it.
struct SourceLines {
  private let source: SourceText
  /// The offset at which each line begins.
  private let starts: [Int]

  init(_ source: SourceText) {
    self.source = source
    let bytes = source.bytes
    starts = [source.contentStart] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  /// The number of the line of an offset, from 0.
  func line(atOffset offset: Int) -> Int {
    max(0, starts.lastIndex { $0 <= offset } ?? 0)
  }

  /// Where a line begins.
  func start(_ number: Int) -> Int { starts[number] }

  /// A line without its break.
  func text(_ number: Int) -> String {
    let end = number + 1 < starts.count ? starts[number + 1] - 1 : source.bytes.count
    let bytes = source.bytes[starts[number]..<max(starts[number], end)]
    return String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }

  /// How many spaces a line begins with.
  func indentation(_ number: Int) -> Int { text(number).prefix { $0 == " " }.count }

  /// Whether a line holds more than blanks and a comment.
  private func isFilled(_ number: Int) -> Bool {
    let rest = text(number).drop { $0 == " " }
    return !rest.isEmpty && rest.first != "#"
  }

  /// The filled line before.
  func previous(_ number: Int) -> Int? {
    guard number > 0 else { return nil }
    return (0..<number).last(where: isFilled)
  }

  /// Whether a line begins with a key.
  func isKey(_ number: Int) -> Bool {
    let rest = text(number).drop { $0 == " " }
    let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
    guard let first = key.first, first != "-", rest.dropFirst(key.count).first == ":" else { return false }
    return rest.dropFirst(key.count + 1).first.map { $0 == " " } ?? true
  }

  /// Whether an entry of a list follows that begins at `indentation`, before anything further out.
  func hasEntry(after number: Int, indentation: Int) -> Bool {
    for next in (number + 1)..<max(number + 1, starts.count) where isFilled(next) {
      let own = self.indentation(next)
      if own < indentation { return false }
      if own == indentation { return text(next).dropFirst(own).hasPrefix("- ") }
    }
    return false
  }

  /// The first of the lines above `number` that begin with a key at `indentation`, with nothing further out
  /// between them; nil where the line right above is further out.
  func firstOfMapping(above number: Int, indentation: Int) -> Int? {
    var found: Int?
    for line in (0..<number).reversed() where isFilled(line) {
      let own = self.indentation(line)
      if own < indentation { break }
      if own == indentation { found = line }
    }
    return found.flatMap { isKey($0) ? $0 : nil }
  }

  /// The columns, from 0, at which the lines begin that a line could stand beside or below: each less far in
  /// than the one after it. What follows a dash begins a column of its own.
  func indentations(above number: Int) -> [Int] {
    var found: [Int] = []
    for line in (0..<number).reversed() where isFilled(line) {
      let own = indentation(line)
      let isEntry = text(line).dropFirst(own).hasPrefix("- ")
      for column in isEntry ? [own + 2, own] : [own] where column < found.last ?? .max {
        found.append(column)
      }
      if own == 0 { break }
    }
    return found
  }

  /// The nearest line at or above `number` whose value begins with a quote and does not end on it, and the
  /// byte at which the quote is.
  func openQuote(_ quote: Character, above number: Int) -> (line: Int, column: Int)? {
    for line in (0..<number).reversed() where isFilled(line) {
      let text = text(line)
      guard let place = Self.valueStart(text), text[place] == quote else { continue }
      let rest = text[text.index(after: place)...]
      let escaped = quote == "'" ? rest.replacing("''", with: "") : rest.replacing("\\\"", with: "")
      return escaped.contains(quote) ? nil : (line, text[..<place].utf8.count)
    }
    return nil
  }

  /// Where the value of `key: value` or `- value` begins.
  private static func valueStart(_ text: String) -> String.Index? {
    let mark = text.firstRange(of: ": ") ?? text.firstRange(of: "- ")
    guard let mark else { return nil }
    return text[mark.upperBound...].firstIndex { $0 != " " }
  }
}
