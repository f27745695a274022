/// Finds the scalars behind the keys of a mapping file: enough YAML to read what mappings are written in.
///
/// What it takes wrongly is no harm: any text that is jq can be tested.
struct MappingText {
  private var lines: ArraySlice<Substring>
  private(set) var scalars: [String] = []

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() { read(line) }
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
    case "'": scalars.append(quoted(value, by: "'", deeperThan: indentation, "''", "'"))
    case "\"": scalars.append(quoted(value, by: "\"", deeperThan: indentation, "\\\"", "\""))
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
    return block
  }

  private mutating func quoted(
    _ start: String, by quote: Character, deeperThan indentation: Int, _ escaped: String, _ plain: String
  ) -> String {
    var text = start
    if text.last != quote || text.count == 1 {
      text += " " + block(deeperThan: indentation).joined(separator: " ")
    }
    return String(text.dropFirst().dropLast()).replacing(escaped, with: plain)
  }
}
