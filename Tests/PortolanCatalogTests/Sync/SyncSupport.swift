import Portolan
import RawJSON
import TestSupport

@testable import PortolanCatalog

/// Everything that a test of a sync needs.
enum SyncSupport {
  static let owner = Datasource(type: "test", identifier: "one", version: "1")
  static let config = """
    resources:
      - kind: service
        selector:
          query: 'true'
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: '"service"'
      - kind: team
        selector:
          query: 'true'
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: '"team"'
    """

  static func settings(
    merges: Bool = true, createsMissing: Bool = false, deletesDependents: Bool = true
  ) throws -> SyncSettings {
    var settings = try defaults.get()
    settings.upsert = UpsertOptions(merges: merges, createsMissingRelated: createsMissing)
    settings.deletesDependents = deletesDependents
    return settings
  }

  private static let defaults = Result {
    SyncSettings(try PortAppConfig(yaml: Array(config.utf8), file: "config.yml"))
  }

  /// A plan of some operations.
  static func plan(
    _ operations: [PlannedOperation], in folder: TemporaryFolder, _ settings: SyncSettings? = nil,
    blueprints: [String] = [], name: String = "plan"
  ) throws -> SyncPlan {
    let file = try PlanFile(creating: "\(folder.path)/\(name).db")
    var summary = PlanSummary(
      owner: owner, catalog: "memory", settings: try settings ?? Self.settings())
    summary.id = "7f3a91c0"
    summary.config = config
    summary.configPath = "config.yml"
    var total = PlanCounts()
    for operation in operations {
      switch operation.action {
      case .create: total.create += 1
      case .change: total.change += 1
      case .delete: total.delete += 1
      case .hold: total.hold += 1
      case .write: total.write += 1
      }
    }
    summary.total = total
    summary.blueprints = blueprints.map { BlueprintCounts($0, owned: 0, counts: PlanCounts(), kinds: []) }
    try file.put(operations)
    try file.setSummary(summary)
    return try SyncPlan(file, isTemporary: false)
  }

  /// An entity's JSON.
  static func json(
    _ key: EntityKey, title: String? = nil, properties: [String: String] = [:],
    relations: [String: [String]] = [:]
  ) -> String {
    let bytes = JSONWriter.object { entity in
      entity.add("identifier", text: key.identifier)
      entity.add("blueprint", text: key.blueprint)
      if let title { entity.add("title", text: title) }
      entity.key("properties")
      entity.object { writer in
        for (name, text) in properties.sorted(by: { $0.key < $1.key }) { writer.add(name, text: text) }
      }
      entity.key("relations")
      entity.object { writer in
        for (name, targets) in relations.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          writer.array { array in for target in targets { array.text(target) } }
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An entity that is created.
  static func create(
    _ blueprint: String, _ identifier: String, title: String? = nil, relations: [String: [String]] = [:],
    resource: Int = 0
  ) -> PlannedOperation {
    let key = EntityKey(blueprint, identifier)
    var operation = PlannedOperation(
      .create, key, after: Array(json(key, title: title, relations: relations).utf8))
    operation.origin = EntityOrigin(
      kind: "service", resource: resource, mapping: 0, location: nil, rawHash: "hash-\(identifier)",
      rawIdentity: nil)
    return operation
  }

  /// An entity that is deleted, as the catalog has it.
  static func delete(_ key: EntityKey, _ catalog: StrictCatalog) async -> PlannedOperation {
    PlannedOperation(.delete, key, before: await catalog.entities[key])
  }

  /// An entity that changes, from what the catalog has.
  static func change(_ key: EntityKey, to json: String, _ catalog: StrictCatalog) async -> PlannedOperation {
    PlannedOperation(.change, key, after: Array(json.utf8), before: await catalog.entities[key])
  }

  /// A blueprint's definition; a relation is `name: target`, or `name: !target` for a required one.
  static func blueprint(_ identifier: String, _ relations: [String: String] = [:]) -> String {
    let bytes = JSONWriter.object { blueprint in
      blueprint.add("identifier", text: identifier)
      blueprint.key("relations")
      blueprint.object { writer in
        for (name, target) in relations.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          writer.object { relation in
            relation.add("target", text: target.hasPrefix("!") ? String(target.dropFirst()) : target)
            relation.add("many", true)
            relation.add("required", target.hasPrefix("!"))
          }
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func blueprints(_ relations: [String: [String: String]]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: relations.map { ($0.key, blueprint($0.key, $0.value)) })
  }
}

extension StrictCatalog.Call {
  var isEnd: Bool { if case .end = self { true } else { false } }
  var isUpsert: Bool { if case .upsert = self { true } else { false } }
  var isDelete: Bool { if case .delete = self { true } else { false } }
  /// The identifiers of a write.
  var written: [String]? { if case .upsert(_, let identifiers) = self { identifiers } else { nil } }
  /// The identifiers of a deletion.
  var deleted: [String]? { if case .delete(_, let identifiers) = self { identifiers } else { nil } }
}
