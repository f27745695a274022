import YAMLTree

/// What helps where jq was written without quotes and begins with a bracket, which YAML reads as a list or a mapping.
struct BracketHelp {
  private let source: [UInt8]

  /// `source` is the file.
  init(_ source: [UInt8]) {
    self.source = source
  }

  /// What helps at the node that is no text, whose place in the config is `path`.
  func help(_ yaml: YAMLNode, _ path: String) -> String {
    let bytes = source[yaml.start.offset..<min(max(yaml.end.offset, yaml.start.offset), source.count)]
    let text = String(decoding: bytes, as: UTF8.self)
    guard let first = text.first, first == "[" || first == "{", !text.contains("\n"), SingleQuotes.isJQ(text)
    else { return "write the jq expression as text in one line, in YAML's quotes" }
    if Self.isOfText(path), let inner = Self.onlyPart(of: text) {
      return "a text is wanted, no \(first == "[" ? "list" : "object"): write `\(inner)`"
    }
    return "put it in quotes: `'\(text.replacing("'", with: "''"))'`"
  }

  /// Whether a text is wanted there, whatever the blueprint says.
  private static func isOfText(_ path: String) -> Bool {
    ["identifier", "title", "blueprint", "icon"].contains(path.split(separator: ".").last ?? "")
      && !path.contains("properties.") && !path.contains("relations.")
  }

  /// What is in the brackets, where it is one path alone: `.name` of `[.name]` and of `{a: .name}`.
  private static func onlyPart(of text: String) -> String? {
    let inner = String(text.dropFirst().dropLast()).trimmed
    return inner.wholeMatch(of: /(?:\w+:\s*)?(\.[\w.]+)/).map { String($0.output.1) }
  }
}
