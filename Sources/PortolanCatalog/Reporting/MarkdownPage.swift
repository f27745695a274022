/// Markdown of a limited length, never cut in the middle of a table or of `<details>`.
struct MarkdownPage {
  /// What belongs together: shown with all of its rows, with the first ones, or not at all.
  struct Block {
    /// What it is, in the note on what was left out.
    var name: String
    var head: String
    var rows: [String]
    var foot = ""
  }

  /// How much room the note on what was left out takes.
  private static let noteRoom = 400

  private let limit: Int
  private(set) var text = ""
  private var left = 0
  private var leftOut: [String] = []

  /// A page of at most `limit` characters.
  init(limit: Int) {
    self.limit = max(limit, 2 * Self.noteRoom)
  }

  private var room: Int { limit - Self.noteRoom - left }

  /// Adds a block, as much of it as has room.
  mutating func add(_ block: Block) {
    let frame = Self.length(block.head) + Self.length(block.foot)
    guard !block.rows.isEmpty else {
      return frame <= room ? append(block.head + block.foot) : leftOut.append(block.name)
    }
    var rows = ""
    var used = frame
    var shown = 0
    for row in block.rows {
      let length = Self.length(row)
      guard used + length <= room else { break }
      rows += row
      used += length
      shown += 1
    }
    if shown > 0 { append(block.head + rows + block.foot) }
    if shown < block.rows.count { leftOut.append("\((block.rows.count - shown).grouped) of \(block.name)") }
  }

  /// The page, with what was left out at its end.
  var whole: String {
    guard !leftOut.isEmpty else { return text }
    let list = leftOut.prefix(8).joined(separator: ", ") + (leftOut.count > 8 ? ", …" : "")
    return text + "\n_Left out, since a comment has no room for more: \(list). "
      + "`portolan plan --verbose` shows all._\n"
  }

  private mutating func append(_ part: String) {
    text += part
    left += Self.length(part)
  }

  /// Hosts count in different ways; none counts more than the UTF-16 of a text.
  private static func length(_ text: String) -> Int { text.utf16.count }
}
