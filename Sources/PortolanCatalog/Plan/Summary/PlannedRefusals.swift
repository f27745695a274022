import GRDB
import Portolan
import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What of a plan the blueprints refuse that the catalog will have: told before anything is written.
///
/// Entities that stand for what a search query finds are left out: only the catalog knows what they will be.
struct PlannedRefusals {
  /// How many mistakes are told apart.
  private static let limit = 50
  /// How many entities are named for each.
  private static let named = 5

  private struct Key: Hashable {
    var blueprint: String
    var resource: Int?
    var mapping: Int?
    var mistake: Mistake
  }

  private struct Group {
    var key: Key
    var message: String
    /// What to do, where more is known than what is refused.
    var help: String?
    var count = 0
    var examples: [String] = []
  }

  private let context: PlanContext
  /// Finds the identifiers that are taken, though not as they are: numbers.
  private var identifiers: IdentifierCheck
  private var places: [Key: Int] = [:]
  private var groups: [Group] = []
  /// How many entities have other mistakes still.
  private var others = 0

  init(_ context: PlanContext) {
    self.context = context
    identifiers = IdentifierCheck(context.config, nil)
  }

  /// Judges all entities of a blueprint that are written, by its definition.
  mutating func judge(_ blueprint: String, by definition: [UInt8]) throws {
    let validation = EntityValidation(blueprints: [definition])
    let members = BlueprintMembers(JSONView(valid: definition))
    for action in [PlannedOperation.Action.create, .change, .write] {
      var number: Int64 = 0
      while true {
        try Task.checkCancellation()
        let operations = try context.file.writes(action, of: blueprint, after: number)
        guard let last = operations.last else { break }
        number = last.number
        for operation in operations {
          let identifier = JSONView(valid: operation.after)["identifier"]
          if let identifier, identifier.kind == .object, action == .write || identifier.isSearchQuery {
            continue
          }
          if let origin = operation.origin, identifier?.kind != .string {
            identifiers.check(identifier: identifier, mapping: origin.mapping, resource: origin.resource)
          }
          let document = EntityDocument.written(
            operation.after, over: operation.before.map(members.known),
            merging: context.settings.upsert.merges)
          if let refusal = validation.refusal(of: document, in: blueprint) { add(operation, refusal) }
        }
      }
    }
  }

  private mutating func add(_ operation: PlanFile.Write, _ refusal: WriteOutcome.Refusal) {
    let blueprint = operation.key.blueprint
    let key = Key(
      blueprint: blueprint, resource: operation.origin?.resource, mapping: operation.origin?.mapping,
      mistake: Mistake(refusal, in: blueprint))
    guard let place = places[key] ?? newPlace(key, refusal, operation) else {
      others += 1
      return
    }
    groups[place].count += 1
    if groups[place].examples.count < Self.named {
      groups[place].examples.append(ShownValue.text(operation.key.identifier).shortened(to: 60))
    }
  }

  private mutating func newPlace(
    _ key: Key, _ refusal: WriteOutcome.Refusal, _ operation: PlanFile.Write
  ) -> Int? {
    guard groups.count < Self.limit else { return nil }
    places[key] = groups.count
    groups.append(
      Group(
        key: key, message: Self.words(refusal, key.mistake.field),
        help: key.mistake.field == "identifier" ? identifierHelp(operation) : nil))
    return groups.count - 1
  }

  /// What makes an identifier of what is none.
  private func identifierHelp(_ operation: PlanFile.Write) -> String? {
    guard let origin = operation.origin else { return nil }
    var check = IdentifierCheck(context.config, nil)
    check.check(
      identifier: JSONView(valid: operation.after)["identifier"], mapping: origin.mapping,
      resource: origin.resource)
    return check.diagnostics.first?.help
  }

  /// The words of a refusal; where the field is a secret by its name, without what was found.
  private static func words(_ refusal: WriteOutcome.Refusal, _ field: String) -> String {
    let isSecret = ShownValue.json("\"x\"", of: field) != "\"x\""
    return isSecret ? "`\(field)` is not what the blueprint wants" : ShownValue.text(refusal.message)
  }

  /// What is said of them, in the order in which they were found.
  var diagnostics: [Diagnostic] {
    let rest =
      others == 0
      ? []
      : [Diagnostic(.error, .catalog, "\(others.grouped) more entities would be refused, for other mistakes")]
    return groups.map { group in
      let names = group.examples.joined(separator: ", ")
      let more = group.count > group.examples.count ? ", …" : ""
      let place = place(group.key)
      return Diagnostic(
        .error, .catalog,
        "\(group.count.grouped) \(group.key.blueprint) would be refused (\(names)\(more)): \(group.message)",
        help: group.help ?? "mend the mapping, or the blueprint", at: place?.start,
        to: place?.end)
    } + rest + identifiers.diagnostics.filter { $0.severity == .warning }
  }

  /// Where the config makes what is wrong.
  private func place(_ key: Key) -> (start: SourceLocation, end: SourceLocation?)? {
    guard let resource = key.resource, let mapping = key.mapping else { return nil }
    let (entity, name) = (context.places.mapping(mapping, of: resource), key.mistake.field)
    let field = [name, "properties.\(name)", "relations.\(name)"].first { entity?.location(of: $0) != nil }
    return context.places.place(of: field ?? "", mapping, of: resource)
  }
}

/// The names of the properties and relations that a blueprint has.
private struct BlueprintMembers {
  private let properties: Set<String>
  private let relations: Set<String>

  init(_ blueprint: JSONView) {
    properties = Set((blueprint["schema"]?["properties"]?.members ?? []).map(\.key))
    relations = Set((blueprint["relations"]?.members ?? []).map(\.key))
  }

  /// A catalog's entity without what the blueprint does not have: what is calculated, and what goes with a change of it.
  func known(_ entity: [UInt8]) -> [UInt8] {
    JSONWriter.object { writer in
      for (name, value) in JSONView(valid: entity).members ?? [] {
        writer.key(name)
        switch name {
        case "properties": Self.write(value, properties, into: &writer)
        case "relations": Self.write(value, relations, into: &writer)
        default: writer.value(value)
        }
      }
    }
  }

  private static func write(_ group: JSONView, _ names: Set<String>, into writer: inout JSONWriter) {
    writer.object { writer in
      for (name, value) in group.members ?? [] where names.contains(name) {
        writer.key(name)
        writer.value(value)
      }
    }
  }
}

extension PlanFile {
  /// An operation that writes, without what a person reads of it.
  struct Write {
    var number: Int64
    var key: EntityKey
    var after: [UInt8]
    var before: [UInt8]?
    var origin: EntityOrigin?
  }

  /// Some operations that write, in the order of their numbers.
  func writes(_ action: PlannedOperation.Action, of blueprint: String, after number: Int64) throws -> [Write]
  {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT number, identifier, after, before, origin FROM operation
          WHERE action = ? AND blueprint = ? AND number > ? ORDER BY number LIMIT 500
          """)
      return try Row.fetchAll(statement, arguments: [action.rawValue, blueprint, number]).map { row in
        Write(
          number: row["number"], key: EntityKey(blueprint, row["identifier"]),
          after: (row["after"] as Data?).map { Array($0) } ?? [],
          before: (row["before"] as Data?).map { Array($0) }, origin: EntityOrigin(columnText: row["origin"]))
      }
    }
  }
}
