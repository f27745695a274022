import RawJSON

/// Reads a query as people write it.
struct SearchText {
  /// How many bytes a query has at most: it is written by hand.
  private static let maximumBytes = 1 << 14

  private let text: String

  /// The signs between a field and its value; those that begin with another one come first.
  private static let signs = ["!=", "!~", ">=", "<=", "=", "~", ">", "<"]

  private static let metaNames = Set(SearchField.Meta.allCases.map { String($0.rawValue.dropFirst()) })

  init(_ text: String) {
    self.text = text
  }

  func read() throws(CatalogError) -> SearchNode {
    guard text.utf8.count <= Self.maximumBytes else {
      throw .query("the query has more than \(Self.maximumBytes) bytes", advice: "write it as JSON")
    }
    var nodes: [SearchNode] = []
    for term in try terms() { nodes.append(try node(term)) }
    return .all(nodes)
  }

  // MARK: Terms

  /// A character, and whether it was in quotes, where it is no sign.
  private struct Letter {
    var character: Character
    var isQuoted: Bool
  }

  private typealias Term = [Letter]

  private func terms() throws(CatalogError) -> [Term] {
    var terms: [Term] = []
    var term: Term = []
    var isOpen = false
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isQuoted, !isEscaped, character == "\\" {
        isEscaped = true
      } else if character == "\"", !isEscaped {
        isQuoted.toggle()
        isOpen = true
      } else if character.isWhitespace, !isQuoted {
        if isOpen { terms.append(term) }
        (term, isOpen) = ([], false)
      } else {
        term.append(Letter(character: character, isQuoted: isQuoted))
        (isOpen, isEscaped) = (true, false)
      }
    }
    guard !isQuoted else { throw .query("a quote is not closed", advice: "write \" at the end of the value") }
    if isOpen { terms.append(term) }
    return terms
  }

  private func node(_ term: Term) throws(CatalogError) -> SearchNode {
    guard let (place, sign) = Self.sign(in: term) else { return Self.words(Self.text(term[...])) }
    let name = Self.text(term[..<place])
    guard !name.isEmpty else {
      throw .query("`\(Self.text(term[...]))` names no field", advice: "write it as name\(sign)value")
    }
    let field = try SearchField(Self.metaNames.contains(name) ? "$" + name : name)
    let values = term[(place + sign.count)...].split(omittingEmptySubsequences: false) {
      $0.character == "," && !$0.isQuoted
    }
    return try Self.condition(
      field, name, sign, values.map { (Self.text($0), $0.contains(where: \.isQuoted)) })
  }

  private static func sign(in term: Term) -> (Int, String)? {
    for place in term.indices where !term[place].isQuoted {
      for sign in signs {
        let found = term[place...].prefix(sign.count)
        if text(found) == sign, !found.contains(where: \.isQuoted) { return (place, sign) }
      }
    }
    return nil
  }

  private static func text(_ letters: ArraySlice<Letter>) -> String { String(letters.map(\.character)) }

  // MARK: Conditions

  private static func words(_ text: String) -> SearchNode {
    let test = SearchTest(check: .mentions(text.lowercased()))
    return .any([.field(.meta(.title), test), .field(.meta(.identifier), test)])
  }

  private static func condition(
    _ field: SearchField, _ name: String, _ sign: String, _ values: [(text: String, isQuoted: Bool)]
  ) throws(CatalogError) -> SearchNode {
    let isNegated = sign.hasPrefix("!")
    if values.count == 1, values[0].text.isEmpty, !values[0].isQuoted {
      guard sign == "=" || sign == "!=" else { throw .query("`\(name)\(sign)` has no value after it") }
      return .field(field, SearchTest(check: .isEmpty, isNegated: isNegated))
    }
    switch sign {
    case "=", "!=":
      let found = values.flatMap { meanings($0.text, isQuoted: $0.isQuoted) }
      let check = SearchCheck.isOneOf(
        found.filter { $0.text == nil }, texts: Set(found.compactMap(\.text)))
      return .field(field, SearchTest(check: check, isNegated: isNegated))
    case "~", "!~":
      let nodes = values.map {
        SearchNode.field(field, SearchTest(check: .mentions($0.text.lowercased()), isNegated: isNegated))
      }
      return isNegated ? .all(nodes) : .any(nodes)
    default:
      let order: SearchOrder =
        sign == ">" ? .greater : sign == ">=" ? .atLeast : sign == "<" ? .less : .atMost
      let nodes = values.flatMap { meanings($0.text, isQuoted: $0.isQuoted) }
        .map { SearchNode.field(field, SearchTest(check: .compares(order, $0))) }
      return .any(nodes)
    }
  }

  /// What a word can stand for: itself, and the number or the boolean that it looks like.
  private static func meanings(_ word: String, isQuoted: Bool) -> [SearchValue] {
    var meanings = [SearchValue(word)]
    guard !isQuoted else { return meanings }
    if word == "true" || word == "false" { meanings.append(.boolean(word == "true")) }
    if let number = JSONDecimal(text: word) { meanings.append(.number(number)) }
    return meanings
  }
}
