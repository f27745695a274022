import RawJSON

/// What a string in raw objects is, by its key and by the object that holds it.
enum RedactionRole: Sendable {
  /// Anything.
  case text
  /// A secret, whatever it looks like.
  case secret
  /// The address of an avatar.
  case avatar
  /// The name of a person.
  case name
  /// Something that may be a person's name: `creator`, `assignee`.
  case person
}

/// A string in raw objects.
struct RedactionString {
  /// Where it is, quotes included.
  let range: Range<Int>
  var role: RedactionRole

  /// Its text, escapes decoded.
  func text(in json: [UInt8]) -> String {
    json.withScanner(of: range) { $0.text(0..<$0.count) }
  }
}

/// Walks over valid JSON once and notes its strings, with what they are.
struct RedactionWalk {
  private(set) var strings: [RedactionString] = []
  private(set) var keys: RedactionKeys
  private let scanner: JSONScanner

  init(_ scanner: JSONScanner, _ keys: RedactionKeys) {
    self.scanner = scanner
    self.keys = keys
  }

  /// Notes the strings of the value at `index`, which the key before it gives `role`.
  ///
  /// - Returns: the index after it.
  mutating func value(_ index: Int, _ role: RedactionRole) -> Int {
    switch scanner.byte(index) {
    case UInt8(ascii: "{"): return object(index, role)
    case UInt8(ascii: "["): return array(index, role)
    case UInt8(ascii: "\""):
      let end = end(of: index)
      strings.append(RedactionString(range: index..<end, role: role))
      return end
    default: return end(of: index)
    }
  }

  private func end(of index: Int) -> Int { (try? scanner.skipValue(index)) ?? scanner.count }

  private mutating func array(_ index: Int, _ role: RedactionRole) -> Int {
    var i = scanner.skipWhitespace(index + 1)
    while i < scanner.count, scanner.byte(i) != UInt8(ascii: "]") {
      i = scanner.skipWhitespace(value(i, role))
      if scanner.byte(i) == UInt8(ascii: ",") { i = scanner.skipWhitespace(i + 1) }
    }
    return min(i + 1, scanner.count)
  }

  private mutating func object(_ index: Int, _ outer: RedactionRole) -> Int {
    var evidence: PersonEvidence = []
    var possibleNames: [Int] = []
    var i = scanner.skipWhitespace(index + 1)
    while let key = try? scanner.skipKeyText(i) {
      let known = keys.key(scanner.text(i..<key.end))
      i = scanner.skipWhitespace(scanner.skipWhitespace(key.end) + 1)
      let isString = scanner.byte(i) == UInt8(ascii: "\"")
      if isString, known.isPossibleName { possibleNames.append(strings.count) }
      let end = value(i, known.role(in: outer))
      evidence.formUnion(known.evidence)
      if isString, known.isKind, keys.isNoPerson(scanner.text(i..<end)) { evidence.insert(.other) }
      i = scanner.skipWhitespace(end)
      if scanner.byte(i) == UInt8(ascii: ",") { i = scanner.skipWhitespace(i + 1) }
    }
    if evidence.isPerson {
      for place in possibleNames { strings[place].role = .name }
    }
    return min(i + 1, scanner.count)
  }
}
