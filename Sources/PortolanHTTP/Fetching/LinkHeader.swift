/// The `Link` header of an answer (RFC 8288): `<https://api.example.org/items?page=2>; rel="next"`.
enum LinkHeader {
  /// The target of the link with that relation, nil where there is none.
  static func target(of relation: String, in values: [String]) -> String? {
    for value in values {
      var rest = Substring(value)
      while let link = nextLink(&rest) {
        let relations = link.relations.lowercased().split(separator: " ")
        if relations.contains(Substring(relation.lowercased())) { return link.target }
      }
    }
    return nil
  }

  /// Whether a header seems to name a relation, whether or not it can be read.
  static func names(_ relation: String, _ value: String) -> Bool {
    let value = value.lowercased().filter { $0 != "\"" && $0 != " " }
    return value.contains("rel=\(relation.lowercased())")
  }

  /// Takes the first link off `text`.
  private static func nextLink(_ text: inout Substring) -> (target: String, relations: String)? {
    guard let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else {
      return nil
    }
    let target = String(text[text.index(after: open)..<close])
    text = text[text.index(after: close)...]
    var relations = ""
    while let first = text.first, first != "," {
      text.removeFirst()
      guard first == ";" else { continue }
      let (name, value) = parameter(&text)
      if name == "rel", relations.isEmpty { relations = value }
    }
    if !text.isEmpty { text.removeFirst() }
    return (target, relations)
  }

  /// Takes `name="value"` off `text`, the value with or without quotes.
  private static func parameter(_ text: inout Substring) -> (name: String, value: String) {
    let name = text.prefix { $0 != "=" && $0 != ";" && $0 != "," }
    text = text[name.endIndex...]
    var value = ""
    if text.first == "=" {
      text.removeFirst()
      text = text.drop { $0 == " " }
      if text.first == "\"" {
        text.removeFirst()
        while let character = text.first, character != "\"" {
          text.removeFirst()
          if character == "\\", let escaped = text.first {
            text.removeFirst()
            value.append(escaped)
          } else {
            value.append(character)
          }
        }
        if !text.isEmpty { text.removeFirst() }
      } else {
        let token = text.prefix { $0 != ";" && $0 != "," }
        value = String(token).trimmingSpaces
        text = text[token.endIndex...]
      }
    }
    return (String(name).trimmingSpaces.lowercased(), value)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
