/// What Oniguruma refuses in a pattern, in words, and where it most likely is.
struct RegexProblem {
  let message: String
  /// The byte of the pattern, nil where only the whole pattern is known to be wrong.
  let place: Int?
  /// The sign at fault, and what else to do than to write the sign itself.
  private let sign: String?
  private let other: String?

  init(_ refusal: String, in pattern: [UInt8]) {
    let signs = RegexSigns(pattern)
    if refusal.contains("unmatched parenthesis") {
      (message, sign, other) = (
        "the `(` of this regular expression is never closed", "(", "close it with `)`"
      )
      place = signs.openGroup
    } else if refusal.contains("unmatched close parenthesis") {
      (message, sign, other) = ("this `)` of the regular expression closes nothing", ")", "remove it")
      place = signs.strayClose
    } else if refusal.contains("premature end of char-class") {
      (message, sign, other) = (
        "the `[` of this regular expression is never closed", "[", "close it with `]`"
      )
      place = signs.openClass
    } else if refusal.contains("target of repeat operator") {
      let found = signs.repeatOfNothing
      let text = found.map { String(decoding: [pattern[$0]], as: UTF8.self) } ?? "*"
      (message, sign) = ("the `\(text)` of this regular expression has nothing before it to repeat", text)
      other = "write `.\(text)` for any signs"
      place = found
    } else {
      (message, sign, other) = ("this is no regular expression: \(refusal)", nil, nil)
      place = nil
    }
  }

  /// What to do; `written` gives jq's text as it is written in its place.
  func help(_ written: (String) -> String) -> String {
    guard let sign, let other else {
      return "a sign of regular expressions that stands for itself takes `\(written("\\\\"))` before it"
    }
    return "\(other), or write `\(written("\\\\" + sign))` for the sign itself"
  }
}

/// The brackets and repetitions of a pattern.
private struct RegexSigns {
  private(set) var openGroup: Int?
  private(set) var strayClose: Int?
  private(set) var openClass: Int?
  private(set) var repeatOfNothing: Int?

  init(_ pattern: [UInt8]) {
    var groups: [Int] = []
    var place = 0
    var hasTarget = false
    while place < pattern.count {
      let byte = pattern[place]
      if openClass != nil {
        if byte == UInt8(ascii: "\\") { place += 1 } else if byte == UInt8(ascii: "]") { openClass = nil }
        hasTarget = true
      } else {
        switch byte {
        case UInt8(ascii: "\\"):
          place += 1
          hasTarget = true
        case UInt8(ascii: "["): openClass = place
        case UInt8(ascii: "("):
          groups.append(place)
          hasTarget = false
          // `(?:`, `(?<name>`: the question mark repeats nothing and means something else.
          if place + 1 < pattern.count, pattern[place + 1] == UInt8(ascii: "?") { place += 1 }
        case UInt8(ascii: ")"):
          if groups.popLast() == nil, strayClose == nil { strayClose = place }
          hasTarget = true
        case UInt8(ascii: "|"): hasTarget = false
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
          if !hasTarget, repeatOfNothing == nil { repeatOfNothing = place }
        default: hasTarget = true
        }
      }
      place += 1
    }
    openGroup = groups.last
  }
}
