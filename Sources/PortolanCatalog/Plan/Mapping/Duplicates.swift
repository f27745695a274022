import Portolan

/// Entities of which several were made with the same key.
struct Duplicates: Sendable {
  /// How many pairs of resources are named.
  private static let limit = 5

  private struct Pair: Hashable {
    var earlier: Int
    var later: Int
  }

  private struct Example: Sendable {
    var pair: Pair
    var key: EntityKey
    var earlier: SourceLocation?
    var later: SourceLocation?
    var similar = 0
  }

  /// How many entities were overruled.
  private(set) var count = 0
  private let places: ConfigPlaces
  private var numbers: [Pair: Int] = [:]
  private var examples: [Example] = []
  private var unnamed = 0

  init(_ places: ConfigPlaces) {
    self.places = places
  }

  /// Records that two entities have the same key.
  ///
  /// - Parameters:
  ///   - key: the key.
  ///   - earlier: the resource that made the one that came first.
  ///   - later: the resource that made the other one.
  ///   - location: where the raw objects begin, where that is known; it is asked for only if it is to be shown.
  mutating func add(
    _ key: EntityKey, _ earlier: Int, _ later: Int,
    _ location: () -> (earlier: SourceLocation?, later: SourceLocation?)
  ) {
    count += 1
    let pair = Pair(earlier: earlier, later: later)
    if let number = numbers[pair] {
      examples[number].similar += 1
    } else if examples.count < Self.limit {
      numbers[pair] = examples.count
      let places = location()
      examples.append(Example(pair: pair, key: key, earlier: places.earlier, later: places.later))
    } else {
      unnamed += 1
    }
  }

  /// What was found, as findings.
  var diagnostics: [Diagnostic] {
    var diagnostics = examples.map(diagnostic)
    if let last = diagnostics.indices.last { diagnostics[last].similar += unnamed }
    return diagnostics
  }

  private func diagnostic(_ example: Example) -> Diagnostic {
    let counted = max(example.pair.earlier, example.pair.later)
    let place = places.place(of: "identifier", 0, of: counted)
    var diagnostic = Diagnostic(
      .warning, .duplicateEntity,
      "two objects make `\(example.key.identifier.shortened(to: 60))` of blueprint "
        + "`\(example.key.blueprint.shortened(to: 60))`: "
        + "\(words(example.pair.earlier, example.earlier)) and \(words(example.pair.later, example.later))",
      help:
        "the one of the later resource counts, and of one resource's the later one; make their identifiers differ",
      at: place?.start, to: place?.end, field: "identifier")
    diagnostic.similar = example.similar
    return diagnostic
  }

  private func words(_ resource: Int, _ location: SourceLocation?) -> String {
    let kind = places.resource(resource)?.kind ?? ""
    return location.map { "one of kind `\(kind)` at \($0)" } ?? "one of kind `\(kind)`"
  }
}
