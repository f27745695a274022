/// How a body begins, for a message: one line, and of a page its title.
package enum BodyExcerpt {
  /// Characters that an excerpt has at most, where nobody says how many.
  package static let longest = 200
  /// Bytes that are looked at: what follows is not shown, and a body may be large.
  private static let examined = 16384

  /// An excerpt of a body. Secrets are hidden before it is cut: half of one would not be found.
  package static func of(_ body: [UInt8], _ mask: SecretMask, longest: Int = longest) -> String {
    let text = mask.mask(String(decoding: body.prefix(examined), as: UTF8.self))
    let line = oneLine(title(of: text) ?? text[...])
    return line.count > longest ? line.prefix(longest - 1) + "…" : line
  }

  private static func title(of text: String) -> Substring? {
    let start = text.prefix(1024).lowercased()
    guard start.contains("<html") || start.contains("<!doctype html") else { return nil }
    guard let open = tag("<title", in: text[...]), let end = text[open...].firstIndex(of: ">") else {
      return nil
    }
    let rest = text[end...].dropFirst()
    let title = rest.prefix { $0 != "<" }
    return title.trimmingBlanks.isEmpty ? nil : title
  }

  private static func tag(_ name: String, in text: Substring) -> String.Index? {
    text.indices.first { text[$0] == "<" && text[$0...].prefix(name.count).lowercased() == name }
  }

  private static func oneLine(_ text: Substring) -> String {
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let category = scalar.properties.generalCategory
      visible.append(
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(category) ? " " : scalar)
    }
    return String(visible).split { $0.isWhitespace }.joined(separator: " ")
  }
}
