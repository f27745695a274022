import RawJSON

extension YAMLNode {
  /// The node as JSON text without spaces, typed by YAML 1.1.
  ///
  /// Tags are obeyed, keys stay as written, timestamps are strings. Integers keep every digit. What JSON has
  /// no number for (`.inf`, `.nan`, an integer of another base beyond 64 bits) is its text as a string.
  package func json() -> String {
    var writer = JSONWriter()
    write(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(into writer: inout JSONWriter) {
    switch value {
    case .scalar(let scalar): write(scalar, into: &writer)
    case .sequence(let nodes):
      writer.array { writer in
        for node in nodes { node.write(into: &writer) }
      }
    case .mapping(let mapping):
      writer.object { writer in
        for entry in mapping.entries {
          writer.key(entry.keyText)
          entry.value.write(into: &writer)
        }
      }
    }
  }

  private func write(_ scalar: YAMLScalar, into writer: inout JSONWriter) {
    switch scalarType {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .integer(let integer): writer.json((integer.decimal ?? JSONText.quoted(scalar.text)).utf8)
    case .float(let value) where value.isFinite: writer.json(value.description.utf8)
    default: writer.text(scalar.text)
    }
  }
}
