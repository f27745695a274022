import RawJSON

/// Writes JSON so that a tool that compares lines shows what has changed: each member and each element on a
/// line of its own, two spaces a level, keys in their order.
struct PrettyJSON {
  private let scanner: JSONScanner
  private var output: [UInt8] = []

  /// The valid values in `documents` as an array, with a line break at its end.
  static func array(_ documents: [[UInt8]]) -> [UInt8] {
    var output = Array("[".utf8)
    for (place, document) in documents.enumerated() {
      output += Array(place == 0 ? "\n  ".utf8 : ",\n  ".utf8)
      output += text(document, depth: 1)
    }
    return output + Array(documents.isEmpty ? "]\n".utf8 : "\n]\n".utf8)
  }

  /// The valid JSON `document`, whose first line stands `depth` levels in.
  static func text(_ document: [UInt8], depth: Int = 0) -> [UInt8] {
    document.withScanner { scanner in
      guard let range = try? scanner.checkDocument() else { return [] }
      var writer = PrettyJSON(scanner: scanner)
      writer.write(range, depth)
      return writer.output
    }
  }

  private init(scanner: JSONScanner) {
    self.scanner = scanner
  }

  private mutating func write(_ range: Range<Int>, _ depth: Int) {
    switch scanner.kind(range) {
    case .object:
      let members = scanner.lastMembers(range.lowerBound)
      write(members.count, "{", "}", depth) { writer, place in
        writer.scanner.copy(members[place].key, into: &writer.output)
        writer.output += Array(": ".utf8)
        writer.write(members[place].value, depth + 1)
      }
    case .array:
      let elements = scanner.elements(range)
      write(elements.count, "[", "]", depth) { writer, place in writer.write(elements[place], depth + 1) }
    default:
      scanner.copy(range, into: &output)
    }
  }

  private mutating func write(
    _ count: Int, _ open: String, _ close: String, _ depth: Int, _ entry: (inout PrettyJSON, Int) -> Void
  ) {
    output += Array(open.utf8)
    for place in 0..<count {
      output += Array(place == 0 ? "\n".utf8 : ",\n".utf8)
      indent(depth + 1)
      entry(&self, place)
    }
    if count > 0 {
      output.append(UInt8(ascii: "\n"))
      indent(depth)
    }
    output += Array(close.utf8)
  }

  private mutating func indent(_ depth: Int) {
    output += Array(repeating: UInt8(ascii: " "), count: 2 * depth)
  }
}
