import RawJSON

/// An entity that is to be written, as far as its own bytes tell.
struct EntityDraft {
  /// What it is to be known by; nil where a search query stands for it.
  var identifier: String?
  /// Its bytes.
  var view: JSONView
  /// Whether its bytes can be taken as they are: its identifier is a text, and nothing in it is a search query.
  var isPlain: Bool

  /// Reads an entity that is to be written to `blueprint`.
  ///
  /// - Throws: why it cannot be one.
  init(_ json: [UInt8], of blueprint: String) throws(EntityRefusal) {
    let view: JSONView
    do {
      view = try JSONView(validating: json)
    } catch {
      throw EntityRefusal.invalid("the entity is no JSON: \(error)")
    }
    guard view.kind == .object else { throw EntityRefusal.invalid("the entity is no object") }
    if let other = view["blueprint"], other.kind != .null {
      guard let text = other.text else { throw EntityRefusal.invalid("blueprint is no text") }
      guard text.utf8.elementsEqual(blueprint.utf8) else {
        throw EntityRefusal.invalid("the entity is one of blueprint \"\(text)\", not of \"\(blueprint)\"")
      }
    }
    guard let identifier = view["identifier"] else {
      throw EntityRefusal.invalid("the entity has no identifier")
    }
    self.view = view
    switch identifier.kind {
    case .string: self.identifier = identifier.text
    case .number: self.identifier = identifier.number
    case .boolean: self.identifier = identifier.json
    case .object: self.identifier = nil
    case .null, .array: throw EntityRefusal.invalid("the entity's identifier is no text")
    }
    isPlain = identifier.kind == .string && !Self.hasQueries(view)
  }

  private static func hasQueries(_ view: JSONView) -> Bool {
    if view["team"]?.kind == .object { return true }
    guard let relations = view["relations"]?.members else { return false }
    return relations.contains { $0.value.kind == .object }
  }
}

/// Why one entity is not written; it costs itself alone.
struct EntityRefusal: Error {
  var refusal: WriteOutcome.Refusal

  init(_ status: Int, _ code: String, _ message: String, isUnresolvedQuery: Bool = false) {
    refusal = WriteOutcome.Refusal(
      status: status, code: code, message: message, isUnresolvedQuery: isUnresolvedQuery)
  }

  init(_ refusal: WriteOutcome.Refusal) {
    self.refusal = refusal
  }

  /// It is not as it must be.
  static func invalid(_ message: String) -> EntityRefusal { EntityRefusal(422, "invalid_request", message) }

  /// Something that it names is not there.
  static func notFound(_ message: String) -> EntityRefusal { EntityRefusal(404, "not_found", message) }
}
