extension YAMLNode {
  /// The node as JSON text without spaces, typed by YAML 1.1.
  ///
  /// Tags are obeyed, keys stay as written, timestamps are strings. Integers keep every digit. What JSON has
  /// no number for (`.inf`, `.nan`, an integer of another base beyond 64 bits) is its text as a string.
  public func json() -> String {
    var text = ""
    writeJSON(to: &text)
    return text
  }

  private func writeJSON(to output: inout String) {
    switch value {
    case .scalar(let scalar): writeJSON(scalar, to: &output)
    case .sequence(let nodes):
      output += "["
      for (index, node) in nodes.enumerated() {
        if index > 0 { output += "," }
        node.writeJSON(to: &output)
      }
      output += "]"
    case .mapping(let mapping):
      output += "{"
      for (index, entry) in mapping.entries.enumerated() {
        if index > 0 { output += "," }
        JSONText.append(entry.keyText, to: &output)
        output += ":"
        entry.value.writeJSON(to: &output)
      }
      output += "}"
    }
  }

  private func writeJSON(_ scalar: YAMLScalar, to output: inout String) {
    switch scalarType {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .integer(let integer) where integer.decimal != nil: output += integer.decimal ?? ""
    case .float(let value) where value.isFinite: output += value.description
    default: JSONText.append(scalar.text, to: &output)
    }
  }
}

private enum JSONText {
  /// Appends a text as a JSON string.
  static func append(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case "\0"..<" ": output += escape(scalar)
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
