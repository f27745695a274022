import JQ
import RawJSON

/// A raw object, and which of its items is meant.
struct FoundItem {
  var object: RawObject
  /// The item's place in the object's list, counted from 0; nil where the object yields none, or is invalid.
  var place: Int?
  /// The item's number among all of the resource, counted from 1; nil where there is none.
  var number: Int?
}

/// Looks through a resource's objects for one item. It belongs to one thread.
final class ItemSearch {
  /// How many identifiers are kept to find the nearest of them.
  private static let identifierLimit = 10_000

  private let choice: ItemChoice
  private var itemParser: ItemParser?
  private let identifiers: IdentifierReader
  private(set) var found: FoundItem?
  /// How many items there are.
  private(set) var total = 0
  /// The identifiers of the items that were passed over.
  private(set) var others: [String] = []

  init(_ plan: ResourcePlan, _ choice: ItemChoice, environment: JQEnvironment) {
    self.choice = choice
    if let items = plan.items {
      itemParser = ItemParser(items, environment: environment)
    } else {
      itemParser = nil
    }
    identifiers = IdentifierReader(plan.config, environment: environment)
  }

  /// Looks through one more object.
  func visit(_ object: RawObject) {
    switch itemParser?.parse(object) {
    case nil: count(object, place: 0) { object.defect == nil ? self.identifiers.read(object.json) : [] }
    case .items(let ranges):
      for (place, range) in ranges.enumerated() {
        count(object, place: place) {
          (self.itemParser?.item(range)).map(self.identifiers.read) ?? []
        }
      }
    case .noList: break
    case .invalid: count(object, place: nil) { [] }
    }
    if found == nil, choice == .first, total == 0 { fallback = fallback ?? FoundItem(object: object) }
  }

  /// The first object, where no object yields an item.
  private(set) var fallback: FoundItem?

  private func count(_ object: RawObject, place: Int?, _ identifiers: () -> [String]) {
    total += 1
    guard found == nil else { return }
    let isMeant: Bool
    switch choice {
    case .first: isMeant = true
    case .number(let number): isMeant = total == number
    case .identifier(let identifier):
      let names = identifiers()
      isMeant = names.contains(identifier)
      if others.count < Self.identifierLimit { others += names }
    }
    if isMeant { found = FoundItem(object: object, place: place, number: total) }
  }
}

/// Reads the identifiers that an item's entities would have, and nothing else of them.
private final class IdentifierReader {
  private let plan: ItemPlan
  private var evaluator: Evaluator

  init(_ config: ResourceConfig, environment: JQEnvironment) {
    var config = config
    config.mappings = config.mappings.map {
      EntityMapping(identifier: $0.identifier, blueprint: $0.blueprint)
    }
    plan = ItemPlan(config)
    evaluator = Evaluator(plan.program, environment: environment)
  }

  func read(_ json: [UInt8]) -> [String] {
    json.withScanner { item in
      let entities = try? evaluator.withResults(on: item) { evaluator in
        var output = EntityWriter()
        for template in plan.entities {
          if let identifier = template.identifier, evaluator.isBlank(identifier) { continue }
          output.add(template, evaluator, resource: 0, mapping: 0)
        }
        let (lines, entries) = output.take(into: [])
        return entries.map { Entity(lines, $0, origin: nil).identifier.description }
      }
      return entities ?? []
    }
  }
}
