/// What can be told of a regular expression by its text.
///
/// Errs to one side: anything but the plain constructs counts as the worst.
struct RegexShape {
  /// Whether it can match the empty string.
  let canMatchEmpty: Bool
  /// Whether matching takes no longer than a small power of the text's length: no repetition inside
  /// a repetition, and few of them.
  let isHarmless: Bool

  init(_ pattern: String) {
    var reader = Reader(scalars: Array(pattern.unicodeScalars))
    let isEmpty = reader.alternation()
    let isUnderstood = !reader.isLost && reader.next == nil
    canMatchEmpty = isEmpty || !isUnderstood
    isHarmless = isUnderstood && !reader.isNested && reader.repetitions <= 4
  }
}

extension RegexShape {
  /// Reads a pattern once, from the left.
  fileprivate struct Reader {
    let scalars: [Unicode.Scalar]
    var position = 0
    /// Set at a construct that is not understood.
    var isLost = false
    var depth = 0
    /// How many repetitions without an end have been read.
    var repetitions = 0
    /// Whether one stands inside another.
    var isNested = false

    init(scalars: [Unicode.Scalar]) {
      self.scalars = scalars
    }

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func alternation() -> Bool {
      depth += 1
      defer { depth -= 1 }
      guard depth < 100 else {
        isLost = true
        return true
      }
      var isEmpty = sequence()
      while next == "|" {
        position += 1
        if sequence() { isEmpty = true }
      }
      return isEmpty
    }

    private mutating func sequence() -> Bool {
      var isEmpty = true
      while let scalar = next, scalar != "|", scalar != ")", !isLost {
        let before = repetitions
        let atomIsEmpty = atom(scalar)
        let inner = repetitions - before
        let quantifier = quantifier()
        if quantifier.isEndless {
          repetitions += 1
          if inner > 0 { isNested = true }
        }
        if !(quantifier.isOptional || atomIsEmpty) { isEmpty = false }
      }
      return isEmpty
    }

    /// Reads an atom; whether it can match nothing.
    private mutating func atom(_ scalar: Unicode.Scalar) -> Bool {
      position += 1
      switch scalar {
      case "(": return group()
      case "[":
        skipClass()
        return false
      case "\\": return escape()
      case "^", "$": return true
      case "*", "+", "?", "{":
        isLost = true
        return true
      default: return false
      }
    }

    private mutating func group() -> Bool {
      let looksAround = next == "?" && groupKind()
      let isEmpty = alternation()
      if next == ")" { position += 1 } else { isLost = true }
      return looksAround || isEmpty
    }

    /// Reads `?:`, `?<name>`, `?=`, `?!`, `?<=`, `?<!`; all else is not understood.
    ///
    /// - Returns: whether the group looks around and itself takes nothing.
    private mutating func groupKind() -> Bool {
      position += 1
      for sign in ["=", "!", "<=", "<!"] where scalars[position...].starts(with: sign.unicodeScalars) {
        position += sign.count
        return true
      }
      if next == ":" {
        position += 1
      } else if next == "<", position + 1 < scalars.count, scalars[position + 1].properties.isAlphabetic {
        while let scalar = next, scalar != ">" {
          _ = scalar
          position += 1
        }
        position += 1
      } else {
        isLost = true
      }
      return false
    }

    private mutating func skipClass() {
      if next == "^" { position += 1 }
      if next == "]" { position += 1 }
      var open = 1
      while open > 0, let scalar = next {
        position += 1
        switch scalar {
        case "\\": position += 1
        case "[": open += 1
        case "]": open -= 1
        default: break
        }
      }
      if open > 0 { isLost = true }
    }

    /// `\d`, `\.`, …; anchors, references and the rest can match nothing or are not understood.
    private mutating func escape() -> Bool {
      guard let scalar = next else {
        isLost = true
        return true
      }
      position += 1
      switch scalar {
      case "d", "D", "w", "W", "s", "S", "h", "H", "t", "n", "r", "f", "v": return false
      case "b", "B", "A", "Z", "z": return true
      case "a"..."z", "A"..."Z", "0"..."9":
        isLost = true
        return true
      default: return false
      }
    }

    /// Reads what follows an atom: whether it lets the atom be left out, and repeated without end.
    private mutating func quantifier() -> (isOptional: Bool, isEndless: Bool) {
      var isOptional = false
      var isEndless = false
      while let scalar = next, scalar == "*" || scalar == "?" || scalar == "+" || scalar == "{" {
        position += 1
        switch scalar {
        case "{":
          isOptional = true
          isEndless = true
          position = scalars[position...].firstIndex(of: "}").map { $0 + 1 } ?? scalars.count
        case "?": isOptional = true
        case "*":
          isOptional = true
          isEndless = true
        default: isEndless = true
        }
      }
      return (isOptional, isEndless)
    }
  }
}
