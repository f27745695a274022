import RawJSON

/// The entities that relations may lead to.
struct RelationTargets {
  private var identifiers: [String: Set<String>] = [:]
  private var examples: [String: String] = [:]
  /// Identifiers by their letters and digits alone, in small letters.
  private var folded: [String: [String: String]] = [:]

  /// Takes the entities of a run in which every resource of the config was mapped. What other integrations make is
  /// not known and never missing.
  init(_ resources: [DryRunResult.Resource]) {
    for entity in resources.lazy.flatMap(\.entities) {
      guard let identifier = entity.identifier.known else { continue }
      identifiers[entity.blueprint, default: []].insert(identifier)
      if examples[entity.blueprint] == nil { examples[entity.blueprint] = identifier }
      folded[entity.blueprint, default: [:]][Self.fold(identifier)] = identifier
    }
  }

  /// The first identifier that was made of the blueprint.
  func example(of blueprint: String) -> String? { examples[blueprint] }

  /// Whether any entity of the blueprint was made.
  func knows(_ blueprint: String) -> Bool { identifiers[blueprint] != nil }

  /// Whether no entity of the blueprint has an identifier that looks like this one: a number where they are words, an
  /// address where they are not.
  func isUnlike(_ identifier: String, of blueprint: String) -> Bool {
    let looks = Self.looks(identifier)
    return !(identifiers[blueprint] ?? []).contains { Self.looks($0) == looks }
  }

  private static func looks(_ identifier: String) -> [Bool] {
    [identifier.contains(where: \.isLetter), identifier.contains("@"), identifier.contains("/")]
  }

  /// Whether an entity of the blueprint has the identifier.
  func has(_ identifier: String, of blueprint: String) -> Bool {
    identifiers[blueprint]?.contains(identifier) ?? false
  }

  /// The identifier of an entity of the blueprint that differs in capitals, blanks and signs alone, nil where none
  /// does.
  func nearest(to identifier: String, of blueprint: String) -> String? {
    folded[blueprint]?[Self.fold(identifier)]
  }

  private static func fold(_ identifier: String) -> String {
    identifier.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
