import Portolan
import RawJSON

/// An entity's fields as texts, by name.
struct PreviewedEntity {
  /// How an empty string shows.
  static let emptyText = #""""#

  private(set) var names: [String] = []
  private(set) var values: [String: String] = [:]

  init(_ entity: Entity) {
    for (name, value) in JSONView(valid: entity.json).members ?? [] {
      switch name {
      case "blueprint": continue
      case "properties", "relations":
        for (name, value) in value.members ?? [] { add(name, value) }
      default: add(name, value)
      }
    }
  }

  private mutating func add(_ name: String, _ value: JSONView) {
    // A property called `title` does not take the title's place.
    guard values[name] == nil else { return }
    names.append(name)
    values[name] = value.text.flatMap { $0.isEmpty ? nil : $0 } ?? value.json
  }
}
