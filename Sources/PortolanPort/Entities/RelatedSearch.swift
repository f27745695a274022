import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Finds what relates to entities, and by which relations.
struct RelatedSearch {
  /// How many entities one query asks about.
  private static let most = 50

  let api: PortAPI
  /// What the relations of blueprints lead to, as far as it was asked for: relation → blueprint.
  private var targets: [String: [String: String]] = [:]

  init(api: PortAPI) { self.api = api }

  /// Everything that relates to one of `keys`.
  mutating func entities(to keys: [EntityKey]) async throws -> [RelatedEntity] {
    var found: [RelatedEntity] = []
    let groups = Dictionary(grouping: Set(keys), by: \.blueprint)
    for (blueprint, keys) in groups.sorted(by: { $0.key < $1.key }) {
      let identifiers = keys.map(\.identifier).sorted()
      for start in stride(from: 0, to: identifiers.count, by: Self.most) {
        let end = min(start + Self.most, identifiers.count)
        found += try await entities(to: Array(identifiers[start..<end]), of: blueprint)
      }
    }
    return found
  }

  private mutating func entities(
    to identifiers: [String], of blueprint: String
  ) async throws -> [RelatedEntity] {
    let answer = try await api.send(Self.request(identifiers, of: blueprint))
    if answer.status == 413, identifiers.count > 1 {
      let middle = identifiers.count / 2
      let first = try await entities(to: Array(identifiers[..<middle]), of: blueprint)
      return try await first + entities(to: Array(identifiers[middle...]), of: blueprint)
    }
    guard answer.isDone, let elements = answer.document?["entities"]?.elements else {
      throw Self.unknown(answer)
    }
    var found: [RelatedEntity] = []
    for element in elements {
      guard let source = PortEntity.key(element) else { throw Self.unknown(answer) }
      let targets = try await targets(of: source.blueprint)
      for (relation, identifier) in Self.relations(element)
      where identifiers.contains(identifier) && targets[relation] ?? blueprint == blueprint {
        found.append(RelatedEntity(source, relation, to: EntityKey(blueprint, identifier)))
      }
    }
    return found
  }

  private mutating func targets(of blueprint: String) async throws -> [String: String] {
    if let known = targets[blueprint] { return known }
    let definition = try await api.thing(PortPath.blueprint(blueprint), "blueprint")
    var result: [String: String] = [:]
    for (name, relation) in definition?["relations"]?.members ?? [] {
      result[name] = relation["target"]?.text
    }
    targets[blueprint] = result
    return result
  }

  private static func relations(_ entity: JSONView) -> [(relation: String, identifier: String)] {
    (entity["relations"]?.members ?? []).flatMap { name, value in
      (value.elements ?? [value]).compactMap(\.text).map { (name, $0) }
    }
  }

  /// What depends on an entity is upstream of it, in Port's words.
  private static func request(_ identifiers: [String], of blueprint: String) -> APIRequest {
    let query = JSONWriter.object { query in
      query.add("combinator", text: "and")
      query.key("rules")
      query.array { rules in
        rules.object { rule in
          rule.add("operator", text: "relatedTo")
          rule.add("blueprint", text: blueprint)
          rule.add("direction", text: "upstream")
          rule.key("value")
          rule.array { values in
            for identifier in identifiers { values.text(identifier) }
          }
        }
      }
    }
    return .search(
      PortPath.search, query: [APIField("exclude_calculated_properties", "true")], query)
  }

  private static func unknown(_ answer: PortAnswer) -> CatalogError {
    let problem = answer.problem
    return CatalogError(
      .unavailable, "it is not known what relates to the entities: \(problem.message)", advice: problem.advice
    )
  }
}
