extension Printer {
  mutating func write(_ template: StringTemplate) {
    if let format = template.format { write("@\(format) ") }
    write("\"")
    for part in template.parts {
      switch part {
      case .text(let text): writeEscaped(text)
      case .interpolation(let inner):
        write("\\(")
        write(inner)
        write(")")
      }
    }
    write("\"")
  }

  private mutating func writeEscaped(_ text: String) {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    write(escaped)
  }

  mutating func write(_ entries: [ObjectEntry]) {
    write("{")
    for (index, entry) in entries.enumerated() {
      if index > 0 { write(", ") }
      writeKey(entry.key)
      guard let value = entry.value else { continue }
      write(": ")
      writeValue(value)
    }
    write("}")
  }

  private mutating func writeKey(_ key: ObjectEntry.Key) {
    switch key {
    case .name(let name): writeName(name)
    case .string(let template): write(template)
    case .variable(let name): write("$\(name)")
    case .location: write("$__loc__")
    case .computed(let expression): write(Expression(.parenthesized(expression)))
    }
  }

  /// jq 1.6 takes a minus in an object's value, but no other operator.
  private mutating func writeValue(_ value: Expression) {
    if case .negate = value.node { return write(value) }
    write(value, atLeast: .term)
  }

  private mutating func writeName(_ name: String) {
    if isName(name) { write(name) } else { write(StringTemplate(name)) }
  }

  mutating func write(_ patterns: [Pattern]) {
    for (index, pattern) in patterns.enumerated() {
      if index > 0 { write(" ?// ") }
      write(pattern)
    }
  }

  private mutating func write(_ pattern: Pattern) {
    switch pattern {
    case .variable(let name): write("$\(name)")
    case .array(let elements):
      write("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { write(", ") }
        write(element)
      }
      write("]")
    case .object(let entries):
      write("{")
      for (index, entry) in entries.enumerated() {
        if index > 0 { write(", ") }
        write(entry)
      }
      write("}")
    }
  }

  private mutating func write(_ entry: ObjectPatternEntry) {
    switch entry.key {
    case .name(let name): writeName(name)
    case .string(let template): write(template)
    case .variable(let name): write("$\(name)")
    case .computed(let expression): write(Expression(.parenthesized(expression)))
    }
    guard let pattern = entry.pattern else { return }
    write(": ")
    write(pattern)
  }
}
