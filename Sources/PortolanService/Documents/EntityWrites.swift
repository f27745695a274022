import Hummingbird
import PortolanCatalog
import RawJSON

/// Writes entities as a request's query says.
struct EntityWrites {
  private let catalog: LocalCatalog
  private let datasource: String
  private let options: UpsertOptions
  private let validatesOnly: Bool
  /// Whether an entity that is there already is changed; otherwise it is refused.
  private let upserts: Bool

  init(_ request: Request, _ catalog: LocalCatalog) {
    self.catalog = catalog
    datasource = request.datasource
    options = UpsertOptions(
      merges: request.isTrue("merge"),
      createsMissingRelated: request.isTrue("create_missing_related_entities"))
    validatesOnly = request.isTrue("validation_only")
    upserts = request.isTrue("upsert")
  }

  /// What became of each entity, in their order.
  func write(_ entities: [JSONView], of blueprint: String) async throws -> [WriteOutcome] {
    var outcomes: [Int: WriteOutcome] = upserts ? [:] : try await conflicts(entities, of: blueprint)
    for (index, entity) in entities.enumerated() where entity.kind != .object {
      outcomes[index] = Self.refused(422, "invalid_request", "an entity has to be an object")
    }
    let rest = entities.indices.filter { outcomes[$0] == nil }
    let written = try await catalog.upsert(
      rest.map { entities[$0].bytes }, of: blueprint, options, datasource: datasource,
      validationOnly: validatesOnly)
    for (index, outcome) in zip(rest, written) { outcomes[index] = outcome }
    return entities.indices.map { outcomes[$0] ?? Self.refused(500, "internal_error", "it was not written") }
  }

  private func conflicts(_ entities: [JSONView], of blueprint: String) async throws -> [Int: WriteOutcome] {
    let identifiers = entities.map { $0["identifier"]?.text }
    let known = try await catalog.entities(identifiers.compactMap(\.self), of: blueprint)
    // Bytes, as texts that are written alike are different identifiers.
    let taken = Set(known.map { Array($0.key.identifier.utf8) })
    var conflicts: [Int: WriteOutcome] = [:]
    for (index, identifier) in identifiers.enumerated() {
      guard let identifier, taken.contains(Array(identifier.utf8)) else { continue }
      conflicts[index] = Self.refused(409, "entity_exists", "there is an entity \"\(identifier)\" already")
    }
    return conflicts
  }

  private static func refused(_ status: Int, _ code: String, _ message: String) -> WriteOutcome {
    .refused(WriteOutcome.Refusal(status: status, code: code, message: message))
  }
}
