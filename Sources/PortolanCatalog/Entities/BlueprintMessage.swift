import Portolan
import RawJSON

/// Says in an API's words what a blueprint has against a field: what was found, and what is allowed.
struct BlueprintMessage {
  /// The field's place: `properties.url`.
  let path: String
  let name: String
  let blueprint: Blueprint

  /// The message for a problem, and for the part of the value that is meant.
  func text(_ problem: BlueprintProblem, _ part: JSONView) -> String {
    switch problem {
    case .unknownBlueprint, .unknownTarget, .missingTarget: "`\(path)` leads to nothing"
    case .unknownProperty: unknown("property", blueprint.properties.map(\.name))
    case .unknownRelation: unknown("relation", blueprint.relations.map(\.name))
    case .misplacedRelation: "`\(name)` is a relation of \(owner), and stands among the properties"
    case .misplacedProperty: "`\(name)` is a property of \(owner), and stands among the relations"
    case .computedProperty: "`\(path)` is calculated by the catalog; it cannot be written"
    case .unmappedProperty, .unmappedRelation, .requiredNull: "`\(path)` is missing, and \(owner) requires it"
    case .type(let type, _): wants(part.found, type.kind.phrase)
    case .elementType(let type, _):
      wants("an array with \(part.found) in it", "an array of \(type.kind.plural)")
    case .format(let format, let inArray):
      wants(
        inArray ? "an array with \(part.found) in it" : part.found,
        "the format `\(format.rawValue)`, such as \(JSONText.quoted(format.example))")
    case .choice(let allowed, let inArray):
      wants(
        inArray ? "an array with \(part.found) in it" : part.found,
        "one of \(allowed.joined(separator: ", ").shortened(to: 160))")
    case .noIdentifier: wants(part.found, "an identifier, a string")
    case .noIdentifiers: wants(part.found, "identifiers, an array of strings")
    case .noIdentifierInArray: wants("an array with \(part.found) in it", "an array of identifiers, strings")
    }
  }

  private var owner: String { "the blueprint `\(blueprint.identifier)`" }

  private func wants(_ found: String, _ wanted: String) -> String {
    "`\(path)` is \(found), and \(owner) wants \(wanted)"
  }

  private func unknown(_ what: String, _ known: [String]) -> String {
    let start = "\(owner) has no \(what) `\(name.shortened(to: 100))`"
    if let nearest = Spelling.nearest(to: name, in: known) { return "\(start); did you mean `\(nearest)`?" }
    let list = known.isEmpty ? "none" : known.joined(separator: ", ").shortened(to: 160)
    return "\(start); it has \(list)"
  }
}
