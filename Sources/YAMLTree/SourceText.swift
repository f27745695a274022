/// The bytes of a YAML text, valid UTF-8, with the tables that turn offsets into lines and columns.
///
/// Every scalar of a tree shares one.
final class SourceText: Sendable {
  private static let checkpointSpacing = 64

  let bytes: [UInt8]
  /// 3 after a byte order mark, else 0.
  let contentStart: Int
  /// The offset at which each line starts.
  private let lineStarts: [Int]
  /// The offset of every 64th character.
  private let checkpoints: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    contentStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lineStarts = [contentStart]
    var checkpoints: [Int] = [contentStart]
    var characters = 0
    for index in bytes.indices.dropFirst(contentStart) {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 {
        if characters > 0, characters % Self.checkpointSpacing == 0 { checkpoints.append(index) }
        characters += 1
      }
      let isReturnAlone = byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if byte == 0x0A || isReturnAlone { lineStarts.append(index + 1) }
    }
    self.lineStarts = lineStarts
    self.checkpoints = checkpoints
  }

  /// The position of an offset; one outside the text is moved to its nearest end.
  func position(atOffset offset: Int) -> YAMLPosition {
    let offset = min(max(offset, contentStart), bytes.count)
    let line = Self.lastIndex(in: lineStarts, notAbove: offset)
    let column = characterIndex(atOffset: offset) - characterIndex(atOffset: lineStarts[line])
    return YAMLPosition(line: line + 1, column: column + 1, offset: offset)
  }

  /// The offset of the character that libyaml's mark counts to, a byte order mark not counted.
  func offset(ofCharacter character: Int) -> Int {
    let checkpoint = min(max(character, 0) / Self.checkpointSpacing, checkpoints.count - 1)
    var offset = checkpoints[checkpoint]
    var remaining = character - checkpoint * Self.checkpointSpacing
    while remaining > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      remaining -= 1
    }
    return offset
  }

  /// The bytes of the line that holds an offset, up to the offset.
  func lineBefore(offset: Int) -> Range<Int> {
    let offset = min(max(offset, contentStart), bytes.count)
    return lineStarts[Self.lastIndex(in: lineStarts, notAbove: offset)]..<offset
  }

  private func characterIndex(atOffset offset: Int) -> Int {
    let checkpoint = Self.lastIndex(in: checkpoints, notAbove: offset)
    let between = bytes[checkpoints[checkpoint]..<offset]
    return between.reduce(checkpoint * Self.checkpointSpacing) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  private static func lastIndex(in sorted: [Int], notAbove value: Int) -> Int {
    var low = 0
    var high = sorted.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if sorted[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }
}

extension SourceText {
  func isBlank(at offset: Int) -> Bool {
    bytes[offset] == 0x20 || bytes[offset] == 0x09
  }

  /// The bytes of the line break that starts at an offset: CR LF, LF, CR, NEL, LS or PS, those that
  /// YAML 1.1 and libyaml know.
  func lineBreak(at offset: Int, before end: Int) -> Range<Int>? {
    switch bytes[offset] {
    case 0x0A: return offset..<offset + 1
    case 0x0D: return offset..<offset + (matches([0x0A], at: offset + 1, before: end) ? 2 : 1)
    case 0xC2 where matches([0x85], at: offset + 1, before: end): return offset..<offset + 2
    case 0xE2
    where matches([0x80, 0xA8], at: offset + 1, before: end)
      || matches([0x80, 0xA9], at: offset + 1, before: end):
      return offset..<offset + 3
    default: return nil
    }
  }

  private func matches(_ expected: [UInt8], at offset: Int, before end: Int) -> Bool {
    offset + expected.count <= end && bytes[offset..<offset + expected.count].elementsEqual(expected)
  }
}
