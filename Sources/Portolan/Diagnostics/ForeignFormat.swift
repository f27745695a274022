/// What a text looks like that is no JSON at all.
struct ForeignFormat {
  /// How many bytes of the text are looked at.
  private static let limit = 2000

  /// What it is called.
  let name: String
  /// What to do.
  let help: String

  /// What `bytes` look like, nil where that is not certain.
  init?(_ bytes: some Collection<UInt8>) {
    let text = String(decoding: bytes.prefix(Self.limit), as: UTF8.self).trimmed
    let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }
    guard let first = lines.first else { return nil }
    if first.hasPrefix("<") {
      let isHTML = ["<!doctype html", "<html"].contains { first.lowercased().hasPrefix($0) }
      name = isHTML ? "HTML" : "XML"
      help =
        isHTML
        ? "an API answers so where it asks to sign in, or where the address is that of a website"
        : "ask the API for JSON, as with the header `Accept: application/json`"
      return
    }
    if first == "---" || Self.isEntry(first)
      || (first.hasPrefix("- ") && Self.isEntry(String(first.dropFirst(2))))
    {
      name = "YAML"
      help = "turn it into JSON first, as `yq -o json` does"
      return
    }
    let columns = first.count { $0 == "," }
    guard columns > 0, lines.count > 1, first.first?.isLetter ?? false,
      !first.contains(where: "{}[]".contains),
      lines[1].count(where: { $0 == "," }) >= columns
    else { return nil }
    name = "CSV"
    help = "turn it into JSON first: an object a line, with the columns' names as keys"
  }

  /// Whether a line is an entry of a mapping in YAML: `key: value`.
  private static func isEntry(_ line: String) -> Bool {
    guard let colon = line.firstIndex(of: ":"), line.first.map({ $0.isLetter || $0 == "_" }) ?? false else {
      return false
    }
    let rest = line[line.index(after: colon)...]
    return (rest.isEmpty || rest.hasPrefix(" "))
      && line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "_-./ ".contains($0) }
  }
}
