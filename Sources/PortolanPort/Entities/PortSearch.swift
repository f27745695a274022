import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Finds entities by their identifiers, whole.
struct PortSearch: Sendable {
  /// How many are asked for at once. Answers of the usual size are then far below a few MB.
  static let most = 100
  /// How many bytes of identifiers are in one query, which has at most 1 MiB.
  static let mostBytes = 256 << 10

  let api: PortAPI
  /// Whose entities are found; nil for everybody's.
  var owner: Datasource?

  /// Those entities of a blueprint that are there. Others, and those that come twice, are left out.
  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    var found: [CatalogEntity] = []
    for group in Self.groups(identifiers) { found += try await find(group, of: blueprint) }
    return found
  }

  /// Entities of a blueprint that a list names, each of them: those that are not found without their fields. A search may
  /// lag behind the list, or leave something out; what is owned by the list must not be forgotten for that.
  func listed(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    var found = try await entities(identifiers, of: blueprint)
    // That all have vanished at once is less likely than that the search failed and did not say so.
    if found.isEmpty { found = try await entities(identifiers, of: blueprint) }
    let keys = Set(found.map(\.key))
    return found
      + identifiers.map { EntityKey(blueprint, $0) }.filter { !keys.contains($0) }.map(PortEntity.bare)
  }

  /// Identifiers in groups that one query takes, each of them once.
  static func groups(_ identifiers: [String]) -> [[String]] {
    var groups: [[String]] = []
    var group: [String] = []
    var bytes = 0
    var seen: Set<[UInt8]> = []
    for identifier in identifiers where seen.insert(Array(identifier.utf8)).inserted {
      let size = identifier.utf8.count + 8
      if !group.isEmpty, group.count == most || bytes + size > mostBytes {
        groups.append(group)
        (group, bytes) = ([], 0)
      }
      group.append(identifier)
      bytes += size
    }
    return group.isEmpty ? groups : groups + [group]
  }

  private func find(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    let answer = try await api.send(request(identifiers, of: blueprint))
    if answer.status == 413, identifiers.count > 1 {
      let middle = identifiers.count / 2
      let first = try await find(Array(identifiers[..<middle]), of: blueprint)
      return try await first + find(Array(identifiers[middle...]), of: blueprint)
    }
    if answer.status == 404, try await api.thing(PortPath.blueprint(blueprint), "blueprint") == nil {
      return []
    }
    guard answer.isDone else { throw answer.problem }
    return try Self.read(answer, identifiers, blueprint)
  }

  private static func read(
    _ answer: PortAnswer, _ identifiers: [String], _ blueprint: String
  ) throws -> [CatalogEntity] {
    guard let elements = answer.document?["entities"]?.elements else {
      throw answer.unreadable("there is no list in `entities`")
    }
    var asked = Set(identifiers.map { Array($0.utf8) })
    return try elements.compactMap { element in
      guard let entity = PortEntity.read(element) else {
        throw answer.unreadable("there is what is no entity among the entities")
      }
      guard entity.key.blueprint == blueprint, asked.remove(Array(entity.key.identifier.utf8)) != nil else {
        return nil
      }
      return entity
    }
  }

  private func request(_ identifiers: [String], of blueprint: String) -> APIRequest {
    let query = JSONWriter.object { query in
      query.add("combinator", text: "and")
      query.key("rules")
      query.array { rules in
        Self.add("$blueprint", "=", blueprint, to: &rules)
        rules.object { rule in
          rule.add("property", text: "$identifier")
          rule.add("operator", text: "in")
          rule.key("value")
          rule.array { values in
            for identifier in identifiers { values.text(identifier) }
          }
        }
        // As Ocean asks: the version between the two does not matter.
        guard let owner else { return }
        Self.add("$datasource", "contains", owner.prefix, to: &rules)
        Self.add("$datasource", "contains", owner.suffix, to: &rules)
      }
    }
    return .search(
      PortPath.search, query: [APIField("exclude_calculated_properties", "true")], query)
  }

  private static func add(
    _ property: String, _ comparison: String, _ value: String, to rules: inout JSONWriter
  ) {
    rules.object { rule in
      rule.add("property", text: property)
      rule.add("operator", text: comparison)
      rule.add("value", text: value)
    }
  }
}
