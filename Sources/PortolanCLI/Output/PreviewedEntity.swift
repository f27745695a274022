import Portolan
import RawJSON

/// An entity's fields as texts, by name.
struct PreviewedEntity {
  /// How an empty string shows.
  static let emptyText = #""""#

  private(set) var names: [String] = []
  private(set) var values: [String: String] = [:]

  init(_ entity: Entity) {
    entity.json.withScanner { scanner in
      for member in scanner.lastMembers(0) {
        let name = scanner.text(member.key)
        switch name {
        case "blueprint": continue
        case "properties", "relations":
          guard scanner.kind(member.value) == .object else { continue }
          for inner in scanner.lastMembers(member.value.lowerBound) {
            add(scanner.text(inner.key), inner.value, scanner)
          }
        default: add(name, member.value, scanner)
        }
      }
    }
  }

  private mutating func add(_ name: String, _ range: Range<Int>, _ scanner: JSONScanner) {
    // A property called `title` does not take the title's place.
    guard values[name] == nil else { return }
    names.append(name)
    let isText = scanner.kind(range) == .string && range.count > 2
    values[name] = isText ? scanner.text(range) : String(decoding: scanner.slice(range), as: UTF8.self)
  }
}
