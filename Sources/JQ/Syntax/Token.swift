/// One word of a jq program.
struct Token: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case identifier
    case field
    case variable
    case number
    case format
    case keyword(Keyword)
    case symbol(Symbol)
    case location
    case stringStart
    case stringText
    case interpolationStart
    case interpolationEnd
    case stringEnd
    /// The first text that is no word of jq: ``Lexer/fault`` says why.
    case fault
    case end
  }

  let kind: Kind
  let range: Range<Int>
  /// The name, the digits or the text of the string, without what marks it as such; a location's line.
  let text: String
}

enum Keyword: String, Sendable, CaseIterable {
  case and, `as`, `break`, `catch`, def, elif, `else`, end, foreach, `if`, `import`, include, label, module,
    or
  case reduce, then, `try`
}

enum Symbol: String, Sendable, CaseIterable {
  case dot = "."
  case dots = ".."
  case question = "?"
  case semicolon = ";"
  case comma = ","
  case colon = ":"
  case pipe = "|"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case alternative = "//"
  case assign = "="
  case modify = "|="
  case plusAssign = "+="
  case minusAssign = "-="
  case starAssign = "*="
  case slashAssign = "/="
  case percentAssign = "%="
  case alternativeAssign = "//="
  case patternAlternative = "?//"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"

  /// The symbols by their first byte, the longer ones first, as the longest that fits is the one meant.
  static let byFirstByte = Dictionary(
    grouping: allCases.map { (bytes: Array($0.rawValue.utf8), symbol: $0) }
      .sorted { $0.bytes.count > $1.bytes.count },
    by: \.bytes[0])

  /// What closes this bracket; nil for a symbol that opens none.
  var closing: Symbol? {
    switch self {
    case .openParenthesis: .closeParenthesis
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }

  var isClosing: Bool {
    self == .closeParenthesis || self == .closeBracket || self == .closeBrace
  }
}
