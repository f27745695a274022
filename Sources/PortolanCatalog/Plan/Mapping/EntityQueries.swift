import Portolan
import RawJSON

/// A search query in an entity that a mapping made.
struct EntityQuery: Sendable {
  /// Where it is: `identifier`, `team`, `relations.owner`.
  var field: String
  /// The query.
  var json: String
}

/// Finds the search queries of entities, without a look at those that can have none.
struct EntityQueries: Sendable {
  /// What every query has in it.
  private static let mark = Array("\"combinator\"".utf8)

  /// The queries in an entity's line; they are there where a relation or a team is an object with a combinator.
  static func queries(in line: ArraySlice<UInt8>) -> [EntityQuery] {
    guard contains(mark, in: line) else { return [] }
    let view = JSONView(valid: Array(line))
    var found: [EntityQuery] = []
    if let identifier = view["identifier"] { add(identifier, "identifier", to: &found) }
    if let team = view["team"] { add(team, "team", to: &found) }
    for (name, value) in view["relations"]?.members ?? [] { add(value, "relations.\(name)", to: &found) }
    return found
  }

  private static func add(_ value: JSONView, _ field: String, to found: inout [EntityQuery]) {
    for part in [value] + (value.elements ?? []) where part.kind == .object && part["combinator"] != nil {
      found.append(EntityQuery(field: field, json: part.json))
    }
  }

  private static func contains(_ mark: [UInt8], in line: ArraySlice<UInt8>) -> Bool {
    let last = line.endIndex - mark.count
    var index = line.startIndex
    while index <= last {
      // The second byte is rarer than the quotation mark before it.
      if line[index + 1] == mark[1], line[index..<index + mark.count].elementsEqual(mark) { return true }
      index += 1
    }
    return false
  }
}
