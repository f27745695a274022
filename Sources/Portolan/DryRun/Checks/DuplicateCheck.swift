import RawJSON

/// Finds entities with the same blueprint and identifier of which one takes values from the other: a catalog
/// keeps only the last, and says nothing.
struct DuplicateCheck {
  private struct Place: Hashable {
    var resource: Int
    var mapping: Int
  }

  private struct Maker {
    var place: Place
    var entity: Entity
  }

  private struct Pair: Hashable {
    var first: Place
    var second: Place
  }

  private struct Clash {
    var first: Entity
    var second: Entity
    var field: String
  }

  private struct Found {
    var pair: Pair
    var clash: Clash
    /// The first of the others that the same mappings make.
    var others: [Clash] = []
    var unkept = 0
  }

  private let config: PortAppConfig
  private var makers: [String: [String: Maker]] = [:]
  private var found: [Found] = []
  private var places: [Pair: Int] = [:]

  init(_ config: PortAppConfig) {
    self.config = config
  }

  /// Checks an entity that the config's resource number `resource` made.
  mutating func check(_ entity: Entity, resource: Int) {
    // A search query stands for whatever it finds.
    guard let identifier = entity.identifier.known else { return }
    let maker = Maker(place: Place(resource: resource, mapping: entity.mapping), entity: entity)
    guard let first = makers[entity.blueprint]?[identifier] else {
      makers[entity.blueprint, default: [:]][identifier] = maker
      return
    }
    guard let field = lostField(first.entity, entity) else { return }
    let pair = Pair(first: first.place, second: maker.place)
    let clash = Clash(first: first.entity, second: entity, field: field)
    if let place = places[pair] {
      if found[place].others.count < Diagnostic.alikeLimit {
        found[place].others.append(clash)
      } else {
        found[place].unkept += 1
      }
    } else {
      places[pair] = found.count
      found.append(Found(pair: pair, clash: clash))
    }
  }

  /// The first field whose value gets lost. Where the catalog merges, that is one that both have.
  private func lostField(_ first: Entity, _ second: Entity) -> String? {
    let differences = EntityDifference.between([first], [second])
    guard case .changed(let values) = differences.first?.change else { return nil }
    return values.first { !config.enableMergeEntity || ($0.old.isValue && $0.new.isValue) }?.path
  }

  /// What was found, as a sentence.
  var diagnostics: [Diagnostic] {
    found.compactMap { found in
      let second = found.pair.second
      guard let resource = config.resource(at: second.resource),
        let field = config.tree.mapping(second.mapping, ofResource: second.resource)?.identifier,
        let identifier = field.expression
      else { return nil }
      let all = ([found.clash] + found.others).map { clash in
        let entity =
          "`\(clash.first.identifier.description.shortened(to: 60))` of blueprint "
          + "`\(clash.first.blueprint.shortened(to: 60))`"
        if let origin = clash.first.origin, origin == clash.second.origin, found.pair.first != second {
          return identifier.finding(
            .warning, .duplicateEntity,
            "the object at \(origin) makes \(entity) here and \(place(of: found.pair.first)), with another "
              + "`\(clash.field)`",
            help:
              "a catalog keeps only the last of them; leave one out, or give both the same `\(clash.field)`")
        }
        return identifier.finding(
          .warning, .duplicateEntity,
          "two objects make \(entity), which differ in `\(clash.field)`: \(origins(clash.first, clash.second))",
          help:
            "a catalog keeps only the last of them; make `\(field.path)` of kind `\(resource.kind)` differ")
      }
      var diagnostic = all[0]
      diagnostic.count(all.dropFirst(), and: found.unkept)
      return diagnostic
    }
  }

  /// Where the mapping is, for a message.
  private func place(of maker: Place) -> String {
    config.tree.mapping(maker.mapping, ofResource: maker.resource)?.identifier?.expression.map {
      "by line \($0.source.location.line)"
    } ?? "by another mapping"
  }

  private func origins(_ first: Entity, _ second: Entity) -> String {
    guard let before = first.origin, let after = second.origin else { return "their origins are not known" }
    return before == after ? "both of \(before)" : "\(before) and \(after)"
  }
}

extension String? {
  /// Whether it is there, as JSON, and not null.
  fileprivate var isValue: Bool { self != nil && self != "null" }
}

extension Diagnostic.Rule {
  /// Several raw objects that make different entities with the same blueprint and identifier.
  public static let duplicateEntity = Self("duplicate-entity")
}
