import RawJSON

/// Writes JSON as YAML that a person reads: blocks, and quotes only where they are needed.
struct YAMLWriter {
  private let scanner: JSONScanner
  private var output = ""

  /// The valid JSON `document` as YAML.
  static func yaml(_ document: [UInt8]) -> [UInt8] {
    document.withScanner { scanner in
      var writer = YAMLWriter(scanner: scanner)
      guard let range = try? scanner.checkDocument() else { return [] }
      writer.write(range, indent: 0, isInline: false)
      return Array(writer.output.utf8)
    }
  }

  private init(scanner: JSONScanner) {
    self.scanner = scanner
  }

  /// Writes a value whose first line may be where the output is.
  private mutating func write(_ range: Range<Int>, indent: Int, isInline: Bool) {
    switch scanner.kind(range) {
    case .object:
      let members = scanner.lastMembers(range.lowerBound)
      if members.isEmpty {
        output += " {}\n"
      } else {
        writeObject(members, indent: indent, isInline: isInline)
      }
    case .array:
      var elements: [Range<Int>] = []
      scanner.forEachElement(range.lowerBound) { elements.append($0) }
      if elements.isEmpty {
        output += " []\n"
      } else {
        writeArray(elements, indent: indent, isInline: isInline)
      }
    case .string:
      output += " \(Self.scalar(scanner.text(range)))\n"
    default:
      output += " \(String(decoding: scanner.slice(range), as: UTF8.self))\n"
    }
  }

  private mutating func writeObject(_ members: [JSONMember], indent: Int, isInline: Bool) {
    for (place, member) in members.enumerated() {
      begin(isFirst: place == 0, indent: indent, isInline: isInline)
      output += Self.scalar(scanner.text(member.key)) + ":"
      breakBefore(member.value)
      let isArray = scanner.kind(member.value) == .array
      write(member.value, indent: isArray ? indent : indent + 2, isInline: false)
    }
  }

  private mutating func writeArray(_ elements: [Range<Int>], indent: Int, isInline: Bool) {
    for (place, element) in elements.enumerated() {
      begin(isFirst: place == 0, indent: indent, isInline: isInline)
      output += "-"
      if isContainer(element) { output += " " }
      write(element, indent: indent + 2, isInline: true)
    }
  }

  private mutating func begin(isFirst: Bool, indent: Int, isInline: Bool) {
    if !(isFirst && isInline) { output += String(repeating: " ", count: indent) }
  }

  private mutating func breakBefore(_ range: Range<Int>) {
    if isContainer(range) { output += "\n" }
  }

  /// Whether the value takes lines of its own: an object or array that is not empty.
  private func isContainer(_ range: Range<Int>) -> Bool {
    switch scanner.kind(range) {
    case .object: scanner.byte(scanner.skipWhitespace(range.lowerBound + 1)) != UInt8(ascii: "}")
    case .array: scanner.byte(scanner.skipWhitespace(range.lowerBound + 1)) != UInt8(ascii: "]")
    default: false
    }
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
    if isPlain { return text }
    var json: [UInt8] = []
    JSONText.encode(text, into: &json)
    return String(decoding: json, as: UTF8.self)
  }

  private static func isPlainCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "_", "-", ".", "/", "+", "@", "(", ")": true
    default: false
    }
  }
}
