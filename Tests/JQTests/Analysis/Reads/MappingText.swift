/// Finds the scalars after the keys of a mapping file: enough YAML to read what mappings are written in.
///
/// What it takes wrongly is no harm: any text that is jq can be tested.
struct MappingText {
  private var lines: ArraySlice<Substring> = []
  private(set) var scalars: [String] = []

  init(_ text: String) {
    if let document = JSONTree(text) {
      scalars = document.strings
    } else {
      lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
      while let line = lines.popFirst() { read(line) }
    }
    scalars = scalars.map(Self.withDoubleQuotes)
  }

  /// Single quotes at the start or the end of a word are double ones, as Ocean has it.
  private static func withDoubleQuotes(_ text: String) -> String {
    let characters = Array(text)
    func isSpace(_ place: Int) -> Bool {
      !characters.indices.contains(place) || characters[place].isWhitespace
    }
    func isInside(_ place: Int) -> Bool {
      !characters.indices.contains(place) || !(characters[place].isWhitespace || characters[place] == "\"")
    }
    return String(
      characters.indices.map { place in
        let isEdge = isSpace(place - 1) && isInside(place + 1) || isInside(place - 1) && isSpace(place + 1)
        return characters[place] == "'" && isEdge ? "\"" : characters[place]
      })
  }

  private mutating func read(_ line: Substring) {
    guard let match = line.firstMatch(of: #/^([ -]*)("[^"]*"|'[^']*'|[^\s'":#-][^:]*):\s+(\S.*)$/#) else {
      return
    }
    let indentation = match.1.count
    let value = String(match.3)
    switch value.first {
    case "|": scalars.append(block(deeperThan: indentation).joined(separator: "\n"))
    case ">": scalars.append(block(deeperThan: indentation).joined(separator: " "))
    case "'":
      let text = quoted(value, deeperThan: indentation).dropFirst().dropLast()
      scalars.append(String(text).replacing("''", with: "'"))
    case "\"":
      // A backslash ends a line that goes on without a space; the rest of the escapes is JSON's.
      let text = quoted(value, deeperThan: indentation)
        .replacing("\\ \\ ", with: " ").replacing("\\ ", with: "")
      scalars += JSONTree(text)?.strings ?? []
    default:
      let whole = [value] + block(deeperThan: indentation)
      scalars.append(whole.joined(separator: " ").replacing(#/\s#.*$/#, with: ""))
    }
  }

  private mutating func block(deeperThan indentation: Int) -> [String] {
    var block: [String] = []
    while let line = lines.first,
      line.prefix(while: { $0 == " " }).count > indentation || line.allSatisfy(\.isWhitespace)
    {
      block.append(String(line.drop { $0 == " " }))
      lines.removeFirst()
    }
    return block.filter { !$0.isEmpty }
  }

  private mutating func quoted(_ start: String, deeperThan indentation: Int) -> String {
    if start.last == start.first, start.count > 1 { return start }
    return ([start] + block(deeperThan: indentation)).joined(separator: " ")
  }
}

extension JSONTree {
  /// Every string in it; names are left out.
  fileprivate var strings: [String] {
    if case .string(let text) = self { return [text] }
    return children.flatMap(\.strings)
  }
}
