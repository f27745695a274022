/// What libyaml refused, and the way from its message to one that helps.
struct SyntaxProblem {
  let source: SourceText
  /// libyaml's message, such as "did not find expected key".
  let message: String
  let offset: Int
  /// What libyaml was doing, such as "while parsing a block mapping", and where that began.
  let context: String?
  let contextOffset: Int?

  func error() -> YAMLError {
    tabError() ?? SyntaxCause(self).error() ?? syntaxError()
  }

  /// A tab in the indentation is the cause, whatever libyaml says of it.
  private func tabError() -> YAMLError? {
    let line = source.lineBefore(offset: offset)
    let rest = source.bytes[line.lowerBound...]
    let indentation = rest.prefix { $0 == 0x20 || $0 == 0x09 }
    guard let tab = indentation.firstIndex(of: 0x09), !mayHoldTabs else { return nil }
    return YAMLError(
      reason: .tabIndentation, position: source.position(atOffset: tab),
      message: "a tab indents this line, and YAML allows only spaces there",
      help: "replace the tab by spaces")
  }

  /// Lines inside quotes and brackets may start with tabs.
  private var mayHoldTabs: Bool {
    guard let context else { return false }
    return context.contains("quoted scalar") || context.contains("flow")
  }

  private func syntaxError() -> YAMLError {
    let wording = SyntaxWording.wording(for: self)
    let place = wording.isAtContext ? contextOffset ?? offset : offset
    let original = context.map { "\(message) \($0)" } ?? message
    return YAMLError(
      reason: .syntax(original: original), position: source.position(atOffset: place),
      message: wording.message, help: wording.help)
  }

  /// The line up to the problem, without the blanks around it.
  var lineBefore: String { line(before: offset) }

  /// The line up to where libyaml began, without the blanks around it.
  var lineBeforeContext: String { line(before: contextOffset ?? offset) }

  private func line(before offset: Int) -> String {
    let bytes = source.bytes[source.lineBefore(offset: offset)]
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let trimmed = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return String(decoding: Array(trimmed), as: UTF8.self)
  }

  /// The character at the problem; nil at the text's end.
  var character: Character? {
    guard offset < source.bytes.count,
      let (value, _) = UTF8Decoding.scalar(in: source.bytes, at: offset)
    else { return nil }
    return Unicode.Scalar(value).map(Character.init)
  }

  /// Where what libyaml was reading began, as `line:column`.
  var contextPlace: String {
    source.position(atOffset: contextOffset ?? offset).description
  }
}
