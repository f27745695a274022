import Hummingbird

/// What parts of a path and of a query say.
enum PathText {
  /// The text of a part of a path: `%2F` is decoded, once. What decodes to no text stays as it is.
  static func decoded(_ part: some StringProtocol) -> String {
    part.removingPercentEncodingOnce ?? String(part)
  }

  /// The text of a part that was encoded as in a form: a `+` is a space besides.
  static func formDecoded(_ part: some StringProtocol) -> String {
    decoded(String(part).replacing("+", with: " "))
  }
}

extension StringProtocol {
  fileprivate var removingPercentEncodingOnce: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.count >= 2, let escaped = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        else { return nil }
        bytes.append(escaped)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension BasicRequestContext {
  /// The text of a parameter of the path, decoded once.
  func path(_ name: String) -> String { PathText.decoded(parameters.get(name) ?? "") }

  /// The text of a parameter of the path that was encoded as in a form.
  func form(_ name: String) -> String { PathText.formDecoded(parameters.get(name) ?? "") }
}

extension Request {
  /// The values of a parameter of the query, in their order.
  func query(_ name: String) -> [String] {
    (uri.query ?? "").split(separator: "&").compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard PathText.formDecoded(parts[0]) == name else { return nil }
      return parts.count > 1 ? PathText.formDecoded(parts[1]) : ""
    }
  }

  /// Whether a parameter of the query says `true`.
  func isTrue(_ name: String) -> Bool { query(name).last?.lowercased() == "true" }
}
