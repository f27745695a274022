import JQ

extension ConfigExpression {
  /// The whole expression with `path` in the place of the steps `replaced`, where it is short; the path alone otherwise.
  func replacing(_ replaced: [String?], with path: String) -> String {
    let bytes = Array(text.utf8)
    guard let range = expression.program?.body?.range(ofPath: replaced), bytes.count <= 60,
      bytes.indices.contains(range.lowerBound),
      String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self) == KeyCensus.path(replaced)
    else { return path }
    let mended = bytes[..<range.lowerBound] + Array(path.utf8) + bytes[range.upperBound...]
    return String(decoding: mended, as: UTF8.self).trimmed
  }
}
