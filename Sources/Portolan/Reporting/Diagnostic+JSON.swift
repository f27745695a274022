import RawJSON

extension Diagnostic {
  /// The finding as a JSON object.
  ///
  /// - Parameters:
  ///   - file: what it is about where it has no place.
  ///   - advice: what to do about it where the reader is.
  /// - Returns: the object, UTF-8.
  package func json(file: String? = nil, advice: String?) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      if let file = location?.file ?? file { object.add("file", text: file) }
      if let start = location {
        object.add("line", start.line)
        object.add("column", start.column)
      }
      if let end {
        object.add("endLine", end.line)
        object.add("endColumn", end.column)
      }
      object.add("severity", text: severity.rawValue)
      object.add("rule", text: rule.rawValue)
      if let field { object.add("field", text: field) }
      object.add("message", text: message)
      if let advice { object.add("help", text: advice) }
    }
  }
}
