/// The files that diagnostics are about, each read once, when it is first shown.
package final class SourceFiles {
  /// How large a file may be to be shown, in bytes.
  private static let sizeLimit = 16 << 20

  /// A file's bytes; nil for one that cannot be shown.
  private var texts: [String: [UInt8]?]

  /// The files; `texts` are those that have been read.
  package init(_ texts: [String: [UInt8]] = [:]) {
    self.texts = texts
  }

  /// The line that holds `location`, nil where there is none.
  func line(at location: SourceLocation) -> SourceLine? {
    let text = texts[location.file] ?? read(location.file)
    texts[location.file] = text
    return text.flatMap { SourceLine($0, at: location) }
  }

  /// A pipe has been read to its end, and a terminal would be waited for.
  private func read(_ path: String) -> [UInt8]? {
    if let text = PipedFiles.text(of: path) { return text }
    guard FolderListing.isRegularFile(path), FolderListing.size(path) <= Self.sizeLimit else { return nil }
    return try? FileBytes.read(path)
  }
}

/// A line of a file: of a very long one, what is around the place that is meant.
struct SourceLine {
  /// How many characters on either side are kept.
  private static let reach = 1000

  let text: String
  /// The column of the text's first character, counted from 1.
  let firstColumn: Int

  /// The line of `bytes` that holds `location`; LF, CR LF and CR end one, as in YAML.
  init?(_ bytes: [UInt8], at location: SourceLocation) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 1..<max(1, location.line) {
      guard let next = Self.nextLine(bytes, start) else { return nil }
      start = next
    }
    var column = 1
    var index = start
    var first = start
    firstColumn = max(1, location.column - Self.reach)
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D,
      column <= location.column + Self.reach
    {
      if column == firstColumn { first = index }
      index += 1
      // A character's first byte is the one that does not continue another.
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      column += 1
    }
    if column <= firstColumn { first = index }
    text = String(decoding: bytes[first..<index], as: UTF8.self)
  }

  private static func nextLine(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
    return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
  }
}
