/// What can be told of a regular expression by its text.
///
/// Errs to one side: anything but the plain constructs counts as the worst.
struct RegexShape {
  /// Whether it can match the empty string.
  let canMatchEmpty: Bool
  /// Whether matching takes no longer than a small power of the text's length: no choice inside a
  /// repetition, and few of either.
  let isHarmless: Bool
  /// That power, where it is harmless: a repetition may be tried at each place of a text, and from each.
  let power: Int
  /// In how many ways its branches can be combined.
  let choices: Int

  init(_ pattern: String) {
    var reader = RegexReader(pattern)
    let isEmpty = reader.alternation()
    let isUnderstood = !reader.isLost && reader.next == nil
    canMatchEmpty = isEmpty || !isUnderstood
    isHarmless = isUnderstood && !reader.isNested && reader.repetitions <= 3 && reader.choices <= 500
    power = 1 + reader.repetitions - (reader.endsInRepetition ? 1 : 0)
    choices = reader.choices
  }
}

/// Reads a regular expression once, from the left.
private struct RegexReader {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  /// Set at a construct that is not understood.
  private(set) var isLost = false
  /// How many repetitions have been read whose end is not clear from the character after them.
  private(set) var repetitions = 0
  /// Whether one of those is the last thing of the pattern, of one character: nothing after it can fail.
  private(set) var endsInRepetition = false
  /// In how many ways the branches and optional parts outside of repetitions can be combined.
  private(set) var choices = 1
  /// Whether a choice is inside a repetition. `(a+)+` and `(a|a)*` double the time with each character.
  private(set) var isNested = false

