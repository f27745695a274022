/// The variables in a `.env` file, by the syntax of python-dotenv: `export`, values in single or double quotes with
/// their escapes and over many lines, comments, and `${NAME}` or `${NAME:-default}` in values. Commands are not run.
struct DotEnvFile {
  /// A variable, and where its name begins.
  struct Variable: Hashable {
    var name: String
    var value: String
    var location: SourceLocation
  }

  /// The variables in the file's order, each name once: in its first place, with its last value.
  private(set) var variables: [Variable] = []
  /// The lines that set nothing.
  private(set) var diagnostics: [Diagnostic] = []

  private let text: [Unicode.Scalar]
  private let file: String
  private let environment: [String: String]
  private var index = 0
  private var line = 1
  private var lineStart = 0

  /// Reads the text of a file. `environment` is what `${NAME}` is looked for in besides the file's lines above it.
  init(_ text: String, file: String, environment: [String: String]) {
    // A byte order mark is no part of the first name; both Windows' and old Macs' line ends are line ends.
    self.text = Array(
      text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars.drop { $0 == "\u{FEFF}" })
    self.file = file
    self.environment = environment
    while skipSpace(andLines: true) { readLine() }
  }

  // MARK: Lines

  private mutating func readLine() {
    let location = SourceLocation(file: file, line: line, column: index - lineStart + 1)
    if next == "#" { return skipLine() }
    skipExport()
    let name = readName()
    _ = skipSpace()
    guard !name.isEmpty, next == "=" else {
      // A name alone is a variable without a value, which sets nothing.
      let isNameAlone = !name.isEmpty && isAtEndOfValue
      skipLine()
      if !isNameAlone { report(at: location) }
      return
    }
    index += 1
    _ = skipSpace()
    guard let value = readValue() else {
      report(at: location)
      return skipLine()
    }
    set(Variable(name: name, value: expanded(value), location: location))
    skipLine()
  }

  private mutating func skipExport() {
    let word = Array("export".unicodeScalars)
    guard text[index...].starts(with: word) else { return }
    let start = index
    index += word.count
    if !skipsSpace() { index = start }
  }

  /// Whether there was white space, and the line goes on.
  private mutating func skipsSpace() -> Bool {
    let start = index
    return skipSpace() && index > start
  }

  private mutating func readName() -> String {
    if next == "'", let end = text[(index + 1)...].firstIndex(of: "'"), !text[index..<end].contains("\n") {
      defer { index = end + 1 }
      return string(index + 1..<end)
    }
    let start = index
    while let scalar = next, scalar != "=", scalar != "#", !scalar.properties.isWhitespace { index += 1 }
    return string(start..<index)
  }

  private mutating func set(_ variable: Variable) {
    if let place = variables.firstIndex(where: { $0.name == variable.name }) {
      variables[place] = variable
    } else {
      variables.append(variable)
    }
  }

  private mutating func report(at location: SourceLocation) {
    diagnostics.append(
      Diagnostic(
        .warning, .invalidVariable, "this line sets no variable, and is ignored",
        help: "write `NAME=value`, and a value with spaces or # in it in quotes that are closed", at: location
      ))
  }
}

// MARK: Values

extension DotEnvFile {
  /// The value at the index; nil where its quote is not closed, or something follows it.
  private mutating func readValue() -> String? {
    guard let quote = next, quote == "'" || quote == "\"" else { return readPlainValue() }
    let start = (index: index, line: line, lineStart: lineStart)
    if let value = readQuoted(quote) {
      _ = skipSpace()
      if isAtEndOfValue { return value }
    }
    (index, line, lineStart) = start
    return nil
  }

  private mutating func readPlainValue() -> String {
    let start = index
    while let scalar = next, scalar != "\n" {
      if scalar == "#", index > start, text[index - 1].properties.isWhitespace { break }
      index += 1
    }
    var end = index
    while end > start, text[end - 1].properties.isWhitespace { end -= 1 }
    return string(start..<end)
  }

  private mutating func readQuoted(_ quote: Unicode.Scalar) -> String? {
    var value = String.UnicodeScalarView()
    index += 1
    while let scalar = next {
      index += 1
      if scalar == quote { return String(value) }
      if scalar == "\n" { (line, lineStart) = (line + 1, index) }
      if scalar == "\\", let escaped = next, let meant = Self.meaning(of: escaped, in: quote) {
        index += 1
        value.append(meant)
      } else {
        value.append(scalar)
      }
    }
    return nil
  }

  /// What a backslash and `escaped` stand for; nil where the backslash is one.
  private static func meaning(of escaped: Unicode.Scalar, in quote: Unicode.Scalar) -> Unicode.Scalar? {
    switch escaped {
    case "\\", "'": return escaped
    case _ where quote == "'": return nil
    case "\"": return escaped
    case "a": return "\u{07}"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    default: return nil
    }
  }

  /// The value with what its `${NAME}` stand for: of the lines above or the environment, else the default, else
  /// nothing.
  private func expanded(_ value: String) -> String {
    var result = ""
    var rest = Substring(value)
    while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      let parts = rest[start.upperBound..<end].split(
        separator: ":-", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let known = variables.first { $0.name == name }?.value ?? environment[name]
      result += rest[..<start.lowerBound]
      result += known ?? (parts.count > 1 ? String(parts[1]) : "")
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

// MARK: Characters

extension DotEnvFile {
  private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

  /// Whether nothing but a comment follows on the line.
  private var isAtEndOfValue: Bool { next.map { $0 == "\n" || $0 == "#" } ?? true }

  /// Skips white space; whether something follows it.
  private mutating func skipSpace(andLines: Bool = false) -> Bool {
    while let scalar = next, scalar.properties.isWhitespace {
      if scalar == "\n" {
        guard andLines else { return true }
        (line, lineStart) = (line + 1, index + 1)
      }
      index += 1
    }
    return index < text.count
  }

  private mutating func skipLine() {
    while let scalar = next, scalar != "\n" { index += 1 }
  }

  private func string(_ range: Range<Int>) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text[range])
    return String(scalars)
  }
}
