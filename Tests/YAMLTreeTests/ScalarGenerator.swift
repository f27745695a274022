import TestSupport

@testable import YAMLTree

/// Writes YAML documents with one scalar of a style, in many shapes; every word in it is unique.
struct ScalarGenerator {
  struct Document {
    var text: String
    var words: [String]
  }

  private struct Frame {
    var before: String
    var after: String
    /// The column of the block collection that holds the scalar, -1 for none.
    var indentation: Int
    var isFlow = false
  }

  private static let frames = [
    Frame(before: "", after: "", indentation: -1),
    Frame(before: "- ", after: "- after\n", indentation: 0),
    Frame(before: "key: ", after: "after: 1\n", indentation: 0),
    Frame(before: "ключ: &anchor !!str ", after: "after: *anchor\n", indentation: 0),
    Frame(before: "key: !!str # note\n      ", after: "after: 1\n", indentation: 0),
    Frame(before: "a:\n  - b: 1\n    c: ", after: "    d: 2\ne: 3\n", indentation: 4),
    Frame(before: "a:\n- - ", after: "  - x\n", indentation: 2),
    Frame(before: "\u{FEFF}# é\na:\n    b: ", after: "c: 1\n", indentation: 4),
    Frame(before: "{a: ", after: ", b: c}\n", indentation: -1, isFlow: true),
    Frame(before: "k:\n  [x, ", after: "]\n", indentation: 0, isFlow: true),
  ]

  private var random: SeededRandom
  private var words: [String] = []

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func document(_ style: YAMLScalar.Style) -> Document {
    words = []
    let isBlock = style == .literal || style == .folded
    guard let frame = random.pick(Self.frames.filter { !($0.isFlow && isBlock) }) else {
      return Document(text: "", words: [])
    }
    let scalar =
      switch style {
      case .plain: folded(frame, separators: [" ", "  ", "\t"], pieces: [])
      case .singleQuoted:
        "'" + folded(frame, separators: [" ", "  ", "\t", ""], pieces: ["''", "\"", "\\"]) + "'"
      case .doubleQuoted:
        "\"" + folded(frame, separators: [" ", "  ", "\t", ""], pieces: Self.escapes) + "\""
      case .literal: block("|", frame)
      case .folded: block(">", frame)
      }
    let end = frame.isFlow || isBlock ? "" : "\n"
    return Document(text: frame.before + breaks(scalar) + end + frame.after, words: words)
  }

  private static let escapes = [
    "\\n", "\\t", "\\\"", "\\\\", "\\x41", "\\u00e9", "\\U0001F600", "\\0", "\\_", "\\L", "\\ ", "'", "\\\n",
    "é",
  ]

  private mutating func word() -> String {
    let word = "w\(words.count)z"
    words.append(word)
    return word
  }

  private mutating func folded(_ frame: Frame, separators: [String], pieces: [String]) -> String {
    let indentation = String(repeating: " ", count: max(frame.indentation + 1, 1))
    var text = word()
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      switch Int.random(in: 0...3, using: &random) {
      case 0: text += spaces() + "\n" + blankLines() + indentation + spaces() + word()
      case 1 where !pieces.isEmpty: text += piece(pieces, indentation)
      case 2: text += (random.pick(separators) ?? " ") + word()
      default: text += " " + word() + (random.chance(2) ? "é😀" : "")
      }
    }
    if !pieces.isEmpty, random.chance(3) { text = spaces() + text + spaces() }
    return text
  }

  private mutating func piece(_ pieces: [String], _ indentation: String) -> String {
    let piece = random.pick(pieces) ?? ""
    return piece == "\\\n" ? piece + blankLines() + indentation + spaces() : piece
  }

  private mutating func block(_ indicator: String, _ frame: Frame) -> String {
    let step = Int.random(in: 1...4, using: &random)
    let hasIndicator = random.chance(2)
    var header = indicator + (random.pick(["", "-", "+"]) ?? "")
    if hasIndicator { header += String(step) }
    if random.chance(4) { header += "  # note" }
    let indentation = String(repeating: " ", count: max(frame.indentation, 0) + step)
    var lines: [String] = hasIndicator && random.chance(2) ? [indentation + "  " + word()] : []
    lines.append(contentsOf: random.chance(3) ? ["", ""] : [])
    if !hasIndicator {
      // Without an indicator the first line with text sets the indentation.
      guard !random.chance(12) else { return header + "\n" + blankLines() }
      lines.append(indentation + word())
    }
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      lines.append(line(indentation))
    }
    return header + "\n" + lines.map { $0 + "\n" }.joined()
  }

  private mutating func line(_ indentation: String) -> String {
    switch Int.random(in: 0...6, using: &random) {
    case 0: ""
    case 1: String(indentation.dropLast())
    case 2: indentation + "  "
    case 3: indentation + "  " + word()
    case 4: indentation + "\t" + word()
    case 5: indentation + "# " + word() + ": 'é'  "
    default: indentation + word() + "  😀 " + word()
    }
  }

  private mutating func spaces() -> String {
    random.pick(["", "", " ", "   "]) ?? ""
  }

  private mutating func blankLines() -> String {
    random.pick(["", "", "\n", "  \n\n"]) ?? ""
  }

  /// Every line break of YAML 1.1, one kind a document or mixed.
  private mutating func breaks(_ text: String) -> String {
    let kinds = ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"]
    guard random.chance(3), let kind = random.pick(kinds) else { return text }
    let isMixed = random.chance(2)
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      let replaced = scalar == "\n" && !(isMixed && random.chance(2))
      result.unicodeScalars.append(contentsOf: replaced ? kind.unicodeScalars : String(scalar).unicodeScalars)
    }
  }
}
