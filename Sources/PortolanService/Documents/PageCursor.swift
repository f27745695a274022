import PortolanCatalog
import RawJSON

/// Where a page of entities ends, as clients send it back for the next one.
///
/// It says which entity was the last, and not how many there were: so entities that are deleted meanwhile make no
/// others be left out.
enum PageCursor {
  static func text(_ key: EntityKey) -> String {
    Base64URL.text(Array("[\(JSONText.quoted(key.blueprint)),\(JSONText.quoted(key.identifier))]".utf8))
  }

  /// The entity after which a page begins, nil for the first page.
  static func key(_ body: JSONView) throws -> EntityKey? {
    guard let from = body["from"], from.kind != .null else { return nil }
    guard let bytes = from.text.flatMap(Base64URL.bytes), let view = try? JSONView(validating: bytes),
      let blueprint = view[0]?.text, let identifier = view[1]?.text
    else { throw APIError.invalid("`from` has to be the `next` of an earlier answer") }
    return EntityKey(blueprint, identifier)
  }

  /// How many entities a page has: what the body says, as far as `most` allows.
  static func limit(_ body: JSONView, most: Int) throws -> Int {
    guard let limit = body["limit"], limit.kind != .null else { return most }
    guard let number = limit.number.flatMap({ Int($0) }), number >= 1 else {
      throw APIError.invalid("`limit` has to be a whole number from 1 on")
    }
    return min(number, most)
  }
}
