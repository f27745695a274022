/// What changes between two texts, as `diff -u` shows it.
struct UnifiedDiff {
  /// How many lines are shown around a change.
  private static let context = 3

  /// A line of both texts or of one, as it is marked.
  private struct Line {
    let mark: Character
    let text: Substring
  }

  /// The diff; empty where the texts are the same.
  let text: String

  init(_ path: String, from old: [UInt8], to new: [UInt8]) {
    let before = Self.lines(old)
    let after = Self.lines(new)
    let lines = Self.merged(before, after)
    var hunks = ""
    for range in Self.ranges(lines) {
      let oldStart = lines[..<range.lowerBound].count { $0.mark != "+" }
      let newStart = lines[..<range.lowerBound].count { $0.mark != "-" }
      let shown = lines[range]
      hunks += "@@ -\(Self.span(oldStart, shown.count { $0.mark != "+" }))"
      hunks += " +\(Self.span(newStart, shown.count { $0.mark != "-" })) @@\n"
      for line in shown {
        hunks += "\(line.mark)\(line.text)"
        if line.text.utf8.last != 10 {
          hunks += "\n\\ No newline at end of file\n"
        }
      }
    }
    text = hunks.isEmpty ? "" : "--- \(path)\n+++ \(path)\n" + hunks
  }

  /// The lines with their ends.
  private static func lines(_ bytes: [UInt8]) -> [Substring] {
    var lines: [Substring] = []
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    while !rest.isEmpty {
      let end = rest.utf8.firstIndex(of: 10).map { rest.utf8.index(after: $0) } ?? rest.endIndex
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return lines
  }

  private static func merged(_ before: [Substring], _ after: [Substring]) -> [Line] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let place, _, _): removed.insert(place)
      case .insert(let place, _, _): inserted.insert(place)
      }
    }
    var lines: [Line] = []
    var place = 0
    for (number, line) in before.enumerated() {
      while inserted.contains(place), !removed.contains(number) {
        lines.append(Line(mark: "+", text: after[place]))
        place += 1
      }
      lines.append(Line(mark: removed.contains(number) ? "-" : " ", text: line))
      if !removed.contains(number) { place += 1 }
    }
    return lines + after[place...].map { Line(mark: "+", text: $0) }
  }

  /// The changes with the lines around them; those that meet are one.
  private static func ranges(_ lines: [Line]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for place in lines.indices where lines[place].mark != " " {
      let range = max(0, place - context)..<min(lines.count, place + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }

  private static func span(_ start: Int, _ count: Int) -> String {
    let first = count == 0 ? start : start + 1
    return count == 1 ? "\(first)" : "\(first),\(count)"
  }
}
