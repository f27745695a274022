/// Reads one YAML 1.1 document.
package enum YAMLParser {
  /// Reads a UTF-8 text, with or without a byte order mark.
  ///
  /// Throws `YAMLError` for whatever keeps the text from being one document within the limits.
  package static func parse(
    _ bytes: some Collection<UInt8>, limits: YAMLLimits = .default
  ) throws(YAMLError) -> YAMLNode {
    let bytes = Array(bytes)
    try InputCheck.check(bytes)
    var composer = try Composer(SourceText(bytes), limits)
    return try composer.document()
  }

  /// Reads a text; offsets in positions count its UTF-8 bytes.
  ///
  /// Throws as `parse(_:limits:)` for bytes does.
  package static func parse(_ text: String, limits: YAMLLimits = .default) throws(YAMLError) -> YAMLNode {
    try parse(Array(text.utf8), limits: limits)
  }
}
