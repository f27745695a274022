import RawJSON

/// Writes JSON as YAML that a person reads: blocks, and quotes only where they are needed.
struct YAMLWriter {
  private var output = ""

  /// The valid JSON `document` as YAML.
  static func yaml(_ document: [UInt8]) -> [UInt8] {
    var writer = YAMLWriter()
    writer.write(JSONView(valid: document), indent: 0, isInline: false)
    return Array(writer.output.utf8)
  }

  /// Writes a value; `isInline` if its first line is the one that the output ends with.
  private mutating func write(_ value: JSONView, indent: Int, isInline: Bool) {
    if let members = value.members, !members.isEmpty {
      writeObject(members, indent: indent, isInline: isInline)
    } else if let elements = value.elements, !elements.isEmpty {
      writeArray(elements, indent: indent, isInline: isInline)
    } else {
      output += " \(value.text.map(Self.scalar) ?? value.json)\n"
    }
  }

  private mutating func writeObject(
    _ members: [(key: String, value: JSONView)], indent: Int, isInline: Bool
  ) {
    for (place, (key, value)) in members.enumerated() {
      begin(isFirst: place == 0, indent: indent, isInline: isInline)
      output += Self.scalar(key) + ":"
      if Self.isBlock(value) { output += "\n" }
      write(value, indent: value.kind == .array ? indent : indent + 2, isInline: false)
    }
  }

  private mutating func writeArray(_ elements: [JSONView], indent: Int, isInline: Bool) {
    for (place, element) in elements.enumerated() {
      begin(isFirst: place == 0, indent: indent, isInline: isInline)
      output += "-"
      if Self.isBlock(element) { output += " " }
      write(element, indent: indent + 2, isInline: true)
    }
  }

  private mutating func begin(isFirst: Bool, indent: Int, isInline: Bool) {
    if !(isFirst && isInline) { output += String(repeating: " ", count: indent) }
  }

  /// Whether the value takes lines of its own: an object or array that is not empty.
  private static func isBlock(_ value: JSONView) -> Bool {
    !(value.members?.isEmpty ?? value.elements?.isEmpty ?? true)
  }

  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  /// A string as a plain scalar where YAML reads it back as that string, otherwise in double quotes.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
      && !text.hasSuffix(" ") && !words.contains(text.lowercased())
      && text.unicodeScalars.allSatisfy { isPlainCharacter($0) }
    return isPlain ? text : JSONText.quoted(text)
  }

  private static func isPlainCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "_", "-", ".", "/", "+", "@", "(", ")": true
    default: false
    }
  }
}