  /// How many repetitions, clear or not, counted or not, and choices have been read.
  private var turns = 0

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
  }

  var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Reads branches up to a closing parenthesis or the end.
  ///
  /// - Returns: whether one can match nothing, as the other methods say it of what they read.
  mutating func alternation() -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return lose() }
    var isEmpty = sequence()
    var branches = 1
    while next == "|" {
      position += 1
      branches += 1
      if sequence() { isEmpty = true }
    }
    if branches > 1 { choose(among: branches) }
    return isEmpty
  }

  private mutating func choose(among count: Int) {
    turns += 1
    choices = min(1_000_000, choices * min(count, 1000))
  }

  private mutating func lose() -> Bool {
    isLost = true
    return true
  }

  private mutating func sequence() -> Bool {
    var isEmpty = true
    while let scalar = next, scalar != "|", scalar != ")", !isLost {
      let start = position
      let turnsBefore = turns
      let choicesBefore = choices
      let atomIsEmpty = atom(scalar)
      let content = scalars[start..<position]
      let holdsTurns = turns > turnsBefore
      if !quantifiers(after: content, holdsTurns: holdsTurns) && !atomIsEmpty { isEmpty = false }
      if isNested { choices = choicesBefore }
    }
    return isEmpty
  }

  /// Reads an atom.
  private mutating func atom(_ scalar: Unicode.Scalar) -> Bool {
    position += 1
    switch scalar {
    case "(": return group()
    case "[":
      skipClass()
      return false
    case "\\": return escape()
    case "^", "$": return true
    case "*", "+", "?", "{": return lose()
    default: return false
    }
  }

  private mutating func group() -> Bool {
    var takesNothing = false
    if next == "?" {
      position += 1
      switch groupKind() {
      case .plain: break
      case .look: takesNothing = true
      case .flags: return true
      case .unknown: return lose()
      }
    }
    let isEmpty = alternation()
    guard next == ")" else { return lose() }
    position += 1
    return takesNothing || isEmpty
  }

  private enum GroupKind {
    case plain
    /// Looks around and takes nothing.
    case look
    /// Sets flags and is already over.
    case flags
    case unknown
  }

  /// Reads what follows `(?`.
  private mutating func groupKind() -> GroupKind {
    for sign in ["=", "!", "<=", "<!"] where scalars[position...].starts(with: sign.unicodeScalars) {
      position += sign.count
      return .look
    }
    if next == "<" {
      guard let end = scalars[position...].firstIndex(of: ">"), end > position + 1 else { return .unknown }
      position = end + 1
      return .plain
    }
    // The flag x gives spaces and signs another meaning.
    while let flag = next, flag == "i" || flag == "m" || flag == "s" || flag == "-" { position += 1 }
    switch next {
    case ":":
      position += 1
      return .plain
    case ")":
      position += 1
      return .flags
    default: return .unknown
    }
  }

  private mutating func skipClass() {
    if next == "^" { position += 1 }
    if next == "]" { position += 1 }
    while let scalar = next {
      position += 1
      switch scalar {
      case "]": return
      case "\\": position += 1
      case "[":
        // Only a name such as [:alpha:] can be in it; classes inside classes are not understood.
        guard next == ":", let end = scalars[position...].firstIndex(of: "]"), scalars[end - 1] == ":" else {
          isLost = true
          return
        }
        position = end + 1
      default: break
      }
    }
    isLost = true
  }

  /// Reads `\d`, `\.`, …; references and the rest are not understood.
  private mutating func escape() -> Bool {
    guard let scalar = next else { return lose() }
    position += 1
    switch scalar {
    case "d", "D", "w", "W", "s", "S", "h", "H", "t", "n", "r", "f", "v": return false
    case "b", "B", "A", "Z", "z": return true
    case "a"..."z", "A"..."Z", "0"..."9": return lose()
    default: return !scalar.isASCII && lose()
    }
  }

  /// Reads what comes after the atom `content`.
  ///
  /// - Returns: whether it lets the atom be left out.
  private mutating func quantifiers(after content: ArraySlice<Unicode.Scalar>, holdsTurns: Bool) -> Bool {
    var isOptional = false
    var repeats = false
    var isFirst = true
    while let scalar = next, scalar == "*" || scalar == "?" || scalar == "+" || scalar == "{" {
      position += 1
      switch scalar {
      case "?":
        isOptional = true
        // After another one it only says which length is tried first.
        if isFirst { choose(among: 2) }
      case "*":
        isOptional = true
        repeats = true
      case "+": repeats = true
      default:
        isOptional = true
        switch count() {
        case .unknown: return lose()
        case .fixed:
          turns += 1
          if holdsTurns { isNested = true }
        case .range: repeats = true
        }
      }
      // A second repetition of the same atom is one of a repetition.
      if !isFirst, scalar != "?", scalar != "+" { isNested = true }
      isFirst = false
    }
    if repeats {
      turns += 1
      if holdsTurns { isNested = true }
      if !endsClearly(content) {
        repetitions += 1
        endsInRepetition = content.first != "(" && scalars[position...].allSatisfy { $0 == ")" }
      }
    }
    return isOptional
  }

  private enum Count {
    case fixed
    case range
    case unknown
  }

  /// Reads the rest of `{2}`, `{2,}`, `{2,5}`, `{,5}`.
  private mutating func count() -> Count {
    guard let end = scalars[position...].firstIndex(of: "}") else { return .unknown }
    let parts = scalars[position..<end].split(separator: ",", omittingEmptySubsequences: false)
    position = end + 1
    let isShort = parts.allSatisfy { part in
      part.count <= 2 && part.allSatisfy { ("0"..."9").contains($0) }
    }
    guard isShort, parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { return .unknown }
    return parts.count == 1 ? .fixed : .range
  }

  /// Whether a repetition of `[^/]` comes before a `/`: it can end at one place only.
  private func endsClearly(_ content: ArraySlice<Unicode.Scalar>) -> Bool {
    guard content.starts(with: "[^".unicodeScalars) else { return false }
    var place = position
    while place < scalars.count, scalars[place] == ")" || scalars[place] == "\\" { place += 1 }
    if place < scalars.count, scalars[place] == "$" { return true }
    guard place < scalars.count else { return true }
    return content.dropFirst(2).dropLast().contains(scalars[place])
  }
}
