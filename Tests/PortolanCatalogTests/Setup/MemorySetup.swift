import PortolanCatalog
import RawJSON

/// A catalog of blueprints and the like in memory, which fails when told to.
actor MemorySetup: CatalogSetup {
  /// When a call fails.
  enum Fault: Sendable {
    /// The call of that number is refused.
    case refused(Int)
    /// The call of that number is done, but nobody hears of it.
    case lost(Int)
    /// No call after so many is ever answered: what a killed run leaves.
    case cut(Int)
  }

  nonisolated let name = "memory"
  private(set) var blueprints: [String: [UInt8]] = [:]
  private(set) var integrations: [String: [UInt8]] = [:]
  private(set) var resources: [String: [UInt8]] = [:]
  private(set) var calls: [String] = []
  private var fault: Fault?

  func fail(_ fault: Fault?) {
    self.fault = fault
    calls = []
  }

  func put(blueprint json: String) {
    let identifier = JSONView(valid: Array(json.utf8))["identifier"]?.text ?? ""
    blueprints[identifier] = Array(json.utf8)
  }

  /// All that there is, in one text.
  var state: String {
    [blueprints, integrations, resources].map { part in
      part.keys.sorted().map { "\($0): \(JSONView(valid: part[$0] ?? []).sorted)" }.joined(separator: "\n")
    }.joined(separator: "\n--\n")
  }

  private func call(_ what: String, _ body: () throws -> Void = {}) throws {
    calls.append(what)
    switch fault {
    case .refused(calls.count): throw CatalogError(.refused, "no \(what)")
    case .cut(let last) where calls.count > last: throw CatalogError(.unavailable, "cut off")
    case .lost(calls.count):
      try body()
      throw CatalogError(.unavailable, "nothing heard of \(what)")
    default: try body()
    }
  }

  // Catalog
  nonisolated func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    AsyncThrowingStream { $0.finish() }
  }
  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] { [] }
  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] { [] }
  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] { [] }

  func blueprint(_ identifier: String) async throws -> [UInt8]? {
    try call("get \(identifier)")
    return blueprints[identifier]
  }

  // CatalogSetup
  func integration(_ identifier: String) async throws -> [UInt8]? {
    try call("get integration")
    return integrations[identifier]
  }
  func createIntegration(_ json: [UInt8]) async throws {
    try call("create integration") {
      integrations[JSONView(valid: json)["installationId"]?.text ?? ""] = json
    }
  }
  func updateIntegration(_ identifier: String, _ json: [UInt8]) async throws {
    try call("update integration") {
      guard let old = integrations[identifier] else { throw CatalogError(.notFound, "no integration") }
      integrations[identifier] = Self.patched(old, json)
    }
  }
  func createBlueprint(_ json: [UInt8]) async throws {
    let identifier = JSONView(valid: json)["identifier"]?.text ?? ""
    try call("create \(identifier)") {
      guard blueprints[identifier] == nil else { throw CatalogError(.refused, "\(identifier) is there") }
      try check(json)
      blueprints[identifier] = json
    }
  }
  func updateBlueprint(_ identifier: String, _ json: [UInt8]) async throws {
    try call("update \(identifier)") {
      guard let old = blueprints[identifier] else { throw CatalogError(.notFound, "no \(identifier)") }
      let new = Self.patched(old, json)
      try check(new)
      blueprints[identifier] = new
    }
  }
  func deleteBlueprint(_ identifier: String) async throws {
    try call("delete \(identifier)") {
      guard blueprints[identifier] != nil else { throw CatalogError(.notFound, "no \(identifier)") }
      for (other, json) in blueprints where other != identifier {
        for (_, relation) in JSONView(valid: json)["relations"]?.members ?? []
        where relation["target"]?.text == identifier {
          throw CatalogError(.refused, "\(other) relates to \(identifier)")
        }
      }
      blueprints[identifier] = nil
    }
  }
  func hasResource(_ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?) async throws
    -> Bool
  {
    try call("has \(identifier)")
    return resources["\(kind) \(blueprint ?? "") \(identifier)"] != nil
  }
  func createResource(_ resource: CatalogResource) async throws {
    try call("create \(resource.kind)") {
      resources["\(resource.kind) \(resource.blueprint ?? "") \(resource.identifier)"] = resource.json
    }
  }

  /// Relations lead to blueprints, and what is mirrored goes through a relation.
  private func check(_ json: [UInt8]) throws {
    let view = JSONView(valid: json)
    for (name, relation) in view["relations"]?.members ?? [] {
      let target = relation["target"]?.text ?? ""
      guard blueprints[target] != nil || target == view["identifier"]?.text else {
        throw CatalogError(.refused, "\(name) leads to nothing")
      }
    }
    for (name, mirror) in view["mirrorProperties"]?.members ?? [] {
      let relation = mirror["path"]?.text?.split(separator: ".").first.map(String.init) ?? ""
      guard view["relations"]?[relation] != nil else {
        throw CatalogError(.refused, "\(name) mirrors nothing")
      }
    }
  }

  private static func patched(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    let (before, after) = (JSONView(valid: old), JSONView(valid: new))
    return JSONWriter.object { object in
      for (name, value) in before.members ?? [] where after[name] == nil {
        object.key(name)
        object.value(value)
      }
      for (name, value) in after.members ?? [] {
        object.key(name)
        object.value(value)
      }
    }
  }
}

extension JSONView {
  /// The value with its members in the order of their keys.
  fileprivate var sorted: String {
    guard let members else { return json }
    return "{"
      + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.sorted)" }.joined(separator: ", ")
      + "}"
  }
}
