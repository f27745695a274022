/// Where in a YAML document a line is, by its indentation alone: what is being typed is seldom YAML.
package struct KeyContext: Sendable {
  /// The keys that lead to the mapping that the line is in, from the outermost.
  package private(set) var path: [String] = []
  /// The other keys of that mapping.
  package private(set) var siblings: [String] = []
  /// The kind of the resource that the line is in.
  package private(set) var kind: String?
  /// The blueprint that the resource's mapping names, where it is a text.
  package private(set) var blueprint: String?

  /// The place of the line `line`, counted from 0; on an empty line, that of the column `column`.
  package init(_ lines: [String], line: Int, column: Int) {
    let read = lines.map(Line.init)
    guard read.indices.contains(line) else { return }
    let own = read[line]
    let indent = own.isEmpty ? column : own.indent
    findPath(read, line, indent)
    findSiblings(read, line, indent)
    findResource(read, line)
  }

  private mutating func findPath(_ lines: [Line], _ line: Int, _ indent: Int) {
    var limit = indent
    if let dash = lines[line].dash { limit = dash + 1 }
    for above in lines[..<line].reversed() {
      guard !above.isEmpty, let key = above.key else { continue }
      if above.indent < limit {
        path.insert(key, at: 0)
        limit = above.indent
      }
      // The first key of a list's entry: what holds the list may be as far left as its dash.
      if let dash = above.dash, above.indent == limit { limit = dash + 1 }
    }
  }

  private mutating func findSiblings(_ lines: [Line], _ line: Int, _ indent: Int) {
    if lines[line].dash == nil {
      for above in lines[..<line].reversed() where !above.isEmpty {
        if above.indent < indent { break }
        guard above.indent == indent else { continue }
        if let key = above.key { siblings.insert(key, at: 0) }
        if above.dash != nil { break }
      }
    }
    for below in lines[(line + 1)...] where !below.isEmpty {
      if below.indent < indent || (below.dash.map { $0 < indent } ?? false) && below.indent == indent {
        break
      }
      if below.indent == indent, let key = below.key { siblings.append(key) }
    }
  }

  /// A resource is an entry of a list that has a `kind`.
  private mutating func findResource(_ lines: [Line], _ line: Int) {
    let dashes = lines.compactMap(\.dash)
    guard path.first == "resources", let outer = dashes.min() else { return }
    let start = lines[...line].lastIndex { $0.dash == outer } ?? line
    let end = lines[(line + 1)...].firstIndex { $0.dash == outer } ?? lines.count
    for line in lines[start..<end] {
      switch line.key {
      case "kind": kind = kind ?? line.value
      case "blueprint": blueprint = blueprint ?? line.value
      default: break
      }
    }
  }

  /// What one line says.
  private struct Line {
    /// The column of the outermost dash of a list's entry.
    var dash: Int?
    /// The column of what follows the dashes.
    var indent = 0
    var key: String?
    /// The value on the line, without quotes.
    var value: String?
    var isEmpty = true

    init(_ text: String) {
      var rest = Substring(text)
      func skipBlanks() -> Int {
        let count = rest.prefix { $0 == " " }.count
        rest = rest.dropFirst(count)
        return count
      }
      indent = skipBlanks()
      while rest.hasPrefix("- ") || rest == "-" {
        dash = dash ?? indent
        isEmpty = false
        rest = rest.dropFirst()
        indent += 1 + skipBlanks()
      }
      guard let first = rest.first, first != "#" else { return }
      isEmpty = false
      guard let colon = rest.firstIndex(of: ":") else { return }
      let after = rest[rest.index(after: colon)...]
      guard after.isEmpty || after.hasPrefix(" ") else { return }
      key = Self.unquoted(rest[..<colon])
      value = Self.unquoted(after)
    }

    private static func unquoted(_ text: Substring) -> String {
      let marks: Set<Character> = ["\"", "'", " "]
      return String(text.drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
    }
  }
}
