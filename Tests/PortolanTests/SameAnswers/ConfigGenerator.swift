import Portolan
import RawJSON
import TestSupport

/// Writes configs with one resource of the kind `thing`.
struct ConfigGenerator {
  var expressions: ExpressionGenerator

  /// A config as YAML; JSON is YAML too, and needs no thought for quotes.
  mutating func yaml() -> String {
    var port: [(String, String)] = []
    if chance(4) {
      port.append(("itemsToParse", Self.quoted(expressions.list())))
      if chance(2) { port.append(("itemsToParseName", chance(2) ? #""é""# : #""name""#)) }
      if chance(3) { port.append(("itemsToParseTopLevelTransform", "false")) }
    }
    let mappings = chance(8) ? "[\(mapping()), \(mapping())]" : mapping()
    port.append(("entity", "{\"mappings\": \(mappings)}"))
    var resource = [("kind", "\"thing\"")]
    if chance(3) {
      let query = chance(2) ? ".active != 0" : expressions.condition()
      resource.append(("selector", "{\"query\": \(Self.quoted(query))}"))
    }
    resource.append(("port", Self.object(port)))
    return "{\"resources\": [\(Self.object(resource))]}"
  }

  private mutating func mapping() -> String {
    var members = [
      ("identifier", expression(chance(3) ? nil : ".id // \"none\"")),
      ("blueprint", expression(chance(6) ? nil : "\"thing\"")),
    ]
    if chance(2) { members.append(("title", expression(nil))) }
    if chance(6) { members.append(("icon", expression(nil))) }
    if chance(4) { members.append(("team", fieldMapping())) }
    let properties = (0..<Int.random(in: 1...5, using: &expressions.random)).map {
      ("p\($0)", expression(nil))
    }
    members.append(("properties", Self.object(properties)))
    if chance(3) {
      members.append(("relations", Self.object([("r", fieldMapping()), ("é", fieldMapping())])))
    }
    return Self.object(members)
  }

  private mutating func fieldMapping() -> String {
    guard chance(3) else { return expression(nil) }
    return """
      {"combinator": "\\"and\\"", "rules": [{"property": "\\"$identifier\\"", "operator": "\\"=\\"", \
      "value": \(expression(nil))}]}
      """
  }

  private mutating func expression(_ text: String?) -> String {
    Self.quoted(text ?? (chance(2) ? expressions.plain() : expressions.expression()))
  }

  private mutating func chance(_ oneIn: Int) -> Bool { expressions.random.chance(oneIn) }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.encode(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
